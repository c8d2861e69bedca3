import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenPieces } from '../../../../../renderer/pages/chat/answer-tokens.ts';
import {
  continuationOf,
  editText,
  mergeParts,
  wholeText,
  type AuthoredText,
} from '../../../../../renderer/pages/chat/completion-text.ts';

const partsArbitrary = fc
  .array(fc.record({ by: fc.constantFrom('person', 'model'), text: fc.string({ unit: 'binary', maxLength: 8 }) }))
  .map((parts) => mergeParts(parts as AuthoredText[]));

describe('a text of two authors', () => {
  it('is what a person has made of it, whatever is changed', () => {
    fc.assert(
      fc.property(partsArbitrary, fc.string({ unit: 'binary', maxLength: 30 }), (parts, next) => {
        expect(wholeText(editText(parts, next))).toBe(next);
      }),
    );
  });

  it("leaves the model's words to the model, before and behind what a person has changed", () => {
    fc.assert(
      fc.property(partsArbitrary, fc.nat(40), fc.string({ maxLength: 6 }), (parts, at, inserted) => {
        const before = wholeText(parts);
        const place = Math.min(at, before.length);
        const edited = editText(parts, before.slice(0, place) + inserted + before.slice(place));
        const byModel = (some: readonly AuthoredText[]) =>
          some.filter(({ by }) => by === 'model').reduce((sum, { text }) => sum + text.length, 0);
        expect(byModel(edited)).toBe(byModel(parts));
      }),
    );
  });
});

describe('how a text is continued in a chat', () => {
  const message = (id: string, role: 'user' | 'assistant', text: string, parent: string | null) => ({
    ...{ id, role, text, parent },
  });
  const branch = [message('a', 'user', 'The sea', null), message('b', 'assistant', ' was calm.', 'a')];

  it('is after the messages that it begins with', () => {
    expect(continuationOf([], '')).toBeNull();
    expect(continuationOf([], 'The sea')).toEqual({ do: 'say', text: 'The sea', parent: null });
    expect(continuationOf(branch, 'The sea')).toEqual({ do: 'answer', to: 'a' });
    expect(continuationOf(branch, 'The sea was calm.')).toEqual({ do: 'answer', to: 'b' });
    expect(continuationOf(branch, 'The sea was calm. Then')).toEqual({ do: 'say', text: ' Then', parent: 'b' });
  });

  it('is as a whole where a message of its own would begin a paragraph, or the beginning is another', () => {
    for (const text of ['The sea was calm.er', 'The sea was', 'A sea was calm.'])
      expect(continuationOf(branch, text)).toEqual({ do: 'say', text, parent: null });
  });

  it('always gives the model the whole text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (a, b, c) => {
          const turns = [message('a', 'user', a, null), message('b', 'assistant', b, 'a')];
          const next = continuationOf(turns, a + b + c);
          if (next === null) return;
          const to = next.do === 'say' ? next.parent : next.to;
          const known = turns.slice(0, turns.findIndex(({ id }) => id === to) + 1).map(({ text }) => text);
          expect(known.join('') + (next.do === 'say' ? next.text : '')).toBe(a + b + c);
        },
      ),
    );
  });
});

describe('an answer by its tokens', () => {
  it('has whole characters, and all of its text', () => {
    const token = (width: number, probability: number) => ({ width, probability, others: [] });
    expect(
      tokenPieces('aé🐋 end', [token(1, 0.9), token(0, 0.5), token(1, 0.5), token(1, 0.01), token(2, 1)]).map(
        ({ text, probability, level }) => [text, probability, level],
      ),
    ).toEqual([
      ['a', 0.9, 0],
      ['é', 0.25, 2],
      ['🐋', 0.01, 4],
      [' e', 1, 0],
      ['nd', 1, 0],
    ]);
  });
});
