import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mixerNames, type MixerName } from '../../../../main/contract/mixers/names.ts';
import { modelSchema, resolveModel } from '../../../../main/contract/configuration.ts';
import { configJson, parseConfigJson } from '../../../../main/library/checkpoints/config-json.ts';
import { SafetensorsFile, writeSafetensors } from '../../../../main/library/checkpoints/safetensors.ts';
import { modelSpecs } from '../../../../main/contract/logic/model-parameters.ts';
import { ParameterStore } from '../../../../worker/models/parameters.ts';

/** A model folder whose files are of different mixers: the key is named, and what was there before is unchanged. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-foreign-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

const configuration = (layers: MixerName) =>
  resolveModel(modelSchema.parse({ layers, d_model: 16, n_layer: 1, l_max: 32 }), 64);
const pairs = mixerNames.flatMap((one) =>
  mixerNames.filter((other) => other !== one).map((other) => [one, other] as const),
);

describe('weights of another mixer', () => {
  it.each(pairs)('%s in a model of %s', async (theirs, ours) => {
    const other = ParameterStore.create(modelSpecs(configuration(theirs)), 1);
    const model = ParameterStore.create(modelSpecs(configuration(ours)), 2);
    const before = await Promise.all(model.all().map(({ variable }) => variable.data()));
    const file = path.join(folder, `${theirs}-${ours}.safetensors`);
    await writeSafetensors(file, other.toWrite());
    const opened = await SafetensorsFile.open(file);
    const shapes = (store: ParameterStore) => new Map(store.all().map(({ name, shape }) => [name, shape.join()]));
    const [theirShapes, ourShapes] = [shapes(other), shapes(model)];
    const different = [...new Set([...theirShapes.keys(), ...ourShapes.keys()])].filter(
      (name) => theirShapes.get(name) !== ourShapes.get(name),
    );
    await expect(model.load(opened)).rejects.toSatisfy((error: Error) =>
      different.some((name) => error.message.includes(`'${name}'`)),
    );
    await opened.close();
    const after = await Promise.all(model.all().map(({ variable }) => variable.data()));
    expect(after).toEqual(before);
    for (const store of [other, model]) store.dispose();
  });
});

describe('a config.json with keys of another mixer', () => {
  it.each(pairs)('of %s in a model of %s', (theirs, ours) => {
    const tokenizer = { name: 'bytes', endOfText: null };
    const json = configJson(configuration(theirs), tokenizer);
    const ourKeys = Object.keys(configJson(configuration(ours), tokenizer));
    const foreign = Object.keys(json).filter((key) => !ourKeys.includes(key));
    const mixed = { ...json, layers: ours };
    if (foreign.length === 0) expect(parseConfigJson(mixed, 'config.json').model.layers).toBe(ours);
    else expect(() => parseConfigJson(mixed, 'config.json')).toThrow(new RegExp(`(${foreign.join('|')})`));
  });
});
