import fc from 'fast-check';
import { expect, it } from 'vitest';
import { snapshotPlaces } from '../../../../worker/models/decoding/snapshots.ts';

it('places to cut at are all multiples near the end, and few in all', () => {
  expect(snapshotPlaces(255)).toEqual([]);
  expect(snapshotPlaces(256)).toEqual([256]);
  expect(snapshotPlaces(2048)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((index) => index * 256));
  expect(snapshotPlaces(2400)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((index) => index * 256));
  expect(snapshotPlaces(1 << 24).length).toBeLessThan(100);
});

it('a longer text can be cut where a shorter one could, or behind it', () =>
  fc.assert(
    fc.property(fc.nat(3_000_000), fc.nat(100_000), (length, more) => {
      const known = new Set(snapshotPlaces(length));
      for (const place of snapshotPlaces(length + more)) expect(place > length || known.has(place)).toBe(true);
    }),
  ));
