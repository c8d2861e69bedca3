import { Archive } from './archive.ts';
import { readFileArchive } from './file-archive.ts';
import type { Input } from './input.ts';
import type { ReadContext, ReaderEvent } from './reader.ts';

/** The files of a zip archive, in the order of their names, each by the reader of its format. */
export async function* readZip(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  yield* readFileArchive(input, await Archive.open(input), context);
}
