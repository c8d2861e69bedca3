import fc from 'fast-check';
import { expect, it } from 'vitest';
import { difference, expectClose } from './compare.ts';

const vector = (data: number[]) => ({ shape: [data.length], data });
const someNumbers = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  .filter((data) => data.some((value) => Math.abs(value) > 1e-6));

it('accepts what is equal', () => {
  fc.assert(fc.property(someNumbers, (data) => difference(vector(data), vector(data), 1e-6) === null));
});

it('rejects not-a-number and infinity anywhere', () => {
  fc.assert(
    fc.property(someNumbers, fc.nat(), fc.constantFrom(NaN, Infinity), (data, place, bad) => {
      const broken = data.with(place % data.length, bad);
      expect(difference(vector(broken), vector(data), 1e-2)).not.toBeNull();
      expect(difference(vector(data), vector(broken), 1e-2)).not.toBeNull();
    }),
  );
});

it('rejects all zeros and a result scaled by 1.01', () => {
  fc.assert(
    fc.property(someNumbers, (data) => {
      expect(difference(vector(data.map(() => 0)), vector(data), 1e-3)).not.toBeNull();
      expect(difference(vector(data.map((value) => value * 1.01)), vector(data), 1e-3)).not.toBeNull();
      expect(difference(vector(data.map((value) => value * 0.99)), vector(data), 1e-3)).not.toBeNull();
    }),
  );
});

it('rejects another shape of the same values', () => {
  const data = [1, 2, 3, 4];
  expect(difference({ shape: [2, 2], data }, { shape: [4], data }, 1)).toContain('[2, 2]');
  expect(difference({ shape: [4], data: [1, 2] }, { shape: [4], data }, 1)).toContain('2 values');
});

it('takes errors relative to the scale, not to each value', () => {
  expect(difference(vector([100, 0.001]), vector([100, 0]), 1e-4)).toBeNull();
  expect(difference(vector([100, 0.1]), vector([100, 0]), 1e-4)).not.toBeNull();
});

it('says where the largest error is and how large', () => {
  const expected = { shape: [2, 3], data: [1, 2, 3, 4, 5, 10] };
  const actual = { shape: [2, 3], data: [1, 2.5, 3, 4, 7, 10] };
  expect(() => expectClose('logits', actual, expected, 1e-5)).toThrow(/logits: .*2\.00e-1 .*\[1, 1\]: 7 instead of 5/);
});
