import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobs } from '../../../../main/contract/jobs.ts';
import { DatasetReader } from '../../../../main/library/datasets/dataset-reader.ts';
import { runBuildTask } from '../../../../worker/lab/build-task.ts';
import { temporaryFolder } from '../../temporary.ts';

const recordBytes = 3073;

/** Records of the binary version: the class, then three planes that count from `first` on. */
const batch = (...records: { label: number; first: number }[]): Uint8Array =>
  Uint8Array.from(
    records.flatMap(({ label, first }) => [
      label,
      ...Array.from({ length: recordBytes - 1 }, (_, place) => (first + 7 * place) % 256),
    ]),
  );

async function build(files: Record<string, Uint8Array>, settings: Record<string, number> = {}) {
  const library = await temporaryFolder();
  const file = join(library, 'cifar-10-batches-bin');
  await mkdir(file);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(file, name), bytes);
  const job = jobs['build-task'].params.parse({
    ...{ kind: 'build-task', library, name: 'images', task: 'cifar10', settings, file },
  });
  const record = await runBuildTask(job, { signal: new AbortController().signal, emit: () => undefined });
  return { library, file, record };
}

describe('CIFAR-10 as a task', () => {
  const files = {
    'batches.meta.txt': Buffer.from('airplane\n'),
    'data_batch_10.bin': batch({ label: 9, first: 3 }),
    'data_batch_2.bin': batch({ label: 4, first: 0 }, { label: 0, first: 100 }),
    'test_batch.bin': batch({ label: 7, first: 50 }),
  };

  it('has the grey values of each image and asks its class after the last pixel', async () => {
    const { library, file, record } = await build(files);
    expect(record.task).toMatchObject({ name: 'cifar10', length: 1024, settings: { train_rows: 3, test_rows: 1 } });
    expect(record.task?.slices[7]).toBe('horse');
    expect(record.request.paths).toEqual([file]);
    expect(record.tokenizer.vocabularySize).toBe(266);
    const reader = await DatasetReader.open(library, 'images');
    try {
      await reader.verify();
      const labels = [4, 0, 9];
      for (const [row, label] of labels.entries()) {
        expect(reader.readTargets('train', 1024 * row + 1023, 1)[0]).toBe(256 + label);
        expect([...reader.readAsked('train', 1024 * row, 1024)]).toEqual([...Array<number>(1023).fill(0), 1]);
        expect(reader.documents('train', row, 1)[0].source).toBe(label);
      }
      const source = files['test_batch.bin'];
      const grey = Array.from({ length: 1024 }, (_, place) => {
        const [red, green, blue] = [0, 1024, 2048].map((plane) => source[1 + plane + place]);
        return 0.299 * red + 0.587 * green + 0.114 * blue;
      });
      const read = reader.read('validation', 0, 1024);
      expect(grey.every((value, place) => Math.abs(value - read[place]) <= 0.51)).toBe(true);
    } finally {
      reader.close();
    }
  });

  it('takes as many images as it is told, in the order of the files', async () => {
    const { library, record } = await build(files, { train_rows: 1, test_rows: 1 });
    expect([record.splits.train.documents, record.splits.validation.documents]).toEqual([1, 1]);
    const reader = await DatasetReader.open(library, 'images');
    expect(reader.readTargets('train', 1023, 1)[0]).toBe(260);
    reader.close();
  });

  it('refuses folders without its files, incomplete files and classes that there are not', async () => {
    await expect(build({ 'data_batch_1.bin': files['data_batch_2.bin'] })).rejects.toMatchObject({ code: 'not-found' });
    await expect(build({ ...files, 'test_batch.bin': files['test_batch.bin'].subarray(1) })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('has 3072 bytes') as string,
    });
    await expect(build({ ...files, 'test_batch.bin': batch({ label: 10, first: 0 }) })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Record 1 of') as string,
    });
  });
});
