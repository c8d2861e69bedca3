import { describe, expect, it } from 'vitest';
import { chosenPart } from '../../../../../../renderer/pages/chat/document/chosen-part.ts';

const fit = { run: 'whale', limit: 100, trained: null, tokens: 1000, exact: true, characters: 300 };
const part = (edge: 'from' | 'to', offset: number) => ({ id: '0123456789abcdef', edge, offset });

describe('the part of a document that is read', () => {
  it('is as much as fits after a place, and no shorter at the end of the document', () => {
    expect(chosenPart(part('from', 0), fit, 1000)).toEqual({ start: 0, end: 300 });
    expect(chosenPart(part('from', 650), fit, 1000)).toEqual({ start: 650, end: 950 });
    expect(chosenPart(part('from', 990), fit, 1000)).toEqual({ start: 700, end: 1000 });
  });

  it('ends at a place where the text before it is read', () => {
    expect(chosenPart(part('to', 650), fit, 1000)).toEqual({ start: 350, end: 650 });
    expect(chosenPart(part('to', 120), fit, 1000)).toEqual({ start: 0, end: 120 });
  });

  it('is all of a document that fits, and of one that nobody has measured', () => {
    expect(chosenPart(part('from', 200), fit, 300)).toBeNull();
    expect(chosenPart(part('from', 200), null, 1000)).toBeNull();
  });
});
