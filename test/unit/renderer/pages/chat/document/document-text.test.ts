import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentOutline, SurpriseWords } from '../../../../../../main/contract/documents.ts';
import { highlightMatches, partsAround } from '../../../../../../renderer/pages/chat/document/emphasis.ts';
import { Heights } from '../../../../../../renderer/pages/chat/document/heights.ts';
import { ReadingWindow } from '../../../../../../renderer/pages/chat/document/reading-window.svelte.ts';
import { levelOf, reflowed, spansOf } from '../../../../../../renderer/pages/chat/document/spans.ts';

describe('heights of blocks', () => {
  it('are what adding them up would say, whatever is measured', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 90 })), { maxLength: 20 }),
        fc.nat(2000),
        (guesses, changes, height) => {
          const heights = new Heights(guesses);
          const plain = [...guesses];
          for (const [index, value] of changes)
            if (index < plain.length) {
              expect(heights.set(index, value)).toBe(value - plain[index]);
              plain[index] = value;
            }
          const tops = plain.map((_, index) => plain.slice(0, index).reduce((sum, one) => sum + one, 0));
          expect(plain.map((_, index) => heights.top(index))).toEqual(tops);
          expect(heights.total).toBe(plain.reduce((sum, one) => sum + one, 0));
          expect(heights.at(height)).toBe(
            Math.max(
              0,
              tops.findLastIndex((top) => top <= height),
            ),
          );
        },
      ),
    );
  });
});

const outlineOf = (lines: number[]): DocumentOutline => ({
  record: {
    ...{ format: 1, id: '0123456789abcdef', title: 'x', source: 'x.txt', added: '2026-01-01T00:00:00.000Z', bytes: 1 },
    ...{ sha256: 'x', characters: lines.length * 100, words: 1, places: { pages: 0, chapters: 0, headings: 0 } },
    problems: [],
  },
  places: [],
  blocks: { starts: lines.map((_, index) => index * 100), lines },
  hardWrapped: false,
  bytes: 1,
});

describe('the window over a text', () => {
  it('draws what is seen and a little more, and keeps what is read where it is', () => {
    const view = new ReadingWindow(outlineOf(Array.from({ length: 1000 }, () => 10)), 20);
    expect(view.total).toBe(200_000);
    view.scrolled(100_000, 600);
    expect(view.blocks.from).toBeGreaterThan(495);
    expect(view.blocks.to).toBeLessThan(510);
    // What lies above turns out taller than was guessed.
    const top = view.measure(
      [
        { block: 498, height: 260 },
        { block: 499, height: 230 },
      ],
      100_000,
    );
    expect(top).toBe(100_000 + 60 + 30);
    expect(view.at(top)).toBe(500);
    expect(view.open(50_050)).toBe(500);
  });

  it('divides what is too tall for a page', () => {
    const view = new ReadingWindow(outlineOf(Array.from({ length: 3000 }, () => 300)), 20);
    expect(view.volumes.length).toBe(3);
    expect(view.total).toBeLessThanOrEqual(8_000_000);
    const block = view.open(250_000);
    expect(block).toBe(2500);
    expect(view.volume).toBe(1);
    expect(view.first).toBeLessThanOrEqual(block);
    expect(view.end).toBeGreaterThan(block);
    view.turnTo(2);
    expect(view.end).toBe(3000);
  });
});

describe('spans of a block', () => {
  const words: SurpriseWords = { start: [10, 14, 20], end: [13, 19, 24], loss: [1, 6, 2], tokens: [1, 2, 1] };
  it('hold the whole text, cut at words and marks, none empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 26 }), fc.nat(10), fc.boolean(), (start, length, known) => {
        const mark = { start, end: start + length };
        const spans = spansOf(8, 'x the whale swam', mark, known ? words : null, [1.5, 3, 4, 5, 7]);
        expect(spans.map(({ text }) => text).join('')).toBe('x the whale swam');
        expect(new Set(spans.map((span) => span.start)).size).toBe(spans.length);
        for (const span of spans) {
          expect(span.text).not.toBe('');
          expect(span.marked).toBe(span.start < mark.end && span.start + span.text.length > mark.start);
        }
      }),
    );
  });
  it('tell how surprising a word is', () => {
    const spans = spansOf(8, 'x the whale swam', null, words, [1.5, 3, 4, 5, 7]);
    expect(spans.map(({ text, level }) => [text, level])).toEqual([
      ['x ', null],
      ['the', 0],
      [' ', null],
      ['whale', 4],
      [' ', null],
      ['swam', 1],
    ]);
    expect(levelOf(8, [1.5, 3, 4, 5, 7])).toBe(5);
  });
});

describe('text that was set in lines', () => {
  it('becomes paragraphs, every letter in its place', () => {
    const text =
      'It was the best of times, it was the worst\nof times, it was the age of wisdom, it was\nthe end.\n\n' +
      '  Indented lines and\n* lists stay as they are, however long\n';
    const flowing = reflowed(text);
    expect(flowing.length).toBe(text.length);
    expect(flowing.split('\n')[0]).toBe(
      'It was the best of times, it was the worst of times, it was the age of wisdom, it was the end.',
    );
    expect(flowing).toContain('\n\n  Indented lines and\n* lists');
    expect(reflowed('It was the best of times, it was the worst\r\nof times')).toMatch(/worst  of/);
  });
});

describe('words of a question', () => {
  it('are shown where they are, and where they begin a word', () => {
    expect(highlightMatches('The Whales of the white sea', 'white whale of')).toEqual([
      { text: 'The ', hit: false },
      { text: 'Whales', hit: true },
      { text: ' of the ', hit: false },
      { text: 'white', hit: true },
      { text: ' sea', hit: false },
    ]);
    expect(highlightMatches('abc', '')).toEqual([{ text: 'abc', hit: false }]);
  });
  it('are around the sentence that answers', () => {
    expect(partsAround('One. Two. Three.', 'Two.')).toEqual([
      { text: 'One. ', within: false },
      { text: 'Two.', within: true },
      { text: ' Three.', within: false },
    ]);
    expect(partsAround('One.', 'One.')).toEqual([{ text: 'One.', within: false }]);
    expect(partsAround('One.', 'Two.')).toEqual([{ text: 'One.', within: false }]);
  });
});
