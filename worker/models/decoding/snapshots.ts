import { snapshotInterval } from './prefix-cache.ts';

/** Snapshots of each interval that are kept, the last ones. */
const keptOfInterval = 8;

/**
 * Where a text of `length` positions can be cut whose mixers keep a state instead of their inputs: ascending, at most
 * `length`. The last multiples of `snapshotInterval`, of twice that, of four times …: near the end every multiple, and
 * so few in all that they take no memory in the length. What remains as a text grows is a subset of what there was.
 */
export function snapshotPlaces(length: number): number[] {
  const places = new Set<number>();
  for (let interval = snapshotInterval; interval <= length; interval *= 2) {
    const last = Math.floor(length / interval);
    for (let index = Math.max(1, last - keptOfInterval + 1); index <= last; index++) places.add(index * interval);
  }
  return [...places].sort((a, b) => a - b);
}
