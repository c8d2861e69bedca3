import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentPlace } from '../../../../main/contract/documents.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import { fittingParts } from '../../../../worker/documents/written-parts.ts';

const heading = (label: string, offset: number): DocumentPlace => ({ kind: 'heading', label, level: 1, offset });
const paragraph = (word: string, sentences: number) =>
  Array.from({ length: sentences }, (_, index) => `Here the ${word} is seen for the ${index}th time.`).join(' ');
/** Sections of 250, 250 and 700 letters or so. */
const sections = [paragraph('heron', 7), paragraph('otter', 7), paragraph('stork', 19)];
const text = sections.join('\n\n');
const places = sections.map((section, index) => heading(`S${index}`, text.indexOf(section)));
const parts = (room: number, by: 'whole' | 'section' = 'whole') =>
  fittingParts(text, places, bytesTokenizer, room, { by }).map((part) => ({
    ...part,
    text: text.slice(part.start, part.end),
  }));

describe('the parts that a model reads at once', () => {
  it('are the whole where it fits', () => {
    expect(parts(text.length)).toEqual([{ start: 0, end: text.length, section: null, tokens: text.length, text }]);
  });

  it('are sections, neighbours together while they fit, and long ones cut between sentences', () => {
    const found = parts(600);
    expect(found.map(({ section }) => section)).toEqual(['S0', 'S2', 'S2']);
    expect(found[0].text.trim()).toBe(`${sections[0]}\n\n${sections[1]}`);
    expect(found.slice(1).every((part) => /\.$/.test(part.text))).toBe(true);
    expect(found[1].end).toBeGreaterThan(found[1].start + 300);
    expect(parts(2000, 'section').map((part) => part.text.trim())).toEqual(sections);
  });

  it('fit, keep the order, leave out no word and tear no character apart, whatever the text', () => {
    const words = fc.array(fc.constantFrom('a', 'word', 'wort.', 'Satz!', '船は', '🐳', '\n\n', ' '), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 90 }), (pieces, room) => {
        const whole = pieces.join(' ');
        const found = fittingParts(whole, [], bytesTokenizer, room);
        let at = 0;
        for (const { start, end, tokens } of found) {
          expect(whole.slice(at, start).trim()).toBe('');
          expect(Buffer.byteLength(whole.slice(start, end))).toBeLessThanOrEqual(room);
          expect(tokens).toBeLessThanOrEqual(room);
          expect(whole.slice(start, end)).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
          at = end;
        }
        expect(whole.slice(at).trim()).toBe('');
      }),
    );
  });
});
