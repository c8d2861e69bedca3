import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lexicalCandidates, passageCharacters } from '../../../../main/contract/logic/reading/lexical.ts';
import { passagesOf, sentencesOf, intervalsOf } from '../../../../main/contract/logic/reading/segments.ts';
import { ChapterFinder } from '../../../../worker/documents/chapters.ts';
import { chaptersOf } from './chapters-of.ts';
import { findPassages } from '../../../../worker/documents/find.ts';
import { importDocument } from '../../../../worker/documents/import.ts';
import { readDocument } from '../../../../main/library/documents/store.ts';
import { summarise } from '../../../../worker/documents/summarise.ts';
import { Surprise } from '../../../../worker/documents/surprise.ts';
import { TextFile } from '../../../../main/library/documents/text-file.ts';
import { WordTally } from '../../../../worker/documents/words.ts';
import { zip } from '../data/readers/samples.ts';

const signal = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-long-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const characters = fc.constantFrom('a', 'é', '森', '😀', '\n', ' ', '.');
/** Texts of many chunks: a few characters again and again, so that characters lie across the ends of chunks. */
const texts = fc
  .tuple(fc.array(characters, { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 60_000 }))
  .map(([some, times]) => some.join('').repeat(times));

async function textFile(text: string): Promise<TextFile> {
  const file = path.join(folder, 'text.txt');
  await writeFile(file, text);
  return TextFile.open(file);
}

describe('a text in a file', () => {
  it('gives any part as the string would', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.array(fc.tuple(fc.nat(500_000), fc.nat(200_000)), { maxLength: 12 }),
        async (text, parts) => {
          const file = await textFile(text);
          expect(file.length).toBe(text.length);
          for (const [start, length] of parts)
            expect(file.slice(start, start + length)).toBe(text.slice(start, start + length));
          expect(file.slice(0, file.length)).toBe(text);
        },
      ),
      { numRuns: 40, seed: 1 },
    );
  });

  it('is told where it is not there, or became shorter', async () => {
    await expect(TextFile.open(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    const file = await textFile('word '.repeat(100_000));
    await writeFile(path.join(folder, 'text.txt'), 'less');
    expect(() => file.slice(400_000, 400_010)).toThrow(/was truncated/);
  });
});

describe('what is found as a text comes in pieces', () => {
  /** Divides a text at many places. */
  const cut = (text: string, sizes: readonly number[]) => {
    const pieces: string[] = [];
    for (let start = 0, index = 0; start < text.length; index++) {
      const end = start + 1 + sizes[index % sizes.length];
      pieces.push(text.slice(start, end));
      start = end;
    }
    return pieces;
  };
  const prose = 'He went on, and the sea was grey. '.repeat(12);
  const lines = [
    'CHAPTER 1. Loomings',
    'Chapter 2',
    'BOOK II',
    'Epilogue',
    'epilogue of it, he said',
    '',
    '',
    prose,
    'short',
  ];

  it('are the chapters of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 40 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(300), { minLength: 1, maxLength: 5 }),
        (chosen, end, sizes) => {
          const text = chosen.join(end);
          const finder = new ChapterFinder();
          for (const piece of cut(text, sizes)) finder.push(piece);
          expect(finder.end()).toEqual(chaptersOf(text));
        },
      ),
      { seed: 2 },
    );
  });

  it('are the chapters of a text of many stretches, wherever it is cut', () => {
    const chapters = Array.from({ length: 90 }, (_, index) => `CHAPTER ${index + 1}\n\n${prose.repeat(170)}\n\n`);
    const text = chapters.join('');
    expect(text.length).toBeGreaterThan(5e6);
    for (const size of [65_535, 1_000_003, text.length]) {
      const finder = new ChapterFinder();
      for (const piece of cut(text, [size])) finder.push(piece);
      const found = finder.end();
      expect(found).toHaveLength(90);
      for (const { offset, label } of found) expect(text.slice(offset, offset + label.length + 1)).toBe(`${label}\n`);
    }
  });

  it('are its words', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é1', '森', ' ', '-', '𝒜', '😀', '\n')), (parts) => {
        const counter = new WordTally();
        for (const part of parts) counter.push(part);
        expect(counter.count).toBe(parts.join('').match(/[\p{L}\p{N}]+/gu)?.length ?? 0);
      }),
      { seed: 3 },
    );
  });
});

describe('a long document', () => {
  let library: string;
  const paragraph = (index: number) =>
    `Paragraph ${index} tells of the grey sea. It goes on for a while, as texts do.\n\n`;
  const long = Array.from({ length: 60_000 }, (_, index) =>
    index === 33_333 ? 'The Armenian nailed a silver astrolabe to the door.\n\n' : paragraph(index),
  ).join('');
  beforeAll(async () => {
    library = path.join(folder, 'library');
    await mkdir(path.join(library, 'documents'), { recursive: true });
  });

  it('is divided as its parts are', () => {
    const some = long.slice(0, 4_500_000);
    const stretches = [...intervalsOf(some)];
    expect(stretches.length).toBeGreaterThan(2);
    expect(stretches.map(({ text }) => text).join('')).toBe(some);
    for (const { text } of stretches.slice(0, -1)) expect(text.endsWith('\n')).toBe(true);
    const found = sentencesOf(some);
    const parts = Array.from({ length: 3 }, (_, index) => some.indexOf('Paragraph', index * 1_500_000));
    expect(found).toEqual(parts.flatMap((start, index) => sentencesOf(some, start, parts[index + 1] ?? some.length)));
  });

  it('is imported, found in and summarised without being held', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'long.txt');
    await writeFile(file, long);
    const shares: number[] = [];
    const record = await importDocument(library, file, signal, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(record).toMatchObject({ characters: long.length, words: long.match(/[\p{L}\p{N}]+/gu)!.length });
    expect(await readFile(path.join(library, 'documents', record.id, 'text.txt'), 'utf8')).toBe(long);
    const { text, places } = await readDocument(library, record.id);
    const [first] = findPassages(text, places, 'Who nailed the astrolabe?', 5);
    expect(text.slice(first.start, first.end)).toContain('silver astrolabe');
    const sentences = await summarise(text, places, 3, null);
    expect(sentences).toHaveLength(3);
    for (const { start, end } of sentences) expect(long.slice(start, end)).toMatch(/^[A-Z].*\.$/s);
    const evenly = findPassages(text, places, 'zzzz', 4);
    expect(evenly[3].start).toBeGreaterThan(long.length / 2);
  });

  it('is found in as a short one where it is short', () => {
    const short = long.slice(0, 40_000);
    const passages = passagesOf(short, [], passageCharacters);
    expect(findPassages(short, [], 'paragraph 77', 3)).toEqual(
      lexicalCandidates(short, passages, 'paragraph 77', 3).map(({ passage, lexical }) => ({
        ...passages[passage],
        lexical,
      })),
    );
  });

  it('has the words of the whole in its map', () => {
    const some = `${'word '.repeat(40_000)}${' '.repeat(70_000)}${'longer'.repeat(3)} end`;
    const surprise = new Surprise(some, 0, some.length);
    const ends = Array.from({ length: Math.ceil(some.length / 3) }, (_, index) => Math.min(some.length, 3 * index + 3));
    for (const [index, end] of ends.entries()) surprise.add(3 * index, end, 1);
    surprise.end();
    expect(surprise.words.length).toBe(40_002);
  });
});

describe('importing', () => {
  it('takes the document that was read to its end where another one broke', async () => {
    const library = path.join(folder, 'broken-first');
    await mkdir(path.join(library, 'documents'), { recursive: true });
    const file = path.join(folder, 'two.zip');
    // A page without text and a text: one document, however far the other one came.
    const cutOff = gzipSync(randomBytes(2e6).toString('hex')).subarray(0, 1e6);
    const brokenOnes: Record<string, string | Uint8Array>[] = [
      { 'a.html': '<html><body></body></html>' },
      { 'a.txt.gz': cutOff },
    ];
    for (const broken of brokenOnes) {
      await writeFile(file, zip({ ...broken, 'b.txt': 'The text.' }));
      const { id, characters, problems } = await importDocument(library, file, signal);
      expect(characters).toBe(9);
      expect(problems).toHaveLength(1);
      expect((await readDocument(library, id)).text.slice(0, 9)).toBe('The text.');
    }
  });

  it('takes away what killed imports left long ago, and nothing younger', async () => {
    const library = path.join(folder, 'leftovers');
    const shelf = path.join(library, 'documents');
    const [old, young] = ['.0123456789abcdef.0123456789ab.tmp', '.0123456789abcdef.ba9876543210.tmp'];
    for (const name of [old, young]) await mkdir(path.join(shelf, name), { recursive: true });
    await utimes(path.join(shelf, old), 1, 1);
    const file = path.join(folder, 'any.txt');
    await writeFile(file, 'Any text.');
    const { id } = await importDocument(library, file, signal);
    expect((await readdir(shelf)).sort()).toEqual([young, id].sort());
  });
});
