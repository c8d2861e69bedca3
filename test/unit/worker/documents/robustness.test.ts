import fc from 'fast-check';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { once } from 'node:events';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentRecordSchema } from '../../../../main/contract/documents.ts';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { DocumentTexts } from '../../../../main/host/document-texts.ts';
import { passagesOf, sentencesOf } from '../../../../main/contract/logic/reading/segments.ts';
import { readFiles } from '../../../../worker/data/readers/read.ts';
import { importDocument } from '../../../../worker/documents/import.ts';
import { readDocument } from '../../../../main/library/documents/store.ts';
import { docx, epub, pdf, zip } from '../data/readers/samples.ts';

/**
 * Importing whatever a person may drop: it is kept whole and can be read back, or refused in words, with nothing left
 * behind; soon in either case. FUZZ_ROUNDS asks for more than the usual.
 */
const rounds = Number(process.env.FUZZ_ROUNDS ?? 12);
const signal = new AbortController().signal;
let folder: string;
let library: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-robust-'));
  library = path.join(folder, 'library');
  await mkdir(path.join(library, 'documents'), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const shelf = () => readdir(path.join(library, 'documents'));

/** Imports a file; tells what became of it. */
async function bring(name: string, content: string | Uint8Array): Promise<string | HyenaError> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  const before = await shelf();
  try {
    const record = await importDocument(library, file, signal);
    documentRecordSchema.parse(record);
    const { text: stored, places } = await readDocument(library, record.id);
    const text = stored.slice(0, stored.length);
    expect(text.length).toBe(record.characters);
    expect(text.trim()).not.toBe('');
    for (const { offset } of places) expect(offset).toBeLessThanOrEqual(text.length);
    const outline = await new DocumentTexts(library).outline(record.id);
    expect(outline.record).toEqual(record);
    return text;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(HyenaError);
    const error = thrown as HyenaError;
    expect([error.code, error.message]).toEqual(['bad-input', error.message]);
    expect(error.message).toMatch(/\S{3,}/);
    expect(error.kept).toBe('Nothing was imported.');
    // Named as it was given: where a browser's upload lies is nobody's concern.
    expect(error.message).not.toContain(folder);
    expect(await shelf()).toEqual(before);
    return error;
  }
}

const prose = 'Größe 日本語 שלום مرحبا 😀 and a plain line.\r\n\r\nAnother one follows here.\n';
const page = `<!doctype html><html><head><title>T</title></head><body><h1>One</h1><p>${prose}</p></body></html>`;
const samples: Record<string, Uint8Array> = {
  'a.txt': Buffer.from(prose.repeat(10)),
  'a.md': Buffer.from(`# One\n\n${prose}\n\n## Two\n\n${prose}`),
  'a.html': Buffer.from(page),
  'a.json': Buffer.from(JSON.stringify([{ text: prose }])),
  'a.jsonl': Buffer.from(`${JSON.stringify({ text: prose })}\n`),
  'a.csv': Buffer.from('id,text\n1,"one, ""and"" a half"\n'),
  'a.parquet': readFileSync(path.join(import.meta.dirname, '../../../vectors/data/messages.parquet')),
  'a.pdf': pdf([['# Title', 'A line', 'and another.'], ['More']], { outline: [['Begin', 0]] }),
  'a.epub': epub([
    ['a.xhtml', 'One', `<h1>One</h1><p>${prose}</p>`],
    ['b.xhtml', 'Two', '<p>more</p>'],
  ]),
  'a.docx': docx([['Title', 'Title'], ['Some text'], ['Head', 'Heading1'], ['End']]),
  'a.zip': zip({ 'a.txt': prose }),
  'a.txt.gz': gzipSync(prose.repeat(20)),
  'a.py': Buffer.from('def whale():\n    return "white"\n'.repeat(5)),
};

const cutOff = (bytes: Uint8Array) => fc.nat(bytes.length - 1).map((at) => bytes.subarray(0, at));
const flipped = (bytes: Uint8Array) =>
  fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(7)), { minLength: 1, maxLength: 12 }).map((flips) => {
    const changed = Uint8Array.from(bytes);
    for (const [at, bit] of flips) changed[at] ^= 1 << bit;
    return changed;
  });

describe.each(Object.entries(samples))('%s', (name, bytes) => {
  it('is imported where it is whole', async () => {
    expect(typeof (await bring(name, bytes))).toBe(name === 'a.parquet' ? 'object' : 'string');
  });

  it('cut off or with bits that are wrong is read or refused, never half kept', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(cutOff(bytes), flipped(bytes)), async (damaged) => {
        await bring(name, damaged);
      }),
      { numRuns: rounds },
    );
  });

  it('is refused where it is empty, one byte or rubbish', { timeout: 60_000 }, async () => {
    expect(await bring(name, '')).toBeInstanceOf(HyenaError);
    for (const byte of [0x00, 0x0a, 0xff]) await bring(name, Uint8Array.of(byte));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 2, maxLength: 4000 }), async (rubbish) => {
        await bring(name, rubbish);
      }),
      { numRuns: Math.ceil(rounds / 3) },
    );
  });
});

describe('what is made to do harm', () => {
  const zeros = new Uint8Array(66 << 20);
  it(
    'unpacks to no more than a bounded amount: zip, zip in zip, gzip, book, Word document',
    { timeout: 180_000 },
    async () => {
      const bomb = zip({ 'zeros.txt': zeros });
      const page = Buffer.alloc(66 << 20, '<p>x</p>');
      const files: [string, Uint8Array][] = [
        ['bomb.zip', bomb],
        ['nested.zip', zip({ 'inner.zip': bomb })],
        ['bomb.txt.gz', gzipSync(Buffer.alloc(66 << 20, ' a'))],
        ['bomb.epub', epub([['a.xhtml', 'One', page.toString('latin1')]])],
        ['bomb.docx', zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': zeros })],
      ];
      for (const [name, content] of files) {
        const began = performance.now();
        const messages = await bring(name, content);
        expect([name, messages instanceof HyenaError]).toEqual([name, true]);
        expect(performance.now() - began).toBeLessThan(30_000);
      }
    },
  );

  it.each([
    ['deep.html', '<div>'.repeat(200_000) + 'text'],
    ['deep.json', `${'['.repeat(200_000)}"text"${']'.repeat(200_000)}`],
    ['deep.jsonl', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['deep.md', `${'> '.repeat(100_000)}text`],
    ['deep.xhtml', `<?xml version="1.0"?>${'<a>'.repeat(200_000)}text`],
    ['entities.html', `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1000)}">]><p>${'&a;'.repeat(10_000)} text</p>`],
    ['blank.txt', `${' '.repeat(3_000_000)}x`],
    ['headings.txt', 'chapter \n'.repeat(300_000)],
    ['line.txt', 'x'.repeat(5_000_000)],
  ])('%s ends soon', { timeout: 60_000 }, async (name, content) => {
    const began = performance.now();
    await bring(name, content);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

describe('text of any script', () => {
  it('stays as it is, right to left, without spaces and with halves of characters', async () => {
    expect(await bring('rtl.txt', 'שלום עולם. \u202eمرحبا بالعالم.\u202c\n')).toBe(
      'שלום עולם. \u202eمرحبا بالعالم.\u202c\n',
    );
    expect(await bring('cjk.txt', '吾輩は猫である。名前はまだ無い。')).toBe('吾輩は猫である。名前はまだ無い。');
    const escaped = await bring('lone.json', '[{"text":"a \\ud83d b \\udc00 c 😀"}]');
    expect(escaped).toBe('a \ufffd b \ufffd c 😀');
    expect(await bring('sixteen.txt', Buffer.from('\ufeffÄpfel 鯨', 'utf16le'))).toBe('Äpfel 鯨');
  });

  it('says that a scan has no text', async () => {
    const messages = await bring('scan.pdf', pdf([[], [], []]));
    expect((messages as HyenaError).message).toMatch(/All 3 pages are images, probably scans/);
  });

  it('is divided into sentences and passages that lose nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        for (const segments of [sentencesOf(text), passagesOf(text, [], 100)])
          for (const { start, end } of segments) expect(0 <= start && start < end && end <= text.length).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a text of 200 MB', () => {
  it('is read in pieces, in memory that does not grow with it', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'huge.txt');
    const piece = Buffer.from('It was the best of times, it was the worst of times — größer.\n'.repeat(16_000));
    const stream = createWriteStream(file);
    let size = 0;
    for (; size < 200e6; size += piece.length) if (!stream.write(piece)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
    global.gc?.();
    const before = process.memoryUsage().rss;
    let highest = before;
    let bytes = 0;
    for await (const event of readFiles([{ path: file, size }])) {
      if (event.type !== 'text') continue;
      bytes += Buffer.byteLength(event.content);
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    expect(bytes).toBe(size);
    expect((highest - before) / 2 ** 20).toBeLessThan(160);
  });

  it('can be cancelled while it is imported, and leaves nothing', { timeout: 60_000 }, async () => {
    const leaving = new AbortController();
    const before = await shelf();
    const importing = importDocument(library, path.join(folder, 'huge.txt'), leaving.signal);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const requested = performance.now();
    leaving.abort();
    await expect(importing).rejects.toThrow();
    expect(performance.now() - requested).toBeLessThan(5000);
    expect(await shelf()).toEqual(before);
  });
});
