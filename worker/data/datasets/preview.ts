import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetPreview, SplitName } from '../../../main/contract/datasets.ts';
import { linesOf } from '../readers/json.ts';
import { DatasetReader, type DocumentRange } from './dataset-reader.ts';
import { datasetFolder, SOURCES_FILE } from './layout.ts';

/** The beginning of the first documents of both splits: as text, and as the tokens that a model sees. */
export async function previewDataset(
  library: string,
  name: string,
  { documents = 3, tokens = 400 }: { documents?: number; tokens?: number } = {},
): Promise<DatasetPreview> {
  const reader = await DatasetReader.open(library, name);
  try {
    const shown = (['train', 'validation'] as const).flatMap((split) =>
      reader.documents(split, 0, documents).map((range) => ({ split, range })),
    );
    const last = shown.reduce((most, { range }) => Math.max(most, range.source), 0);
    const sources = await firstSources(join(datasetFolder(library, name), SOURCES_FILE), last + 1);
    return {
      name,
      documents: shown.map(({ split, range }) => previewOf(reader, split, range, sources[range.source] ?? '', tokens)),
    };
  } finally {
    reader.close();
  }
}

function previewOf(reader: DatasetReader, split: SplitName, range: DocumentRange, source: string, most: number) {
  const { tokenizer } = reader;
  const tokenCount = range.end - range.start;
  const length = Math.min(most, tokenCount);
  const ids = reader.read(split, range.start, length);
  const learned = reader.readMask(split, range.start, length);
  return {
    split,
    source,
    tokenCount,
    text: tokenizer.decode(ids),
    tokens: Array.from(ids, (id, index) => ({
      id,
      text: id === tokenizer.endOfText ? '<end of text>' : tokenizer.decode([id]),
      learned: learned[index] === 1,
    })),
    truncated: length < tokenCount,
  };
}

async function firstSources(path: string, count: number): Promise<string[]> {
  const handle = await open(path);
  const sources: string[] = [];
  try {
    for await (const line of linesOf(handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>)) {
      if (sources.length === count) break;
      if (line) sources.push((JSON.parse(Buffer.from(line).toString('utf8')) as { source: string }).source);
    }
    return sources;
  } finally {
    await handle.close();
  }
}
