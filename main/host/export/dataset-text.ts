import type { DatasetExport, SplitName } from '../../contract/datasets.ts';
import { DatasetReader, type DocumentRange } from '../../library/datasets/dataset-reader.ts';
import { datasetSources } from '../../library/datasets/preview.ts';
import { dialogOf } from './dialog-of.ts';

const documentsAtOnce = 256;
const breathMilliseconds = 30;

/** The documents of a data set as text, each with an empty line after it, or as JSON Lines. */
export async function* datasetText(
  library: string,
  name: string,
  to: DatasetExport,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = await DatasetReader.open(library, name);
  try {
    const sources = await datasetSources(library, name);
    let last = performance.now();
    for (const split of ['train', 'validation'] as const)
      for (let first = 0; first < reader.documentCount(split); first += documentsAtOnce)
        for (const range of reader.documents(split, first, documentsAtOnce)) {
          signal.throwIfAborted();
          yield Buffer.from(written(reader, split, range, to, sources[range.source] ?? ''), 'utf8');
          if (performance.now() - last < breathMilliseconds) continue;
          await new Promise<void>((resolve) => setImmediate(resolve));
          last = performance.now();
        }
  } finally {
    reader.close();
  }
}

function written(
  reader: DatasetReader,
  split: SplitName,
  { start, end }: DocumentRange,
  to: DatasetExport,
  source: string,
): string {
  const ids = reader.read(split, start, end - start);
  const isChat = reader.hasMask(split);
  const endOfText = isChat ? reader.tokenizer.endOfText : null;
  const text = (from: number, until: number) => {
    const own = ids.subarray(from, until);
    return reader.tokenizer.decode(endOfText === null ? own : own.filter((id) => id !== endOfText));
  };
  if (to === 'text') return `${text(0, ids.length).replace(/\n+$/, '')}\n\n`;
  const messages = isChat ? dialogOf(reader.readMask(split, start, ids.length), text) : null;
  return `${JSON.stringify(messages ? { messages, split, source } : { text: text(0, ids.length), split, source })}\n`;
}
