import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  documentIdSchema,
  documentRecordSchema,
  placeSchema,
  type DocumentPlace,
  type DocumentRecord,
} from '../../contract/documents.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { LongText } from '../../contract/logic/reading/segments.ts';
import { msg } from '../../contract/message.ts';
import { readJson, removeFolderAtomic } from '../files/atomic.ts';
import { TextFile } from './text-file.ts';

const shelf = (library: string): string => path.join(library, 'documents');

/** @throws HyenaError `usage` for what is not an id */
export function documentFolder(library: string, id: string): string {
  const checked = documentIdSchema.safeParse(id);
  if (checked.success) return path.join(shelf(library), checked.data);
  throw new HyenaError('usage', msg`'${id}' is not a valid document id.`, {
    hint: 'Choose a document of the library.',
    command: 'hyena documents list',
  });
}

/** A document with its text, which stays on the disk but for what is looked at. */
export interface StoredDocument {
  readonly record: DocumentRecord;
  readonly text: LongText;
  readonly places: readonly DocumentPlace[];
}

/** @throws HyenaError `not-found`, `damaged` */
export async function readRecord(library: string, id: string): Promise<DocumentRecord> {
  const file = path.join(documentFolder(library, id), 'document.json');
  try {
    return await readJson(file, documentRecordSchema, msg`The record of the document`);
  } catch (thrown) {
    const error = HyenaError.from(thrown);
    if (error.code !== 'not-found') throw error;
    throw new HyenaError('not-found', msg`Document ${id} not found.`, {
      hint: 'Import the document first.',
      command: 'hyena read FILE',
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
    msg`The places of the document`,
  );
  const text = await TextFile.open(path.join(folder, 'text.txt'));
  if (text.length === record.characters) return { record, text, places };
  throw new HyenaError('damaged', msg`The stored text of document '${record.title}' has changed since import.`, {
    hint: 'Remove it and import the file again.',
    command: `hyena documents remove ${id}`,
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

/** Where the PDF of a document lies that came from one. */
export const pdfPath = (library: string, id: string): string => path.join(documentFolder(library, id), pdfName);
export const pdfName = 'original.pdf';

export async function removeDocument(library: string, id: string): Promise<void> {
  await readRecord(library, id);
  await removeFolderAtomic(documentFolder(library, id));
}
