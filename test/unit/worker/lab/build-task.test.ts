import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DatasetEvent } from '../../../../main/contract/dataset-events.ts';
import { kindOfData } from '../../../../main/contract/datasets.ts';
import { jobs } from '../../../../main/contract/jobs.ts';
import { DatasetReader } from '../../../../main/library/datasets/dataset-reader.ts';
import { datasetIdentity } from '../../../../main/library/datasets/identity.ts';
import { previewDataset } from '../../../../main/library/datasets/preview.ts';
import { rowBatches } from '../../../../worker/data/rows.ts';
import { runBuildTask } from '../../../../worker/lab/build-task.ts';
import { temporaryFolder } from '../../temporary.ts';

const build = async (
  library: string,
  task: string,
  settings: Record<string, number> = {},
  { name = 'rows', signal = new AbortController().signal } = {},
) => {
  const events: DatasetEvent[] = [];
  const job = jobs['build-task'].params.parse({ kind: 'build-task', library, name, task, settings });
  const record = await runBuildTask(job, { signal, emit: (event) => void events.push(event) });
  return { record, events };
};

describe('a data set of a task', () => {
  const small = { length: 16, pairs: 2, vocabulary: 32, train_rows: 40, test_rows: 7 };

  it('holds its rows, their answers and what is asked, and says what it is', async () => {
    const library = await temporaryFolder();
    const { record, events } = await build(library, 'mqar', small);
    expect(record.task).toMatchObject({ name: 'mqar', length: 16, settings: { ...small, power: 0.01, task_seed: 0 } });
    expect(record.splits.train).toMatchObject({ documents: 40, tokens: 640, learnedTokens: 80 });
    expect(record.splits.validation).toMatchObject({ documents: 7, tokens: 112 });
    expect(kindOfData(record)).toBe('text');
    expect(events.at(-1)).toMatchObject({ type: 'progress', unit: 'rows', done: 47, total: 47 });
    const reader = await DatasetReader.open(library, 'rows');
    try {
      await reader.verify();
      for (let row = 0; row < 40; row++) {
        const ids = reader.read('train', 16 * row, 16);
        const targets = reader.readTargets('train', 16 * row, 16);
        const asked = reader.readAsked('train', 16 * row, 16);
        expect(asked).toEqual(reader.readMask('train', 16 * row, 16));
        for (const place of [...asked.keys()].filter((one) => asked[one] === 1))
          expect(targets[place]).toBe(ids[ids.indexOf(ids[place]) + 1]);
      }
      expect(reader.documents('validation', 6, 1)).toEqual([{ start: 96, end: 112, source: 0 }]);
    } finally {
      reader.close();
    }
    const { documents } = await previewDataset(library, 'rows', { documents: 1, characters: 200, tokens: 200 });
    expect(documents[0].source).toBe('mqar');
    expect(documents[0].text.split(' ')).toHaveLength(16);
  });

  it('is the same from the same seed, another from another, and its targets belong to its identity', async () => {
    const library = await temporaryFolder();
    const identities: string[] = [];
    for (const [index, task_seed] of [0, 0, 1].entries())
      identities.push(
        datasetIdentity((await build(library, 'mqar', { ...small, task_seed }, { name: `set-${index}` })).record),
      );
    expect(identities[0]).toBe(identities[1]);
    expect(identities[0]).not.toBe(identities[2]);
    const { record } = await build(library, 'mqar', small, { name: 'other' });
    const changed = structuredClone(record);
    changed.splits.train.targets[0].sha256 = '0'.repeat(64);
    expect(datasetIdentity(changed)).not.toBe(datasetIdentity(record));
  });

  it('is gone through once an epoch, in another order each time, that depends on the seed alone', async () => {
    const library = await temporaryFolder();
    await build(library, 'mqar', small);
    const reader = await DatasetReader.open(library, 'rows');
    try {
      const epoch = (seed: number, number: number) => {
        const batches = rowBatches(reader, seed);
        return Array.from({ length: 4 }, (_, batch) => {
          const { ids } = batches.batch(4 * number + batch, 10, 16);
          return Array.from({ length: 10 }, (_, row) => ids.subarray(16 * row, 16 * row + 16).join());
        }).flat();
      };
      const first = epoch(3, 0);
      const rows = Array.from({ length: 40 }, (_, row) => reader.read('train', 16 * row, 16).join());
      expect([...first].sort()).toEqual([...rows].sort());
      expect(epoch(3, 0)).toEqual(first);
      expect(epoch(3, 1)).not.toEqual(first);
      expect(epoch(4, 0)).not.toEqual(first);
      expect(() => rowBatches(reader, 0).batch(0, 1, 8)).toThrow(/rows of 'rows' have 16 tokens/);
    } finally {
      reader.close();
    }
  });

  it('has no two equal rows where the published ones have none, and refuses what cannot be', async () => {
    const library = await temporaryFolder();
    await build(library, 'recall', { vocabulary: 8, length: 8, train_rows: 500, test_rows: 10 });
    const reader = await DatasetReader.open(library, 'rows');
    const rows = Array.from({ length: 500 }, (_, row) => reader.read('train', 10 * row, 10).join());
    reader.close();
    expect(new Set(rows).size).toBe(500);
    const tooMany = { vocabulary: 6, length: 4, train_rows: 5000, test_rows: 10 };
    await expect(build(library, 'recall', tooMany, { name: 'more' })).rejects.toMatchObject({ code: 'configuration' });
    await expect(build(library, 'mqar', { ...small, pairs: 9 }, { name: 'more' })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('pairs is 9') as string,
    });
    await expect(build(library, 'mqar', { train_rows: 10_000_000 }, { name: 'more' })).rejects.toMatchObject({
      code: 'configuration',
    });
    await expect(build(library, 'mqar', small)).rejects.toMatchObject({ code: 'already-exists' });
    expect(await readdir(join(library, 'datasets'))).toEqual(['rows']);
  });

  it('that is cancelled leaves nothing', async () => {
    const library = await temporaryFolder();
    const controller = new AbortController();
    const building = build(library, 'mqar', {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(building).rejects.toMatchObject({ code: 'interrupted' });
    expect(await readdir(join(library, 'datasets'))).toEqual([]);
  });
});
