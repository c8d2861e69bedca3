import { expect, it } from 'vitest';
import { reverseComplement } from '../../../../../main/contract/logic/nucleotides.ts';

it.each([
  ['ACGTN', 'NACGT'],
  ['acGT', 'ACgt'],
  ['AACGU', 'ACGUU'],
  ['RYKMBDHVSW', 'WSBDHVKMRY'],
  ['', ''],
])('%s is read as %s on the other strand', (one, other) => {
  expect(reverseComplement(one)).toBe(other);
});

it('gives the sequence back', () => {
  const sequence = 'GATTACARYKMBVDHSWN';
  expect(reverseComplement(reverseComplement(sequence))).toBe(sequence);
});
