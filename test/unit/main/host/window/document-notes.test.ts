import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeptNote } from '../../../../../main/contract/documents.ts';
import { DocumentNotes } from '../../../../../main/host/window/document-notes.ts';
import { importDocument } from '../../../../../worker/documents/import.ts';

let library: string;
let document: string;
beforeAll(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-notes-'));
  const file = path.join(library, 'tale.txt');
  await writeFile(file, 'The keeper lit the lamp. '.repeat(50));
  ({ id: document } = await importDocument(library, file, new AbortController().signal));
});
afterAll(() => rm(library, { recursive: true, force: true }));

const note = (start: number, changes: Partial<KeptNote> = {}): KeptNote => ({
  ...{ id: crypto.randomUUID(), start, end: start + 5, text: 'a few', note: '', made: '2026-01-01T00:00:00.000Z' },
  ...changes,
});
const file = () => path.join(library, 'documents', document, 'notes.json');

describe('notes of a document', () => {
  it('are kept in the order of the text, replaced by their id, and dropped', async () => {
    const notes = new DocumentNotes(library);
    expect(await notes.list(document)).toEqual([]);
    const [late, early] = [note(100), note(10)];
    await Promise.all([notes.keep(document, late), notes.keep(document, early)]);
    expect((await notes.list(document)).map(({ start }) => start)).toEqual([10, 100]);
    await notes.keep(document, { ...late, note: 'As foretold.' });
    expect((await new DocumentNotes(library).list(document))[1]).toEqual({ ...late, note: 'As foretold.' });
    expect(await notes.drop(document, early.id)).toHaveLength(1);
  });

  it('that cannot be read are reported, and stay as they are', async () => {
    await mkdir(path.dirname(file()), { recursive: true });
    await writeFile(file(), '{ damaged');
    const notes = new DocumentNotes(library);
    await expect(notes.list(document)).rejects.toMatchObject({ code: 'damaged' });
    await expect(notes.keep(document, note(1))).rejects.toMatchObject({ code: 'damaged' });
    expect(await readFile(file(), 'utf8')).toBe('{ damaged');
    await rm(file());
  });

  it('are not written beside a document that is gone', async () => {
    await expect(new DocumentNotes(library).keep('0123456789abcdef', note(1))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
