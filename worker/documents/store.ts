import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  documentIdSchema,
  documentRecordSchema,
  placeSchema,
  type DocumentPlace,
  type DocumentRecord,
} from '../../main/contract/documents.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { told, toldTogether, textOf, withValues, english } from '../../main/contract/told.ts';
import { setImmediate as pause } from 'node:timers/promises';
import { chaptersAt, headingLines, type HeadingLine } from './chapters.ts';
import { readDocuments } from '../data/readers/documents.ts';
import { readJson, removeFolderAtomic, writeFolderAtomic } from '../files/atomic.ts';

const shelf = (library: string): string => path.join(library, 'documents');

/** @throws HyenaError `usage` for what is no id */
export function documentFolder(library: string, id: string): string {
  const checked = documentIdSchema.safeParse(id);
  if (checked.success) return path.join(shelf(library), checked.data);
  throw new HyenaError('usage', told`'${id}' is not the id of a document.`, {
    hint: 'hyena documents list shows them.',
  });
}

/** A document with its text. */
export interface StoredDocument {
  readonly record: DocumentRecord;
  readonly text: string;
  readonly places: readonly DocumentPlace[];
}

/** @throws HyenaError `not-found`, `damaged` */
export async function readRecord(library: string, id: string): Promise<DocumentRecord> {
  const file = path.join(documentFolder(library, id), 'document.json');
  try {
    return await readJson(file, documentRecordSchema, told`The record of the document`);
  } catch (thrown) {
    const error = HyenaError.from(thrown);
    if (error.code !== 'not-found') throw error;
    throw new HyenaError('not-found', told`There is no document ${id}.`, {
      hint: 'Import it: hyena read FILE',
      cause: error,
    });
  }
}

/** @throws HyenaError `not-found`, `damaged` */
export async function readDocument(library: string, id: string): Promise<StoredDocument> {
  const folder = documentFolder(library, id);
  const record = await readRecord(library, id);
  const places = await readJson(
    path.join(folder, 'places.json'),
    z.array(placeSchema),
    told`The places of the document`,
  );
  const text = await readFile(path.join(folder, 'text.txt'), 'utf8').catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  if (text.length === record.characters) return { record, text, places };
  throw new HyenaError('damaged', told`The text of the document '${record.title}' is not what was imported.`, {
    hint: told`Remove it and import the file again: hyena documents remove ${id}`,
  });
}

/** All documents by title; what cannot be read is left out and told. */
export async function listDocuments(library: string): Promise<{ documents: DocumentRecord[]; damaged: HyenaError[] }> {
  const documents: DocumentRecord[] = [];
  const damaged: HyenaError[] = [];
  for (const name of await readdir(shelf(library)).catch(() => []))
    if (documentIdSchema.safeParse(name).success)
      try {
        documents.push(await readRecord(library, name));
      } catch (error) {
        damaged.push(HyenaError.from(error));
      }
  documents.sort((a, b) => a.title.localeCompare(b.title) || a.id.localeCompare(b.id));
  return { documents, damaged };
}

export async function removeDocument(library: string, id: string): Promise<void> {
  await readRecord(library, id);
  await removeFolderAtomic(documentFolder(library, id));
}

async function checksum(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20, signal }) as AsyncIterable<Buffer>)
    hash.update(piece);
  return hash.digest('hex');
}

/** Lone surrogates become U+FFFD, one unit for one: they would not survive UTF-8. */
const wellFormed = (text: string): string => (text as string & { toWellFormed(): string }).toWellFormed();

/** What is done at once of a long text: between two such stretches an end that was asked for is seen. */
const stretch = 1 << 20;

async function countWords(text: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for (let start = 0; start < text.length; start += stretch) {
    count += text.slice(start, start + stretch).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    await pause();
    signal.throwIfAborted();
  }
  return count;
}

async function chaptersIn(text: string, signal: AbortSignal): Promise<DocumentPlace[]> {
  const lines: HeadingLine[] = [];
  for (const some of headingLines(text)) {
    lines.push(...some);
    await pause();
    signal.throwIfAborted();
  }
  return chaptersAt(text, lines);
}

/** A text as UTF-8, a stretch at a time; no character is cut. */
function* encoded(text: string): Generator<Uint8Array> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + stretch);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    yield Buffer.from(text.slice(start, end));
    start = end;
  }
}

/** Larger texts are no documents that anyone reads: a JavaScript string holds at most half a billion units. */
const longestText = 400_000_000;

/**
 * Reads a file into the library: all of it, or nothing. The same content is kept once, whatever the file is called.
 *
 * @throws HyenaError `not-found`, `bad-input` for what is empty, broken, no text, or several documents in one file
 */
export async function importDocument(library: string, file: string, signal: AbortSignal): Promise<DocumentRecord> {
  const source = path.basename(file);
  const status = await stat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new HyenaError('not-found', told`There is no file ${file}.`, { hint: 'Check the path.' });
    throw HyenaError.from(error);
  });
  if (!status.isFile())
    throw new HyenaError('bad-input', told`${file} is not a file.`, {
      hint: 'Name one file; a folder goes into a data set.',
    });
  const sha256 = await checksum(file, signal);
  const id = sha256.slice(0, 16);
  const known = await readRecord(library, id).catch(() => null);
  if (known?.sha256 === sha256) return known;
  const { documents, problems } = await readDocuments([file], { signal });
  // As the file was called, not where it lay.
  const reasons = problems.map((problem) =>
    withValues(textOf(problem), (value) => value.replaceAll(`${path.dirname(file)}${path.sep}`, '')),
  );
  const kept = 'Nothing was imported.';
  if (documents.length === 0)
    throw new HyenaError('bad-input', told`${source} cannot be read: ${toldTogether(reasons)}`, {
      kept,
      hint: 'Import .txt, .md, .pdf, .epub, .docx, .html or source code.',
    });
  if (documents.length > 1)
    throw new HyenaError('bad-input', told`${source} holds ${documents.length} documents.`, {
      kept,
      hint: 'Unpack it and import one of them.',
    });
  const [document] = documents;
  const text = wellFormed(document.text);
  if (!/\S/.test(text)) throw new HyenaError('bad-input', told`${source} holds no text.`, { kept });
  if (text.length > longestText)
    throw new HyenaError('bad-input', told`${source} holds ${text.length} characters; ${longestText} is the most.`, {
      kept,
    });
  const places = document.places.length > 0 ? document.places : await chaptersIn(text, signal);
  const count = (kind: DocumentPlace['kind']) => places.filter((place) => place.kind === kind).length;
  const record: DocumentRecord = {
    format: 1,
    id,
    title: wellFormed((document.title ?? path.parse(source).name).slice(0, 300)),
    source: wellFormed(source),
    added: new Date().toISOString(),
    bytes: status.size,
    sha256,
    characters: text.length,
    words: await countWords(text, signal),
    places: { pages: count('page'), chapters: count('chapter'), headings: count('heading') },
    problems: reasons.map(english),
    told: reasons,
  };
  await writeFolderAtomic(documentFolder(library, id), async (write) => {
    await write('text.txt', encoded(text));
    await write('places.json', `${JSON.stringify(places)}\n`);
    await write('document.json', `${JSON.stringify(record, null, 2)}\n`);
  });
  return record;
}
