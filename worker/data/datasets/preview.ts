import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DatasetPreview, SplitName } from '../../../main/contract/datasets.ts';
import { DatasetReader } from './dataset-reader.ts';
import { datasetFolder, SOURCES_FILE } from './layout.ts';

/** A token is at least a byte, and at most this many UTF-16 units matter of it. */
const tokensPerCharacter = 1;

export interface PreviewOptions {
  /** How many documents, training first. */
  documents: number;
  /** How much of each, in UTF-16 units. */
  characters: number;
}

/** The beginning of the first documents, as the reader saw them and as tokens. Throws as `DatasetReader.open`. */
export async function previewDataset(library: string, name: string, options: PreviewOptions): Promise<DatasetPreview> {
  const reader = await DatasetReader.open(library, name);
  try {
    const documents: DatasetPreview['documents'] = [];
    const places: { split: SplitName; index: number }[] = [];
    for (const split of ['train', 'validation'] as const)
      for (let index = 0; index < reader.documentCount(split) && places.length < options.documents; index++)
        places.push({ split, index });
    for (const { split, index } of places) {
      const [range] = reader.documents(split, index, 1);
      if (range) documents.push(await previewOf(library, reader, split, range, options.characters));
    }
    return { name, documents };
  } finally {
    reader.close();
  }
}

async function previewOf(
  library: string,
  reader: DatasetReader,
  split: SplitName,
  { start, end, source }: { start: number; end: number; source: number },
  characters: number,
): Promise<DatasetPreview['documents'][number]> {
  const tokenCount = end - start;
  // Four bytes of UTF-8 are two units at least, so this many tokens always reach.
  const length = Math.min(tokenCount, characters * 3 * tokensPerCharacter);
  const ids = reader.read(split, start, length);
  const learned = reader.readMask(split, start, length);
  const { tokenizer } = reader;
  const tokens: DatasetPreview['documents'][number]['tokens'] = [];
  const text = tokenizer.decode(ids);
  let shown = 0;
  for (let index = 0; index < ids.length && shown < characters; index++) {
    const one = tokenizer.decode([ids[index]]);
    tokens.push({ id: ids[index], text: one, learned: learned[index] > 0 });
    shown += one.length;
  }
  return {
    split,
    source: await sourceLine(library, reader.record.name, source),
    tokenCount,
    text: text.slice(0, characters),
    tokens,
    truncated: tokenCount > length || text.length > characters,
  };
}

/** The name in one line of sources.jsonl. */
async function sourceLine(library: string, name: string, wanted: number): Promise<string> {
  const input = createReadStream(join(datasetFolder(library, name), SOURCES_FILE), 'utf8');
  try {
    let line = 0;
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      if (line++ < wanted) continue;
      const { source } = JSON.parse(text) as { source?: unknown };
      return typeof source === 'string' ? source : '';
    }
    return '';
  } finally {
    input.destroy();
  }
}
