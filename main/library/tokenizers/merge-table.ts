/** The merges of a byte pair encoding: which two ids become which, and how early. Lower ranks merge first. */
export class MergeTable {
  private readonly mask: number;
  /** Left id, right id, rank, merged id; a left id of −1 is a free slot. */
  private readonly slots: Int32Array;

  /** `merges`: left id, right id, merged id of each, by rank. Of two for the same pair the first counts. */
  constructor(merges: Int32Array) {
    const count = merges.length / 3;
    const capacity = 2 ** Math.ceil(Math.log2(2 * count + 2));
    this.mask = capacity - 1;
    this.slots = new Int32Array(4 * capacity).fill(-1);
    const { slots } = this;
    for (let rank = 0; rank < count; rank++) {
      const [left, right] = [merges[3 * rank], merges[3 * rank + 1]];
      if (this.find(left, right) >= 0) continue;
      let slot = this.slotOf(left, right);
      while (slots[slot] !== -1) slot = (slot + 4) & (4 * this.mask + 3);
      slots[slot] = left;
      slots[slot + 1] = right;
      slots[slot + 2] = rank;
      slots[slot + 3] = merges[3 * rank + 2];
    }
  }

  /** A place to read `rank` and `merged` at, or −1 where the two ids never merge. */
  find(left: number, right: number): number {
    const { slots } = this;
    for (let slot = this.slotOf(left, right); slots[slot] !== -1; slot = (slot + 4) & (4 * this.mask + 3))
      if (slots[slot] === left && slots[slot + 1] === right) return slot;
    return -1;
  }

  rank(place: number): number {
    return this.slots[place + 2];
  }

  merged(place: number): number {
    return this.slots[place + 3];
  }

  private slotOf(left: number, right: number): number {
    const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    return 4 * ((hash ^ (hash >>> 15)) & this.mask);
  }
}
