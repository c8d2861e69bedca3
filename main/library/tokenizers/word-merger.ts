import type { MergeTable } from './merge-table.ts';

const LONG_WORD = 128;
const NEVER = 0x7fffffff;

/**
 * Merges the ids of one word by rank, the leftmost of equals first (Sennrich, Haddow and Birch, arXiv 1508.07909).
 * `ids[0 … length)` is replaced by the result; returns its length. Short words are searched again after each merge; long
 * ones keep a heap, so that a megabyte without a space takes n log n.
 */
export function mergeWord(ids: Int32Array, length: number, table: MergeTable): number {
  return length > LONG_WORD ? mergeLong(ids, length, table) : mergeShort(ids, length, table);
}

const ranks = new Int32Array(LONG_WORD);
const merged = new Int32Array(LONG_WORD);

function mergeShort(ids: Int32Array, count: number, table: MergeTable): number {
  const look = (index: number) => {
    const place = table.find(ids[index], ids[index + 1]);
    ranks[index] = place < 0 ? NEVER : table.rank(place);
    if (place >= 0) merged[index] = table.merged(place);
  };
  for (let index = 0; index + 1 < count; index++) look(index);
  for (;;) {
    let best = NEVER;
    let at = 0;
    for (let index = 0; index + 1 < count; index++) {
      if (ranks[index] < best) {
        best = ranks[index];
        at = index;
      }
    }
    if (best === NEVER) return count;
    ids[at] = merged[at];
    count--;
    ids.copyWithin(at + 1, at + 2, count + 1);
    ranks.copyWithin(at + 1, at + 2, count);
    merged.copyWithin(at + 1, at + 2, count);
    if (at > 0) look(at - 1);
    if (at + 1 < count) look(at);
  }
}

function mergeLong(ids: Int32Array, length: number, table: MergeTable): number {
  const next = Int32Array.from({ length }, (_, index) => index + 1);
  const previous = Int32Array.from({ length }, (_, index) => index - 1);
  const alive = new Uint8Array(length).fill(1);
  const queue = new CandidateHeap(length);
  const offer = (left: number) => {
    const right = next[left];
    if (left < 0 || right >= length) return;
    const place = table.find(ids[left], ids[right]);
    if (place >= 0) queue.push(table.rank(place), left, ids[left], ids[right]);
  };
  for (let index = 0; index + 1 < length; index++) offer(index);
  while (queue.pop()) {
    const { position: left } = queue;
    const right = next[left];
    // What changed since it was offered has been offered again.
    if (!alive[left] || right >= length || ids[left] !== queue.left || ids[right] !== queue.right) continue;
    ids[left] = table.merged(table.find(ids[left], ids[right]));
    alive[right] = 0;
    next[left] = next[right];
    if (next[left] < length) previous[next[left]] = left;
    if (previous[left] >= 0) offer(previous[left]);
    offer(left);
  }
  let count = 0;
  for (let index = 0; index < length; index = next[index]) ids[count++] = ids[index];
  return count;
}

/** Candidates for merging, the lowest rank and then the leftmost first, in flat arrays. */
class CandidateHeap {
  position = 0;
  left = 0;
  right = 0;
  private size = 0;
  /** Rank, position, left id, right id. */
  private items: Int32Array;

  constructor(capacity: number) {
    this.items = new Int32Array(4 * (2 * capacity + 16));
  }

  push(rank: number, position: number, left: number, right: number): void {
    if (4 * this.size === this.items.length) {
      const larger = new Int32Array(2 * this.items.length);
      larger.set(this.items);
      this.items = larger;
    }
    const { items } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[4 * parent] < rank || (items[4 * parent] === rank && items[4 * parent + 1] <= position)) break;
      items.copyWithin(4 * at, 4 * parent, 4 * parent + 4);
      at = parent;
    }
    this.place(at, rank, position, left, right);
  }

  /** Takes the first into `position`, `left` and `right`; false if none is left. */
  pop(): boolean {
    if (this.size === 0) return false;
    const { items } = this;
    [this.position, this.left, this.right] = [items[1], items[2], items[3]];
    const last = 4 * --this.size;
    const [rank, position, left, right] = [items[last], items[last + 1], items[last + 2], items[last + 3]];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.isBefore(child + 1, child)) child++;
      const childRank = items[4 * child];
      if (rank < childRank || (rank === childRank && position <= items[4 * child + 1])) break;
      items.copyWithin(4 * at, 4 * child, 4 * child + 4);
      at = child;
    }
    this.place(at, rank, position, left, right);
    return true;
  }

  private isBefore(a: number, b: number): boolean {
    const { items } = this;
    return items[4 * a] < items[4 * b] || (items[4 * a] === items[4 * b] && items[4 * a + 1] < items[4 * b + 1]);
  }

  private place(at: number, rank: number, position: number, left: number, right: number): void {
    const { items } = this;
    items[4 * at] = rank;
    items[4 * at + 1] = position;
    items[4 * at + 2] = left;
    items[4 * at + 3] = right;
  }
}
