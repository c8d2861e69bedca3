import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importDocument } from '../../../../../worker/documents/import.ts';
import { listDocuments, readDocument, removeDocument } from '../../../../../main/library/documents/store.ts';

let folder: string;
let library: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-documents-'));
  library = path.join(folder, 'library');
  await mkdir(path.join(library, 'documents'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const signal = new AbortController().signal;
async function file(name: string, content: string | Uint8Array): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, content);
  return target;
}
const shelf = () => readdir(path.join(library, 'documents'));

describe('importing', () => {
  it('keeps text, places and what is known of a document', async () => {
    const record = await importDocument(
      library,
      await file('walden.md', '# Economy\n\nI went.\n\n## Where\n\nWoods. 森\n'),
      signal,
    );
    expect(record).toMatchObject({
      title: 'walden',
      source: 'walden.md',
      words: 6,
      places: { pages: 0, chapters: 0, headings: 2 },
      problems: [],
    });
    const { text, places } = await readDocument(library, record.id);
    expect(places.map(({ label, offset }) => [label, text.slice(offset, offset + 4)])).toEqual([
      ['Economy', '# Ec'],
      ['Where', '## W'],
    ]);
    expect((await listDocuments(library)).documents).toEqual([record]);
  });

  it('keeps the same content once, whatever it is called', async () => {
    const first = await importDocument(library, await file('a.txt', 'The same.'), signal);
    expect(await importDocument(library, await file('b.txt', 'The same.'), signal)).toEqual(first);
    expect(await shelf()).toEqual([first.id]);
  });

  it('keeps offsets where the text has lone surrogates and a byte order mark', async () => {
    const name = await file('odd.json', JSON.stringify({ text: 'a\ud800b 😀 c' }));
    const record = await importDocument(library, name, signal);
    const { text } = await readDocument(library, record.id);
    expect(text.length).toBe(record.characters);
    expect(text.slice(0, text.length)).toContain('a\ufffdb 😀 c');
  });

  it.each([
    ['nothing.txt', ''],
    ['space.txt', ' \n\t\n'],
    ['rubbish.txt', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256))],
    ['broken.pdf', '%PDF-1.7\nnothing more'],
    ['broken.epub', Buffer.from('PK\u0003\u0004 and then nothing')],
    ['broken.docx', 'no archive at all'],
    ['picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
    ['many.jsonl', '{"text":"one"}\n{"text":"two"}\n'],
  ])('refuses %s in words and leaves nothing behind', async (name, content) => {
    await expect(importDocument(library, await file(name, content), signal)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/\S{3,}/) as unknown,
    });
    expect(await shelf()).toEqual([]);
  });

  it('refuses folders and files that do not exist', async () => {
    await expect(importDocument(library, folder, signal)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(importDocument(library, path.join(folder, 'none'), signal)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('ends when asked to, with nothing behind', async () => {
    const controller = new AbortController();
    const name = await file('long.txt', 'word '.repeat(1_000_000));
    controller.abort(new Error('stop'));
    await expect(importDocument(library, name, controller.signal)).rejects.toThrow();
    expect(await shelf()).toEqual([]);
  });
});

it('tells what is damaged and goes on with the others', async () => {
  const kept = await importDocument(library, await file('a.txt', 'A text.'), signal);
  const spoiled = await importDocument(library, await file('b.txt', 'Another text.'), signal);
  await writeFile(path.join(library, 'documents', spoiled.id, 'text.txt'), 'Shorter');
  await expect(readDocument(library, spoiled.id)).rejects.toMatchObject({ code: 'damaged' });
  await writeFile(path.join(library, 'documents', spoiled.id, 'document.json'), '{');
  const { documents, damaged } = await listDocuments(library);
  expect(documents).toEqual([kept]);
  expect(damaged).toHaveLength(1);
  await removeDocument(library, kept.id);
  await expect(readDocument(library, kept.id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(removeDocument(library, '../../etc')).rejects.toMatchObject({ code: 'usage' });
});
