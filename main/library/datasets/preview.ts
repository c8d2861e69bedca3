import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetPreview, SplitName } from '../../contract/datasets.ts';
import { linesOf } from '../files/lines.ts';
import { DatasetReader, type DocumentRange } from './dataset-reader.ts';
import { shownTokens } from '../tokenizers/shown-tokens.ts';
import { datasetFolder, SOURCES_FILE } from './layout.ts';

export interface PreviewOptions {
  /** How many documents, those for training first. */
  documents: number;
  /** How much of each, in UTF-16 units. */
  characters: number;
  /** How many tokens of each at most: they weigh many times what their text does. */
  tokens: number;
}

/** The beginning of the first documents: as text, and as the tokens that a model sees. Throws as `DatasetReader.open`. */
export async function previewDataset(library: string, name: string, options: PreviewOptions): Promise<DatasetPreview> {
  const reader = await DatasetReader.open(library, name);
  try {
    const shown = (['train', 'validation'] as const)
      .flatMap((split) => reader.documents(split, 0, options.documents).map((range) => ({ split, range })))
      .slice(0, options.documents);
    const last = shown.reduce((most, { range }) => Math.max(most, range.source), 0);
    const sources = await firstSources(join(datasetFolder(library, name), SOURCES_FILE), last + 1);
    return {
      name,
      documents: shown.map(({ split, range }) => previewOf(reader, split, range, sources[range.source] ?? '', options)),
    };
  } finally {
    reader.close();
  }
}

function previewOf(
  reader: DatasetReader,
  split: SplitName,
  { start, end }: DocumentRange,
  source: string,
  { characters, tokens: most }: PreviewOptions,
): DatasetPreview['documents'][number] {
  const { tokenizer } = reader;
  // A character of two UTF-16 units has four bytes, any other at most three: this many tokens always reach.
  const length = Math.min(end - start, 3 * characters);
  const ids = reader.read(split, start, length);
  const text = tokenizer.decode(ids);
  // The tokens stop where the text shown does; half a character belongs to the token that completes it.
  const decoder = tokenizer.streamDecoder();
  const limit = Math.min(length, most);
  let count = 0;
  for (let shown = 0; count < limit && shown < characters; count++) shown += decoder.push(ids[count]).length;
  const learned = reader.readMask(split, start, count);
  const tokens = shownTokens(tokenizer, ids.subarray(0, count)).map((token, index) => ({
    ...token,
    learned: learned[index] === 1,
  }));
  return {
    split,
    source,
    tokenCount: end - start,
    text: text.slice(0, characters),
    tokens,
    truncated: length < end - start || text.length > characters,
  };
}

/** Where the documents of a data set come from, by their line. */
export const datasetSources = (library: string, name: string): Promise<string[]> =>
  firstSources(join(datasetFolder(library, name), SOURCES_FILE), Infinity);

async function firstSources(path: string, count: number): Promise<string[]> {
  const handle = await open(path);
  const sources: string[] = [];
  try {
    for await (const line of linesOf(handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>)) {
      if (line) sources.push((JSON.parse(Buffer.from(line).toString('utf8')) as { source: string }).source);
      if (sources.length === count) break;
    }
    return sources;
  } finally {
    await handle.close();
  }
}
