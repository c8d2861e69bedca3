/** Words as bytes, each with a number: an open-addressed table over typed arrays, with no string made on the way. */
export class WordHashTable {
  size = 0;
  private slots = new Int32Array(1 << 12).fill(-1);
  private hashes = new Int32Array(1 << 11);
  private ends = new Uint32Array(1 << 11);
  private bytes = new Uint8Array(1 << 16);
  private used = 0;

  /** The number of a word, added where it is new. Numbers count up from 0. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (; this.slots[slot] >= 0; slot = (slot + 1) & mask) {
      const word = this.slots[slot];
      if (this.hashes[word] === hash && this.equals(word, bytes, start, end)) return word;
    }
    this.slots[slot] = this.size;
    return this.append(hash, bytes, start, end);
  }

  /** Where a word's bytes lie in `storage`. */
  start(word: number): number {
    return word === 0 ? 0 : this.ends[word - 1];
  }

  end(word: number): number {
    return this.ends[word];
  }

  get storage(): Uint8Array {
    return this.bytes;
  }

  /** Bytes of all words. */
  get byteLength(): number {
    return this.used;
  }

  clear(): void {
    this.size = 0;
    this.used = 0;
    this.slots.fill(-1);
  }

  private equals(word: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.start(word);
    if (this.ends[word] - from !== end - start) return false;
    for (let index = 0; index < end - start; index++)
      if (this.bytes[from + index] !== bytes[start + index]) return false;
    return true;
  }

  private append(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const word = this.size++;
    if (word === this.hashes.length) {
      this.hashes = grown(this.hashes, new Int32Array(2 * word));
      this.ends = grown(this.ends, new Uint32Array(2 * word));
    }
    const length = end - start;
    if (this.used + length > this.bytes.length)
      this.bytes = grown(this.bytes, new Uint8Array(2 * (this.bytes.length + length)));
    for (let index = 0; index < length; index++) this.bytes[this.used + index] = bytes[start + index];
    this.used += length;
    this.hashes[word] = hash;
    this.ends[word] = this.used;
    if (2 * this.size > this.slots.length) this.rehash();
    return word;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = this.slots.length - 1;
    for (let word = 0; word < this.size; word++) {
      let slot = this.hashes[word] & mask;
      while (this.slots[slot] >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = word;
    }
  }
}

function grown<T extends Int32Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** FNV-1a with a finalizer. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ bytes[index], 0x01000193);
  return hash ^ (hash >>> 15);
}
