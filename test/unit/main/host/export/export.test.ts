import { createHash } from 'node:crypto';
import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import { bringBack, describeReturning } from '../../../../../main/host/export/bring-back.ts';
import { exportRun } from '../../../../../main/host/export/export-run.ts';
import { channelMajor } from '../../../../../main/host/export/safari.ts';
import { torchrunPlanSchema } from '../../../../../main/host/export/torchrun-plan.ts';
import { importModel } from '../../../../../main/host/import-model.ts';
import { verifyCheckpoint } from '../../../../../main/library/checkpoints/manifest.ts';
import { SafetensorsFile } from '../../../../../main/library/checkpoints/safetensors.ts';
import { readMetrics } from '../../../../../main/library/runs/metrics-file.ts';
import { readProvenance } from '../../../../../main/library/runs/origin.ts';
import { createRun, readRun, readRunRecord, runFolder } from '../../../../../main/library/runs/run-folder.ts';

const vectors = path.resolve(import.meta.dirname, '../../../../vectors/earlier-run');

let library: string;
let target: string;
beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-export-'));
  for (const shelf of ['datasets', 'runs'])
    await cp(path.join(vectors, shelf), path.join(library, shelf), { recursive: true });
  target = path.join(library, 'exported', 'here');
});
afterEach(() => rm(library, { recursive: true, force: true }));

const readText = (...names: string[]) => readFile(path.join(target, ...names), 'utf8');
const readObject = async (...names: string[]) => JSON.parse(await readText(...names)) as Record<string, unknown>;
const namesOf = async (file: string): Promise<string[]> => {
  const opened = await SafetensorsFile.open(file);
  await opened.close();
  return opened.names;
};

describe('an export for Hugging Face', () => {
  it('is a folder that transformers opens, and this program too', async () => {
    expect(await exportRun(library, 'old', { to: 'huggingface', folder: target })).toEqual({ folder: target, step: 4 });
    expect((await readdir(target)).sort()).toEqual([
      ...['README.md', 'config.json', 'generation_config.json', 'model.safetensors', 'modeling_hyena_studio.py'],
      ...['tokenizer.json', 'tokenizer_config.json'],
    ]);
    expect(await readObject('config.json')).toMatchObject({
      model_type: 'hyena',
      architectures: ['HyenaStudioForCausalLM'],
      auto_map: {
        AutoConfig: 'modeling_hyena_studio.HyenaStudioConfig',
        AutoModelForCausalLM: 'modeling_hyena_studio.HyenaStudioForCausalLM',
      },
      layers: 'hyena',
    });
    expect(await readObject('tokenizer_config.json')).toMatchObject({ tokenizer_class: 'PreTrainedTokenizerFast' });
    const checkpoint = path.join(library, 'runs', 'old', 'checkpoints', 'step-4', 'model.safetensors');
    expect(await readFile(path.join(target, 'model.safetensors'))).toEqual(await readFile(checkpoint));
    const card = await readText('README.md');
    for (const part of ['# old', 'trust_remote_code=True', 'pages', 'nats per token', '`learning_rate`', '`d_model`'])
      expect(card).toContain(part);
    const imported = await importModel(library, target);
    expect(await readRun(library, imported)).toMatchObject({ status: 'done' });
  });

  it('is refused into a folder with something in it', async () => {
    await exportRun(library, 'old', { to: 'huggingface', folder: target });
    const before = await readdir(target);
    await expect(exportRun(library, 'old', { to: 'safari', folder: target })).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await readdir(target)).toEqual(before);
    await expect(exportRun(library, 'none', { to: 'huggingface', folder: `${target}-2` })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

/** A signal that is raised when it has been looked at so often. */
function stoppedAfter(times: number): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  let looked = 0;
  vi.spyOn(signal, 'throwIfAborted').mockImplementation(() => {
    if (++looked > times) controller.abort(new HyenaError('interrupted', 'Enough.'));
    if (signal.aborted) throw signal.reason as Error;
  });
  return signal;
}

describe('an export that is stopped', () => {
  it.each(['huggingface', 'safari', 'torchrun', 'onnx'] as const)('leaves nothing: %s', async (to) => {
    const signal = stoppedAfter(1);
    await expect(exportRun(library, 'old', { to, folder: target, signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(await readdir(path.dirname(target))).toEqual([]);
    // The run is free to be exported, and trained.
    await exportRun(library, 'old', { to: 'torchrun', folder: target });
  });

  it('and a copy or a return leave the library as it was', async () => {
    await exportRun(library, 'old', { to: 'torchrun', folder: target });
    const all = async () => (await readdir(library, { recursive: true })).sort();
    const before = await all();
    const checkpoint = path.join(library, 'runs', 'old', 'checkpoints', 'step-4');
    for (const source of [path.join(library, 'runs', 'old'), checkpoint])
      await expect(importModel(library, source, 'copy', stoppedAfter(4))).rejects.toMatchObject({
        code: 'interrupted',
      });
    for (const name of ['old', 'other'])
      await expect(bringBack(library, target, { name, signal: stoppedAfter(3) })).rejects.toThrow();
    expect(await all()).toEqual(before);
  });
});

describe('an export for safari', () => {
  it('has all names of the published state dict, and the vocabulary in whole eights', async () => {
    await exportRun(library, 'old', { to: 'safari', folder: target });
    const names = await namesOf(path.join(target, 'model.safetensors'));
    const mixer = 'backbone.layers.0.mixer.filter_fn';
    for (const name of ['lm_head.weight', `${mixer}.implicit_filter.1.freq`, `${mixer}.implicit_filter.3.freq`])
      expect(names).toContain(name);
    const file = await SafetensorsFile.open(path.join(target, 'model.safetensors'));
    expect(file.entry('lm_head.weight').shape[0] % 8).toBe(0);
    expect(await file.readFloats('lm_head.weight')).toEqual(
      await file.readFloats('backbone.embeddings.word_embeddings.weight'),
    );
    await file.close();
    expect(await readText('model.yaml')).toContain('_name_: hyena');
  });

  it('lays filter channels out channel by channel', () => {
    // Order 3 with two channels: rows o0d0, o0d1, o1d0, o1d1.
    const rows = Float32Array.of(0, 0.5, 1, 1.5, 10, 10.5, 11, 11.5);
    expect([...channelMajor(rows, { order: 3, d_model: 2 })]).toEqual([0, 0.5, 10, 10.5, 1, 1.5, 11, 11.5]);
  });

  it('refuses what is not plain Hyena', async () => {
    const config = path.join(library, 'runs', 'old', 'checkpoints', 'step-4', 'config.json');
    const changed = JSON.stringify({ ...(JSON.parse(await readFile(config, 'utf8')) as object), norm: 'rms_norm' });
    await writeFile(config, changed);
    const manifest = path.join(path.dirname(config), 'manifest.json');
    const listed = JSON.parse(await readFile(manifest, 'utf8')) as { files: Record<string, unknown> };
    const sha256 = createHash('sha256').update(changed).digest('hex');
    listed.files['config.json'] = { bytes: Buffer.byteLength(changed), sha256 };
    await writeFile(manifest, JSON.stringify(listed));
    await expect(exportRun(library, 'old', { to: 'safari', folder: target })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(readdir(target)).rejects.toThrow();
  });
});

describe('a run that leaves for torchrun', () => {
  it('takes data, checkpoint, history and program with it', async () => {
    await exportRun(library, 'old', { to: 'torchrun', folder: target });
    const plan = torchrunPlanSchema.parse(await readObject('hyena.json'));
    expect(plan).toMatchObject({ run: 'old', step: 4 });
    expect(Object.keys(plan.parameters)).toContain('backbone.layers.0.mixer.in_proj.weight');
    expect(await readdir(path.join(target, 'data'))).toContain('train-00000.bin');
    const lengths = await readFile(path.join(target, 'data', 'token-bytes.bin'));
    expect(lengths.length).toBe(4 * plan.model.vocab_size);
    expect(lengths.readInt32LE(4 * 'a'.charCodeAt(0))).toBe(1);
    await verifyCheckpoint(path.join(target, 'run', 'checkpoints', 'step-4'));
    expect((await readMetrics(path.join(target, 'run'))).events.length).toBeGreaterThan(0);
    for (const file of [
      'train.py',
      'learner.py',
      'run_files.py',
      'requirements.txt',
      'launch/job.slurm',
      'launch/sky.yaml',
    ])
      expect(await readText(file)).not.toBe('');
  });

  it('leaves with the weights of its seed, if it was never trained', async () => {
    const { configuration } = await readRunRecord(library, 'old');
    await createRun(library, 'new', configuration);
    expect(await exportRun(library, 'new', { to: 'torchrun', folder: target })).toMatchObject({ step: 0 });
    const checkpoint = path.join(target, 'run', 'checkpoints', 'step-0');
    await verifyCheckpoint(checkpoint);
    const old = path.join(library, 'runs', 'old', 'checkpoints', 'step-4');
    for (const file of ['model.safetensors', 'optimizer.safetensors'])
      expect((await namesOf(path.join(checkpoint, file))).sort()).toEqual((await namesOf(path.join(old, file))).sort());
  });

  it('comes back as it left, and only while nobody trained it here', async () => {
    await exportRun(library, 'old', { to: 'torchrun', folder: target });
    await appendFile(path.join(target, 'run', 'metrics.jsonl'), '{"type":"notice","message":"Trained elsewhere."}\n');
    expect(await describeReturning(library, target)).toEqual({ name: 'old', step: 4, known: true });
    expect(await bringBack(library, target)).toEqual({ run: 'old', step: 4 });
    const { origin } = await readProvenance(runFolder(library, 'old'));
    expect(origin).toEqual({ from: 'returned', source: path.basename(target) });
    expect((await readMetrics(path.join(library, 'runs', 'old'))).events.at(-1)).toMatchObject({ type: 'notice' });
    expect(await readRun(library, 'old')).toMatchObject({ status: 'stopped', owner: null, checkpoints: [4] });
    await expect(bringBack(library, target, { name: 'old' })).rejects.toMatchObject({ code: 'already-exists' });

    const metrics = path.join(library, 'runs', 'old', 'metrics.jsonl');
    const text = await readFile(metrics, 'utf8');
    await writeFile(metrics, text.replace('"type":"step"', '"type":"Step"'));
    await expect(bringBack(library, target)).rejects.toMatchObject({ code: 'already-exists' });
    expect(await bringBack(library, target, { name: 'other' })).toEqual({ run: 'other', step: 4 });
    await expect(bringBack(library, library)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
