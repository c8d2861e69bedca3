import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoppedText } from '../../../../worker/generation/text-stream.ts';

describe('text with stop texts', () => {
  it('is told without them, however it comes in pieces', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 }),
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 }), { maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30 }),
        (text, stops, sizes) => {
          const stream = new StoppedText(stops);
          let messages = '';
          let rest = text;
          for (const size of [...sizes, text.length]) {
            if (rest === '' || stream.stopped) break;
            messages += stream.push(rest.slice(0, size));
            rest = rest.slice(size);
          }
          messages += stream.end();
          // Pieces end at the first moment a stop text is whole; the whole text is cut at its first stop text then.
          const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
          expect(stream.stopped).toBe(ends.length > 0);
          expect(messages).toBe(stream.text);
          for (const stop of stops) expect(messages).not.toContain(stop);
          if (ends.length === 0) expect(messages).toBe(text);
          else expect(text.startsWith(messages)).toBe(true);
        },
      ),
      { seed: 1 },
    );
  });

  it('is told at once where nothing begins a stop text', () => {
    const stream = new StoppedText(['END']);
    expect(stream.push('abc')).toBe('abc');
    expect(stream.push('dE')).toBe('d');
    expect(stream.push('N')).toBe('');
    expect(stream.push('x')).toBe('ENx');
    expect(stream.push('y END z')).toBe('y ');
    expect(stream.stopped).toBe(true);
    expect(stream.push('more')).toBe('');
    expect(stream.end()).toBe('');
    expect(stream.text).toBe('abcdENxy ');
  });

  it('ends with what was held back', () => {
    const stream = new StoppedText(['END']);
    expect(stream.push('aEN')).toBe('a');
    expect(stream.end()).toBe('EN');
  });
});
