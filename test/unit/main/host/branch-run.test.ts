import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../main/contract/configuration.ts';
import { branchRun, removeCheckpoint } from '../../../../main/host/branch-run.ts';
import { listCheckpoints, writeCheckpoint } from '../../../../main/library/checkpoints/checkpoint-folder.ts';
import { requiredFiles } from '../../../../main/library/checkpoints/manifest.ts';
import { readMetrics } from '../../../../main/library/runs/metrics-file.ts';
import { createRun, readRunRecord, runFolder, updateRunRecord } from '../../../../main/library/runs/run-folder.ts';
import { temporaryFolder } from '../../temporary.ts';

let library: string;
let folder: string;
const step = (number: number) => ({
  ...{ type: 'step', step: number, loss: 5 - number / 10, learningRate: 1e-3, gradientNorm: 1, tokensPerSecond: 100 },
  ...{ tokens: number * 100, secondsLeft: null, milliseconds: 10, seconds: number * 2, memoryMiB: 50 },
});
const evaluation = (number: number) => ({
  ...{ type: 'evaluation', step: number, loss: 4 - number / 10, perplexity: 2, bitsPerByte: 1, tokens: 9, best: true },
});
const checkpoint = (number: number, kind: 'step' | 'best') =>
  writeCheckpoint(
    folder,
    number,
    kind,
    Object.fromEntries(requiredFiles.map((file) => [file, file === 'config.json' ? '{}' : `${kind} ${number}`])),
  );

beforeEach(async () => {
  library = await temporaryFolder();
  const record = await createRun(library, 'heron', runConfigurationSchema.parse({ dataset: 'book' }));
  folder = runFolder(library, 'heron');
  for (const number of [5, 10]) await checkpoint(number, 'step');
  await checkpoint(4, 'best');
  const events = [1, 2, 3, 4, 5].map(step).concat();
  const later = [6, 7, 8, 9, 10].map(step);
  const lines = [...events, evaluation(5), ...later, evaluation(10)];
  await writeFile(path.join(folder, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const best = { step: 4, loss: 3.6 };
  await updateRunRecord(library, record, { status: 'done', step: 10, tokens: 1000, seconds: 20, loss: 4, best });
});

it('makes a run of a checkpoint with the history up to there, and leaves the first run as it is', async () => {
  const before = await readFile(path.join(folder, 'run.json'), 'utf8');
  expect(await branchRun(library, 'heron', 'step-5')).toBe('heron-step-5');
  expect(await readRunRecord(library, 'heron-step-5')).toMatchObject({
    ...{ name: 'heron-step-5', status: 'stopped', step: 5, tokens: 500, seconds: 10, loss: 4.5, validationLoss: 3.5 },
    ...{ best: { step: 4, loss: 3.6 }, fullValidationLoss: null, owner: null, error: null },
  });
  const own = runFolder(library, 'heron-step-5');
  expect((await listCheckpoints(own)).map((one) => one.step)).toEqual([5]);
  expect((await listCheckpoints(own, 'best')).map((one) => one.step)).toEqual([4]);
  const { events } = await readMetrics(own);
  expect(events.map((event) => ('step' in event ? event.step : 0))).toEqual([1, 2, 3, 4, 5, 5]);
  expect(await readFile(path.join(folder, 'run.json'), 'utf8')).toBe(before);
  // Once more: the next free name. From the best one: an earlier step.
  expect(await branchRun(library, 'heron', 'step-5')).toBe('heron-step-5-2');
  expect(await branchRun(library, 'heron', 'best-4')).toBe('heron-step-4');
  expect(await readRunRecord(library, 'heron-step-4')).toMatchObject({ step: 4, tokens: 400, validationLoss: null });
});

it('refuses a damaged checkpoint and one that is not there, and leaves nothing', async () => {
  await writeFile(path.join(folder, 'checkpoints/step-5/model.safetensors'), 'other');
  await expect(branchRun(library, 'heron', 'step-5')).rejects.toMatchObject({ code: 'damaged' });
  await expect(branchRun(library, 'heron', 'step-6')).rejects.toMatchObject({ code: 'not-found' });
  expect(await readdir(path.join(library, 'runs'))).toEqual(['heron']);
});

it('deletes a checkpoint, but not the last one', async () => {
  await removeCheckpoint(library, 'heron', 'step-5');
  await removeCheckpoint(library, 'heron', 'best-4');
  expect(await readdir(path.join(folder, 'checkpoints'))).toEqual(['step-10']);
  await expect(removeCheckpoint(library, 'heron', 'step-10')).rejects.toMatchObject({ code: 'usage' });
  expect(await readdir(path.join(folder, 'checkpoints'))).toEqual(['step-10']);
});
