import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import { listDatasets } from '../../main/library/datasets/library.ts';
import { projectFolder } from './command.ts';

const bookPath = path.join(projectFolder, 'resources/books/moby-dick.txt');
let library = '';
beforeAll(async () => void (library = await mkdtemp(path.join(tmpdir(), 'hyena-data-'))));
afterAll(() => rm(library, { recursive: true, force: true }));

/** Adds a data set in a process of its own, as the compute process does; it tells the memory that it took. */
function startAdding(name: string, file: string, tokenizer: string) {
  const module = pathToFileURL(path.join(projectFolder, 'build/worker/data/datasets/job.js')).href;
  const job = { kind: 'add-dataset', library, name, paths: [file], tokenizer, validation: 0.05, field: null };
  const script = `
    import { runAddDataset } from ${JSON.stringify(module)};
    const context = { signal: new AbortController().signal, emit: () => {} };
    await runAddDataset(${JSON.stringify(job)}, context);
    console.log(process.resourceUsage().maxRSS);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    memoryMiB: Number(output) / 1024,
  }));
  return { child, ended };
}

const datasetFolders = () => readdir(path.join(library, 'datasets')).catch((): string[] => []);

describe('adding a data set', () => {
  it('adding a data set that is killed at any moment leaves it whole or not there', async () => {
    const book = await readFile(bookPath);
    const first = performance.now();
    expect((await startAdding('whole', bookPath, 'bpe:400').ended).code).toBe(0);
    const duration = performance.now() - first;
    const rounds = 12;
    let finished = 0;
    for (let round = 0; round < rounds; round++) {
      const name = `round-${round}`;
      const { child, ended } = startAdding(name, bookPath, 'bpe:400');
      await Promise.race([wait((duration * 1.05 * (round + 0.5)) / rounds), ended]);
      child.kill('SIGKILL');
      await ended;
      const { datasets, damaged } = await listDatasets(library);
      expect(damaged).toEqual([]);
      const added = datasets.some((record) => record.name === name);
      expect((await datasetFolders()).includes(name)).toBe(added);
      if (!added) continue;
      finished++;
      const reader = await DatasetReader.open(library, name);
      await reader.verify();
      const text = (['train', 'validation'] as const).map((split) =>
        reader.tokenizer.decodeBytes(reader.read(split, 0, reader.tokenCount(split))),
      );
      expect(Buffer.concat(text).equals(book)).toBe(true);
      reader.close();
    }
    expect(finished).toBeLessThan(rounds);
    // The next one clears away what they left.
    expect((await startAdding('latest', bookPath, 'bytes').ended).code).toBe(0);
    expect((await datasetFolders()).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('adding a data set of a text much larger than the memory limit', async () => {
    const file = path.join(library, 'large.txt');
    const output = createWriteStream(file);
    for (let copy = 0; copy < 150; copy++)
      for await (const piece of createReadStream(bookPath)) if (!output.write(piece)) await once(output, 'drain');
    output.end();
    await once(output, 'close');
    const { code, memoryMiB } = await startAdding('large', file, 'bytes').ended;
    expect(code).toBe(0);
    expect(memoryMiB).toBeLessThan(300);
    const reader = await DatasetReader.open(library, 'large');
    const book = await readFile(bookPath);
    const bytes = 150 * book.length;
    expect(reader.tokenCount('train')).toBe(Math.floor(bytes * 0.95));
    expect(reader.tokenCount('validation')).toBe(bytes - Math.floor(bytes * 0.95));
    for (const copy of [0, 77, 141])
      expect(Buffer.from(reader.read('train', copy * book.length, book.length)).equals(book)).toBe(true);
    reader.close();
  });
});
