import fc from 'fast-check';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from '../../../../main/contract/documents.ts';
import { DocumentTexts } from '../../../../main/host/document-texts.ts';
import { TextBlocks } from '../../../../main/host/text-blocks.ts';
import { temporaryFolder } from '../../temporary.ts';

const id = '0123456789abcdef';

/** A library with one document of a text. */
async function shelve(text: string, changes: Partial<DocumentRecord> = {}): Promise<DocumentTexts> {
  const library = await temporaryFolder();
  const folder = path.join(library, 'documents', id);
  await mkdir(folder, { recursive: true });
  const record: DocumentRecord = {
    ...{ format: 1, id, title: 'A text', source: 'a.txt', added: '2026-01-01T00:00:00.000Z', bytes: 1, sha256: 'x' },
    ...{ characters: text.length, words: 1, places: { pages: 0, chapters: 0, headings: 0 }, problems: [] },
    ...changes,
  };
  await writeFile(path.join(folder, 'document.json'), JSON.stringify(record));
  await writeFile(path.join(folder, 'places.json'), '[]');
  await writeFile(path.join(folder, 'text.txt'), text);
  return new DocumentTexts(library);
}

const blocksOf = (text: string, piece: number) => {
  const blocks = new TextBlocks();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) blocks.push(bytes.subarray(at, at + piece));
  return blocks.end();
};

describe('blocks of a text', () => {
  const paragraph = 'Ein Wal – 白い鯨 – und 😀 dazu.\n'.repeat(30);
  it.each([
    ['paragraphs', `${paragraph}\n`.repeat(200)],
    ['one line', 'word '.repeat(40_000)],
    ['no space at all', '😀鯨x'.repeat(40_000)],
    ['empty lines', '\n'.repeat(50_000)],
    ['nothing', ''],
    ['line ends of another system', 'A line of it.\r\n'.repeat(5000)],
  ])('blocks of a text of %s hold all of it, however it comes, and end where lines end', (_, text) => {
    const whole = blocksOf(text, 1 << 20);
    expect(blocksOf(text, 777)).toEqual(whole);
    expect(whole).toMatchObject({ characters: text.length, bytes: Buffer.byteLength(text) });
    whole.starts.forEach((start, index) => {
      const block = text.slice(start, whole.starts[index + 1]);
      expect(block.length).toBeLessThanOrEqual(16_000);
      expect(Buffer.byteLength(text.slice(0, start))).toBe(whole.offsets[index]);
      expect(Buffer.from(block).toString('utf8')).toBe(block);
      if (text.includes('\n') && start > 0) expect(text[start - 1]).toBe('\n');
    });
  });

  it('tell lines as wide as they are, and text that was set in lines', () => {
    expect(blocksOf(`${'x'.repeat(680)}\n\n${'鯨'.repeat(68)}\n`, 100).lines).toEqual([10 + 1 + 2]);
    expect(
      blocksOf('it was a dark and stormy night, and the rain fell in torrents;\n'.repeat(50), 1e6).hardWrapped,
    ).toBe(true);
    expect(blocksOf(`${'It was a dark and stormy night. '.repeat(20)}\n`.repeat(20), 1e6).hardWrapped).toBe(false);
    expect(blocksOf('And so the day goes on, and on, and on it goes;\n'.repeat(50), 1e6).hardWrapped).toBe(false);
    expect(blocksOf('const x = 1;\n'.repeat(100), 1e6).hardWrapped).toBe(false);
  });
});

describe('a text by range', () => {
  it('is that of the document, whatever the range', async () => {
    const text = 'Größe 白い鯨 😀\n'.repeat(3000);
    const texts = await shelve(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length + 10), fc.nat(5000), async (start, length) => {
        const range = await texts.range(id, start, start + length);
        expect(range.text).toBe(text.slice(start, start + length));
        expect(range.end - range.start).toBe(range.text.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused where the text is not what was imported', async () => {
    const texts = await shelve('shorter', { characters: 100 });
    await expect(texts.outline(id)).rejects.toMatchObject({ code: 'damaged' });
    await expect(texts.outline('ffffffffffffffff')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a text of ten megabytes is there immediately, by range', { timeout: 20_000 }, async () => {
    const text = 'Call me Ishmael. Some years ago, never mind how long precisely, I went to sea.\n'.repeat(125_000);
    const texts = await shelve(text);
    const outline = await texts.outline(id);
    expect(outline.blocks.starts.length).toBeGreaterThan(1000);
    const began = performance.now();
    for (let at = 0; at < 50; at++) await texts.range(id, at * 150_000, at * 150_000 + 8000);
    expect((performance.now() - began) / 50).toBeLessThan(20);
  });
});
