import { appendFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../main/contract/configuration.ts';
import type { DatasetRecord } from '../../../../main/contract/datasets.ts';
import { updateRunRecord, readRunRecord } from '../../../../main/library/runs/run-folder.ts';
import type { Datasets } from '../../../../main/host/datasets.ts';
import { Experiments } from '../../../../main/host/experiments.ts';
import { planSweep } from '../../../../main/host/plan-experiment.ts';
import { createLibrary } from '../../../../main/host/library.ts';
import { Runs } from '../../../../main/host/runs.ts';
import { ExperimentQueue } from '../../../../main/host/window/experiment-queue.ts';
import type { Training } from '../../../../main/host/window/training.ts';
import { temporaryFolder } from '../../temporary.ts';

let library: string;
let runs: Runs;
let experiments: Experiments;
beforeEach(async () => {
  library = await temporaryFolder();
  await createLibrary(library);
  runs = new Runs(library, () => {
    throw new Error('no job');
  });
  const dataset = {
    name: 'book',
    tokenizer: { vocabularySize: 256 },
    task: null,
    splits: { train: { tokens: 10_000 } },
  };
  const datasets = { get: () => Promise.resolve(dataset as unknown as DatasetRecord) } as unknown as Datasets;
  experiments = new Experiments({ library, runs, datasets });
});

const plan = (ranges: string[], halving: number | null = null) =>
  planSweep('s', [{ dataset: 'book', model: { d_model: 16 }, training: { max_steps: 40 } }], {
    ...{ ranges, random: null, halving },
  });
const change = async (run: string, changes: Parameters<typeof updateRunRecord>[2]) =>
  updateRunRecord(library, await readRunRecord(library, run), changes);

describe('experiments', () => {
  it('find their runs by the configuration, and keep them when values are added', async () => {
    const first = await experiments.save(plan(['lr=1e-3,1e-2']));
    for (const [trial] of first.trials) await experiments.prepare(first, trial);
    await runs.create(runConfigurationSchema.parse({ dataset: 'book' }), 's-9');
    await change('s-1', { status: 'done', step: 40 });
    const more = await experiments.save(plan(['lr=1e-4,1e-3,1e-2']));
    expect(more.trials.map(([{ run }]) => run?.name)).toEqual([undefined, 's-1', 's-2']);
    expect(experiments.round(more).pending.map(({ contestant }) => contestant)).toEqual([0, 2]);
    expect((await experiments.prepare(more, more.trials[0][0])).name).toBe('s-10');
    expect((await experiments.list()).experiments.map(({ name }) => name)).toEqual(['s']);
    await expect(experiments.save({ ...plan(['lr=1e-3']), kind: 'race' })).rejects.toThrow('already exists');
    await experiments.remove('S');
    await expect(experiments.get('s')).rejects.toThrow('not found');
    expect((await runs.list()).runs).toHaveLength(4);
  });

  it('refuse what cannot be trained before anything is kept', async () => {
    await expect(experiments.save(plan(['d_model=16,2']))).rejects.toThrow('model.d_model');
    expect((await experiments.list()).experiments).toEqual([]);
  });
});

it('a queue starts the best of a rung when all of it is there, and nothing after a stop', async () => {
  const started: string[] = [];
  const training = { start: (run: string) => Promise.resolve(void started.push(run)) } as unknown as Training;
  const queue = new ExperimentQueue(experiments, (error) => {
    throw error;
  });
  const state = await experiments.save(plan(['lr=1e-3,1e-2,1e-4,1e-5'], 2));
  expect(await queue.enqueue(state, training)).toEqual(['s-1', 's-2', 's-3', 's-4']);
  expect(await queue.untilOf('s-3')).toBe(10);
  const ends = async (run: string, step: number, loss: number) => {
    const { path } = await runs.get(run);
    const evaluation = { type: 'evaluation', step, loss, perplexity: 1, bitsPerByte: 1, tokens: 10, best: true };
    await appendFile(`${path}/metrics.jsonl`, `${JSON.stringify(evaluation)}\n`);
    await change(run, { status: 'stopped', step });
    await queue.ended(run, null, training);
  };
  started.length = 0;
  await ends('s-1', 10, 3);
  await ends('s-2', 10, 1);
  await ends('s-3', 4, 0.5);
  await ends('s-4', 10, 2);
  // The third was stopped by hand: its rung is not complete.
  expect(started).toEqual([]);
  await ends('s-3', 10, 4);
  expect(started).toEqual(['s-2', 's-4']);
  expect(await queue.untilOf('s-2')).toBe(20);
  // What was left behind trains to its end if a person continues it.
  expect(await queue.untilOf('s-1')).toBeNull();
});
