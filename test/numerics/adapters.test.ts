import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapterNames, adapterScale, type AdapterSettings } from '../../main/contract/logic/adapters.ts';
import { adaptersFile, basePath } from '../../main/library/checkpoints/manifest.ts';
import { writeSafetensors } from '../../main/library/checkpoints/safetensors.ts';
import { adapterMetadata, openWeights } from '../../main/library/checkpoints/weights.ts';
import { withDecoder } from '../../worker/generation/text-reader.ts';
import { LanguageModel, type TrainingOptions } from '../../worker/models/language-model.ts';
import { withMergedAdapters } from '../../worker/models/merged.ts';
import type { TokenBatch } from '../../worker/models/batch.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { blockCasesOn, mixerCasesOn } from './mixers/index.ts';
import { batchOf, configurationOf, idsOf, plain } from './models.ts';
import * as naive from './naive.ts';
import { noise } from './operation-checks.ts';

const settings: AdapterSettings = { rank: 3, alpha: 5, matrices: 'all', rest: false };

async function gradientsOf(model: LanguageModel, batch: TokenBatch, options: TrainingOptions = plain) {
  const { loss, gradients } = model.lossAndGradients(batch, options);
  const values = new Map<string, Float32Array>();
  for (const name of gradients.names) values.set(name, await gradients.read(name));
  gradients.dispose();
  return { loss: await loss, values };
}

const valuesIn = async (model: LanguageModel, name: string) =>
  ((await model.parameters.get(name).data()) as Float32Array).slice();

/** Projections of mixers and MLPs, by the shapes that the model itself has. */
const matricesOf = (model: LanguageModel): string[] =>
  model.parameters
    .all()
    .filter(({ name, shape }) => shape.length === 2 && /\.(mixer\.\w+|mlp\.\w+)\.weight$/.test(name))
    .map(({ name }) => name);

/** A model with the weights of another one and adapters that are not zero. */
async function adaptedModel(whole: LanguageModel, changes: Partial<AdapterSettings> = {}): Promise<LanguageModel> {
  const model = LanguageModel.create(whole.config, whole.device, 4, undefined, { ...settings, ...changes });
  for (const { name } of model.parameters.base()) model.parameters.set(name, await valuesIn(whole, name));
  const factors = model.parameters.all().filter(({ adapterOf }) => adapterOf !== undefined);
  for (const [index, { name, variable }] of factors.entries())
    if (name.includes('lora_B'))
      model.parameters.set(
        name,
        Float32Array.from(noise(60 + index, variable.size).data, (value) => 0.1 * value),
      );
  return model;
}

/** W + scale·B·A, in double precision. */
async function mergedWeight(model: LanguageModel, name: string): Promise<Float32Array> {
  const { a, b } = adapterNames(name);
  const [out, width] = model.parameters.get(name).shape;
  const { rank } = model.adapters!;
  const matrix = async (which: string, shape: number[]) => ({
    shape,
    data: Float64Array.from(await valuesIn(model, which)),
  });
  const product = naive.linear(await matrix(b, [out, rank]), naive.transposed(await matrix(a, [rank, width])));
  const weight = await valuesIn(model, name);
  return weight.map((value, index) => value + adapterScale(model.adapters!) * product.data[index]);
}

const close = (name: string, actual: Float32Array, expected: ArrayLike<number>, tolerance: number) =>
  expectClose(name, { shape: [actual.length], data: actual }, { shape: [expected.length], data: expected }, tolerance);

await onEveryDevice('adapters', (device, deviceName, slow, fewModels) => {
  const all = [...mixerCasesOn(fewModels), ...blockCasesOn(fewModels)];
  const shapes = slow ? all.filter((_, index) => index % 2 === 0) : all;

  it.each(shapes)('have the loss and the gradients of merged weights, %j', async (changes) => {
    const config = configurationOf({ ...changes, initializer_range: 0.2 });
    const whole = LanguageModel.create(config, device(), 7);
    const model = await adaptedModel(whole);
    const matrices = matricesOf(whole);
    expect(model.parameters.trainable().map(({ name }) => name)).toEqual(
      matrices.flatMap((name) => Object.values(adapterNames(name))),
    );
    for (const name of matrices) whole.parameters.set(name, await mergedWeight(model, name));
    const batch = batchOf(2, slow ? 11 : config.l_max);
    const expected = await gradientsOf(whole, batch);
    const actual = await gradientsOf(model, batch);
    close('loss', Float32Array.of(actual.loss), [expected.loss], 1e-5);
    const scale = adapterScale(settings);
    for (const name of matrices) {
      const names = adapterNames(name);
      const [out, width] = whole.parameters.get(name).shape;
      const dW = { shape: [out, width], data: Float64Array.from(expected.values.get(name)!) };
      const of = async (which: string, shape: number[]) => ({
        shape,
        data: Float64Array.from(await valuesIn(model, which)),
      });
      const a = await of(names.a, [settings.rank, width]);
      const b = await of(names.b, [out, settings.rank]);
      // dB = s·dW·Aᵀ and dA = s·Bᵀ·dW.
      const dB = naive.linear(dW, a).data.map((value) => scale * value);
      const dA = naive.linear(naive.transposed(b), naive.transposed(dW)).data.map((value) => scale * value);
      expect(
        dB.some((value) => Math.abs(value) > 1e-9),
        `${name} takes part`,
      ).toBe(true);
      close(names.b, actual.values.get(names.b)!, dB, 2e-4);
      close(names.a, actual.values.get(names.a)!, dA, 2e-4);
    }
    const recomputed = await gradientsOf(model, batch, { ...plain, checkpointing: true });
    for (const [name, values] of actual.values)
      if (device().deterministic) expect(recomputed.values.get(name), name).toEqual(values);
      else close(name, recomputed.values.get(name)!, values, 1e-5);
    whole.dispose();
    model.dispose();
  });

  it('change nothing before they are trained', async () => {
    const whole = LanguageModel.create(configurationOf(), device(), 7);
    const model = LanguageModel.create(whole.config, device(), 7, undefined, settings);
    for (const { name } of model.parameters.base()) model.parameters.set(name, await valuesIn(whole, name));
    const batch = batchOf(2, 9);
    const [losses, before] = [await model.tokenLosses(batch), await whole.tokenLosses(batch)];
    // Elsewhere the activation of an MLP with adapters is another kernel.
    if (['reference', 'portable', 'native'].includes(deviceName)) expect(losses).toEqual(before);
    else close('losses', losses, before, 1e-6);
    for (const [name, values] of (await gradientsOf(model, batch)).values)
      expect(
        values.some((value) => value !== 0),
        name,
      ).toBe(name.includes('lora_B'));
    whole.dispose();
    model.dispose();
  });

  it('are merged where a checkpoint is opened, and while text is generated', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hyena-adapters-'));
    try {
      const whole = LanguageModel.create(configurationOf({ initializer_range: 0.2 }), device(), 7);
      const model = await adaptedModel(whole, { rest: true });
      const checkpoint = path.join(folder, 'checkpoints', 'step-1');
      await mkdir(checkpoint, { recursive: true });
      await writeSafetensors(basePath(folder), whole.parameters.toWrite());
      for (const { name, variable } of model.parameters.trainable())
        model.parameters.set(
          name,
          (await valuesIn(model, name)).map((value) => value + 0.01 / variable.size),
        );
      const { parameters } = model;
      const adapters = path.join(checkpoint, adaptersFile);
      await writeSafetensors(adapters, parameters.toWrite(parameters.trainable()), adapterMetadata(model.adapters!));
      const file = await openWeights(checkpoint);
      const opened = await LanguageModel.load(whole.config, device(), file);
      await file.close();
      const batch = batchOf(2, 9);
      const losses = await model.tokenLosses(batch);
      close('losses', await opened.tokenLosses(batch), losses, 1e-5);
      const before = new Map<string, Float32Array>();
      for (const { name } of parameters.all()) before.set(name, await valuesIn(model, name));
      const ids = idsOf(9);
      const scores = await withMergedAdapters(model, basePath(folder), () =>
        withDecoder(model, async (decoder) => {
          const { text, logits } = await decoder.prefill(ids.slice(0, -1));
          const [next] = await decoder.step([text], [ids.at(-1)!]);
          text.dispose();
          expect(logits).not.toEqual(next);
          return next.slice();
        }),
      );
      close('scores', scores, await opened.lastLogits(ids, 1), 1e-4);
      for (const [name, values] of before) expect(await valuesIn(model, name), name).toEqual(values);
      for (const one of [whole, model, opened]) one.dispose();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  describe('of some matrices', () => {
    it.each(['mixers', 'mlps'] as const)('of %s alone, and the rest where it is trained', async (matrices) => {
      const whole = LanguageModel.create(configurationOf({ tie_embeddings: false }), device(), 7);
      const part = matrices === 'mixers' ? '.mixer.' : '.mlp.';
      const own = matricesOf(whole).filter((name) => name.includes(part));
      const factors = own.flatMap((name) => Object.values(adapterNames(name)));
      const model = await adaptedModel(whole, { matrices });
      for (const name of own) whole.parameters.set(name, await mergedWeight(model, name));
      const expected = await gradientsOf(whole, batchOf(2, 9));
      const actual = await gradientsOf(model, batchOf(2, 9));
      expect([...actual.values.keys()]).toEqual(factors);
      close('loss', Float32Array.of(actual.loss), [expected.loss], 1e-5);
      const rest = await adaptedModel(whole, { matrices, rest: true });
      const { values } = await gradientsOf(rest, batchOf(2, 9));
      const matrix = /(embeddings|lm_head|mixer\.(in|out)_proj|mlp\.fc[12])\.?\w*\.weight$/;
      const others = whole.parameters.trainable().filter(({ name }) => !matrix.test(name));
      expect(new Set(values.keys())).toEqual(new Set([...factors, ...others.map(({ name }) => name)]));
      for (const one of [whole, model, rest]) one.dispose();
    });
  });
});
