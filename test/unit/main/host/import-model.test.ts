import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelSchema } from '../../../../main/contract/configuration.ts';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { importModel } from '../../../../main/host/import-model.ts';
import { chooseCheckpoint } from '../../../../main/library/checkpoints/choose-checkpoint.ts';
import { configJson } from '../../../../main/library/checkpoints/config-json.ts';
import { writeCheckpoint } from '../../../../main/library/checkpoints/checkpoint-folder.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import { readRun } from '../../../../main/library/runs/run-folder.ts';

let folder: string;
/** A file of weights without tensors. */
const noWeights = `\u0002${'\0'.repeat(7)}{}`;
let library: string;
let whole: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-import-'));
  library = path.join(folder, 'library');
  await mkdir(path.join(library, 'runs'), { recursive: true });
  const model = { ...modelSchema.parse({ d_model: 8, vocab_size: 256 }), vocab_size: 256, d_inner: 32 };
  const contents = {
    'config.json': JSON.stringify(configJson(model, bytesTokenizer)),
    'generation_config.json': '{}',
    'model.safetensors': noWeights,
    'tokenizer.json': JSON.stringify(bytesTokenizer.toJSON()),
    ...{ 'optimizer.safetensors': 'moments', 'state.json': '{}' },
  };
  whole = await writeCheckpoint(path.join(folder, 'elsewhere', 'swift-heron'), 120, 'best', contents);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a model from elsewhere', () => {
  it('is a run of the library, by the folder of one of its checkpoints', async () => {
    const name = await importModel(library, whole);
    expect(name).toBe('swift-heron');
    const run = await readRun(library, name);
    expect(run).toMatchObject({ status: 'done', step: 120, configuration: { model: { d_model: 8 } } });
    const { step } = await chooseCheckpoint(run.path, name, 'best', (error) => expect(error).toBeUndefined());
    expect(step).toBe(120);
    expect(await importModel(library, whole)).toBe('swift-heron-2');
  });

  it('needs no more than its configuration, weights and tokenizer', async () => {
    const bare = path.join(folder, 'my model');
    await mkdir(bare);
    for (const file of ['config.json', 'model.safetensors', 'tokenizer.json'])
      await cp(path.join(whole, file), path.join(bare, file));
    const name = await importModel(library, bare);
    const run = await readRun(library, name);
    const chosen = await chooseCheckpoint(run.path, name, 'best', (error) => expect(error).toBeUndefined());
    expect((await readdir(chosen.path)).sort()).toEqual([
      'config.json',
      'manifest.json',
      'model.safetensors',
      'tokenizer.json',
    ]);
    // It is checked from here on like any other.
    await writeFile(path.join(chosen.path, 'model.safetensors'), 'other');
    await expect(chooseCheckpoint(run.path, name, 'last', () => undefined)).rejects.toThrow(/damaged|sound/);
  });

  it('is refused with what it lacks, and nothing is left of it', async () => {
    const before = await readdir(path.join(library, 'runs'));
    const half = path.join(folder, 'half');
    await mkdir(half);
    await cp(path.join(whole, 'config.json'), path.join(half, 'config.json'));
    const refused = async (place: string) =>
      HyenaError.from(await importModel(library, place).catch((error: unknown) => error));
    expect(await refused(half)).toMatchObject({ code: 'bad-input', kept: 'Nothing was copied.' });
    expect((await refused(half)).message).toContain('model.safetensors, tokenizer.json');
    await writeFile(path.join(half, 'config.json'), '{"model_type": "llama"}');
    for (const file of ['model.safetensors', 'tokenizer.json']) await writeFile(path.join(half, file), '{}');
    expect((await refused(half)).message).toContain('does not describe a Hyena model');
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    expect((await refused(empty)).message).toContain('not a run folder or a model folder');
    expect(await readdir(path.join(library, 'runs'))).toEqual(before);
  });
});
