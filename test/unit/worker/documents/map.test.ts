import fc from 'fast-check';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { surpriseMapSchema, type SurpriseMap } from '../../../../main/contract/documents.ts';
import { listMaps, mapName, readWords, saveMap, WordLosses } from '../../../../main/library/documents/map-files.ts';
import { LossByPosition, Surprise } from '../../../../worker/documents/surprise.ts';
import { ScoringWindows } from '../../../../worker/documents/windows.ts';
import { temporaryFolder } from '../../temporary.ts';

describe('windows over a long text', () => {
  it('score every token but the first once, knowing enough of what goes before, however the text comes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
        (length, pieces) => {
          const known = Math.floor(length / 2);
          const windows = new ScoringWindows(length, known);
          const scored: number[] = [];
          const total = pieces.reduce((sum, size) => sum + size, 0);
          let next = 0;
          const take = () => {
            for (let window = windows.next(); window !== null; window = windows.next()) {
              expect(window.ids.length).toBeLessThanOrEqual(length);
              // Tokens are called by their number, so that a window's are seen to be the right ones.
              expect([...window.ids]).toEqual(Array.from(window.ids, (_, index) => window.start + index));
              expect([...window.targets]).toEqual(Array.from(window.ids, (_, index) => window.start + index + 1));
              for (let index = window.counted; index < window.targets.length; index++) {
                scored.push(window.targets[index]);
                expect(index + 1).toBeGreaterThanOrEqual(Math.min(known, window.targets[index]));
              }
            }
          };
          for (const size of pieces) {
            windows.push(Int32Array.from({ length: size }, () => next++));
            take();
          }
          windows.end();
          take();
          expect(scored).toEqual(Array.from({ length: Math.max(0, total - 1) }, (_, index) => index + 1));
        },
      ),
    );
  });
});

/** A map of a text by tokens of given lengths, each with a loss of its own. */
function mapped(text: string, sizes: readonly number[], loss: (index: number) => number, start = 0): Surprise {
  const surprise = new Surprise(text, start, text.length);
  let at = start;
  sizes.forEach((size, index) => {
    const to = Math.min(text.length, at + size);
    surprise.add(at, to, loss(index));
    at = to;
  });
  surprise.end();
  return surprise;
}

async function wordsOf(
  surprise: Surprise,
): Promise<{ start: number[]; end: number[]; loss: number[]; tokens: number[] }> {
  const { library, document, map } = await keep(surprise);
  return await readWords(library, document, map, 0, 1e9);
}

const document = '0123456789abcdef';
async function keep(surprise: Surprise, changes: Partial<SurpriseMap> = {}) {
  const library = await temporaryFolder();
  await mkdir(path.join(library, 'documents', document), { recursive: true });
  const map = surpriseMapSchema.parse({
    ...{
      format: 1,
      map: mapName('weights', 0, 10),
      document,
      run: 'whale',
      step: 3,
      identity: 'weights',
      device: 'native',
    },
    ...{ made: '2026-01-01T00:00:00.000Z', seconds: 1, start: 0, end: 10, complete: true, loss: surprise.loss },
    ...{ tokens: surprise.tokens, words: surprise.words.length, perplexity: 2, bitsPerByte: 1 },
    ...{ window: { length: 8, known: 4, seams: [] }, scale: surprise.scale(), strip: surprise.strip() },
    ...{ byPosition: [], peaks: [] },
    ...changes,
  });
  await saveMap(library, document, map, surprise.words);
  return { library, document, map: map.map, record: map };
}

describe('losses of words', () => {
  it('are those of their tokens, with the space before them', async () => {
    const text = 'One two,  three.';
    const surprise = mapped(text, [3, 1, 4, 2, 6], (index) => index + 1);
    expect(await wordsOf(surprise)).toEqual({
      start: [0, 4, 10],
      end: [3, 8, 16],
      loss: [1, 2 + 3, 4 + 5],
      tokens: [1, 2, 2],
    });
    expect(surprise.loss).toBe(3);
  });

  it('take characters of scripts without spaces as words, and characters of several tokens whole', async () => {
    const surprise = new Surprise('鯨だ x', 0, 4);
    for (const [from, to] of [
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ])
      surprise.add(from, to, 1);
    surprise.end();
    expect(await wordsOf(surprise)).toMatchObject({ start: [0, 1, 3], end: [1, 2, 4], loss: [3, 3, 2] });
  });

  it('lose no token whatever the text, but the first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 80 }),
        async (text, sizes) => {
          const surprise = mapped(text, sizes, (index) => (index === 0 ? NaN : 1));
          const { start, end, loss } = await wordsOf(surprise);
          const sum = loss.reduce((total, one) => total + one, 0);
          if (/\S/u.test(text)) expect(sum).toBe(Math.max(0, sizes.length - 1));
          expect(surprise.tokens).toBe(Math.max(0, sizes.length - 1));
          start.forEach((from, index) => {
            expect(from).toBeLessThan(end[index]);
            if (index > 0) expect(from).toBeGreaterThanOrEqual(end[index - 1]);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are divided where there is no end of a word, and do not take long where there are none', () => {
    const began = performance.now();
    const blank = ' '.repeat(300_000);
    expect(
      mapped(
        blank,
        Array.from({ length: 3000 }, () => 100),
        () => 1,
      ).words.length,
    ).toBe(0);
    const long = 'x'.repeat(300_000);
    expect(
      mapped(
        long,
        Array.from({ length: 3000 }, () => 100),
        () => 1,
      ).words.length,
    ).toBeGreaterThan(2000);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('tell where the text departs from what is usual: strip, scale and sentences', () => {
    const usual = 'The whale swam on and on through the quiet sea that day. ';
    const text = `${usual.repeat(40)}Quantum flux capacitors regret the turnip ordinance of March. ${usual.repeat(40)}`;
    const odd = text.indexOf('Quantum');
    const sizes = Array.from({ length: text.length }, () => 1);
    const surprise = mapped(text, sizes, (index) => (index >= odd && index < odd + 61 ? 5 : 0.5));
    const highest = surprise.strip().reduce((a, b) => (a.loss > b.loss ? a : b));
    expect(highest.start).toBeGreaterThanOrEqual(odd - 20);
    expect(highest.end).toBeLessThanOrEqual(odd + 80);
    const best = surprise.peaks().reduce((a, b) => (a.loss > b.loss ? a : b));
    expect(text.slice(best.start, best.end)).toContain('turnip');
    expect(surprise.scale()).toEqual([...surprise.scale()].sort((a, b) => a - b));
  });
});

describe('loss by position', () => {
  it('averages over windows, in stretches that leave none out', () => {
    const byPosition = new LossByPosition(40);
    byPosition.add(Float32Array.from({ length: 40 }, (_, index) => index + 1));
    byPosition.add(Float32Array.from({ length: 40 }, (_, index) => index + 3));
    byPosition.add(Float32Array.of(2));
    const stretches = byPosition.stretches();
    expect(stretches[0]).toMatchObject({ from: 1, to: 2, loss: 2, tokens: 3 });
    expect(stretches.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(81);
    stretches.slice(1).forEach(({ from }, index) => expect(from).toBe(stretches[index].to));
    const last = stretches.at(-1)!;
    expect(last.to).toBe(41);
    expect(last.loss).toBeCloseTo((last.from + 40) / 2 + 1, 6);
    expect(last.perplexity).toBeCloseTo(Math.exp(last.loss), 3);
  });
});

describe('a map that is kept', () => {
  it('is listed, and gives the words of any stretch', async () => {
    const text = Array.from({ length: 9000 }, (_, index) => `w${index}`).join(' ');
    const sizes = text.split(' ').map((word, index) => word.length + (index > 0 ? 1 : 0));
    const { library, record, map } = await keep(mapped(text, sizes, (index) => index));
    expect(await listMaps(library, document)).toEqual([record]);
    const at = text.indexOf(' w5000 ') + 1;
    const some = await readWords(library, document, map, at, at + 12);
    expect(some.loss).toEqual([5000, 5001]);
    expect(some.start.map((start, index) => text.slice(start, some.end[index]))).toEqual(['w5000', 'w5001']);
    expect((await readWords(library, document, map, 0, text.length)).start).toHaveLength(9000);
    expect((await readWords(library, document, map, text.length, text.length + 9)).start).toEqual([]);
    await expect(readWords(library, document, '0000000000000000', 0, 1)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is nothing where the document has gone', async () => {
    const table = new WordLosses();
    table.add(0, 1, 1, 1);
    const { record } = await keep(mapped('a b', [1, 2], () => 1));
    const elsewhere = await temporaryFolder();
    await expect(saveMap(elsewhere, document, record, table)).rejects.toMatchObject({ code: 'not-found' });
  });
});
