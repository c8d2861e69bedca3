import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { DatasetEvent } from '../../../../main/contract/dataset-events.ts';
import { addDataset, type AddDatasetOptions } from '../../../../worker/data/datasets/add.ts';
import { DatasetReader } from '../../../../main/library/datasets/dataset-reader.ts';

/** A library in a temporary folder, new for each test of the file that calls this. */
export function useLibrary() {
  const state = { folder: '', events: [] as DatasetEvent[] };
  beforeEach(() => {
    state.folder = mkdtempSync(join(tmpdir(), 'hyena-data-'));
    state.events = [];
  });
  afterEach(() => rmSync(state.folder, { recursive: true, force: true }));
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(state.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const add = (options: Partial<AddDatasetOptions> & { paths: string[] }, signal = new AbortController().signal) =>
    addDataset(
      { library: state.folder, name: 'test', tokenizer: 'bytes', validation: 0.05, field: null, ...options },
      { signal, emit: (event) => state.events.push(event) },
    );
  /** Adds files and opens what came of them; `use` gets the reader. */
  const withDataset = async <T>(
    options: Partial<AddDatasetOptions> & { paths: string[] },
    use: (reader: DatasetReader) => T | Promise<T>,
  ): Promise<T> => {
    const { name } = await add(options);
    const reader = await DatasetReader.open(state.folder, name);
    try {
      return await use(reader);
    } finally {
      reader.close();
    }
  };
  return { state, file, add, withDataset };
}

/** All ids of a split. */
export const idsOf = (reader: DatasetReader, split: 'train' | 'validation'): number[] => [
  ...reader.read(split, 0, reader.tokenCount(split)),
];
