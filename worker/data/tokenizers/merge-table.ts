/** The merges of a byte pair encoding: which two ids become which, and how early. Lower ranks merge first. */
export class MergeTable {
  private readonly mask: number;
  /** Left id, right id, rank, merged id; a left id of −1 is a free slot. */
  private readonly slots: Int32Array;

  constructor(merges: readonly (readonly [left: number, right: number, merged: number])[]) {
    const capacity = 2 ** Math.ceil(Math.log2(2 * merges.length + 2));
    this.mask = capacity - 1;
    this.slots = new Int32Array(4 * capacity).fill(-1);
    merges.forEach(([left, right, merged], rank) => {
      let slot = this.slotOf(left, right);
      while (this.slots[slot] !== -1) slot = (slot + 4) & (4 * this.mask + 3);
      this.slots.set([left, right, rank, merged], slot);
    });
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
