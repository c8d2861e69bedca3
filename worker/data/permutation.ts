/**
 * A well-mixed 32-bit number from numbers up to 2^53: MurmurHash3's rounds and finalizer (Austin Appleby, public
 * domain) over both halves of each.
 */
export function mixBits(...values: number[]): number {
  let hash = 0x9747b28c;
  for (const value of values) {
    for (const half of [value % 2 ** 32, Math.floor(value / 2 ** 32)]) {
      let k = Math.imul(half, 0xcc9e2d51);
      k = (k << 15) | (k >>> 17);
      hash ^= Math.imul(k, 0x1b873593);
      hash = (hash << 13) | (hash >>> 19);
      hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
    }
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const ROUNDS = 6;

/**
 * A permutation of 0 … size − 1 that is chosen by a key and needs no memory: a Feistel network (Luby and Rackoff, 1988)
 * over the next even number of bits, walked on until it lands within the size.
 */
export class KeyedPermutation {
  private readonly size: number;
  private readonly key: number;
  private readonly half: number;

  constructor(size: number, key: number) {
    const bits = Math.max(2, Math.ceil(Math.log2(Math.max(2, size))));
    this.size = size;
    this.key = key;
    this.half = 2 ** Math.ceil(bits / 2);
  }

  /** Where the permutation takes an index. */
  at(index: number): number {
    let value = index;
    do value = this.round(value);
    while (value >= this.size);
    return value;
  }

  private round(value: number): number {
    let left = Math.floor(value / this.half);
    let right = value % this.half;
    for (let round = 0; round < ROUNDS; round++)
      [left, right] = [right, (left + mixBits(this.key, round, right)) % this.half];
    return left * this.half + right;
  }
}
