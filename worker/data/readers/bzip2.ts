import { PIECE_BYTES } from './input.ts';

const BLOCK = 0x314159265359;
const END = 0x177245385090;
const GROUP = 50;
const LONGEST_CODE = 20;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

const damaged = (what: string) => new Error(`bzip2: ${what}`);

/** Bits of pieces that come one after another, the highest first. */
class Bits {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Has so many bytes at hand, fewer at the end. */
  async fill(bytes: number): Promise<void> {
    const pieces = [this.#held.subarray(this.#at)];
    let length = pieces[0].length;
    while (length < bytes) {
      const next = await this.#source.next();
      if (next.done) break;
      pieces.push(next.value);
      length += next.value.length;
    }
    if (pieces.length > 1) [this.#held, this.#at] = [Buffer.concat(pieces, length), 0];
  }

  /** Up to 24 bits. @throws Error at the end of the bytes */
  take(bits: number): number {
    while (this.#count < bits) {
      if (this.#at >= this.#held.length) throw damaged('it ends early');
      this.#bits = ((this.#bits & 0xffffff) << 8) | this.#held[this.#at++];
      this.#count += 8;
    }
    this.#count -= bits;
    return (this.#bits >>> this.#count) & ((1 << bits) - 1);
  }

  /** 32 or 48 bits. */
  long(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0; left -= 16) value = value * 65536 + this.take(16);
    return value;
  }

  /** Moves to the next whole byte. */
  align(): void {
    this.#count -= this.#count % 8;
  }

  get isEmpty(): boolean {
    return this.#count < 8 && this.#at >= this.#held.length;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

interface Code {
  shortest: number;
  longest: number;
  /** Largest code of each length; -1 where there is none. */
  limit: Int32Array;
  base: Int32Array;
  symbols: Uint16Array;
}

/**
 * Unpacks bzip2, block by block (Seward, bzip2 1.0.8); streams that were joined follow one another.
 *
 * @throws Error for damaged data and wrong checksums
 */
export async function* unpackBzip2(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bits = new Bits(source);
  try {
    for (let streams = 0; ; streams++) {
      await bits.fill(4);
      if (streams > 0 && bits.isEmpty) return;
      const level = bits.take(24) === 0x425a68 ? bits.take(8) - 0x30 : 0;
      if (level < 1 || level > 9) throw damaged('no header');
      let checksum = 0;
      for (;;) {
        // A block never takes more than it unpacks to by much.
        await bits.fill(150_000 * level + 65_536);
        const magic = bits.long(48);
        if (magic === END) break;
        if (magic !== BLOCK) throw damaged('no block');
        const expected = bits.long(32);
        let found = 0xffffffff;
        for (const piece of unpackBlock(bits, 100_000 * level)) {
          found = checksumOf(piece, found);
          yield piece;
        }
        found = ~found >>> 0;
        if (found !== expected) throw damaged('checksum mismatch');
        checksum = (((checksum << 1) | (checksum >>> 31)) ^ found) >>> 0;
      }
      if (bits.long(32) !== checksum) throw damaged('checksum mismatch');
      bits.align();
    }
  } finally {
    await bits.close();
  }
}

function checksumOf(bytes: Uint8Array, before: number): number {
  let checksum = before;
  for (const byte of bytes) checksum = (checksum << 8) ^ table[(checksum >>> 24) ^ byte];
  return checksum;
}

function unpackBlock(bits: Bits, capacity: number): Iterable<Uint8Array> {
  if (bits.take(1) === 1) throw damaged('a randomized block');
  const origin = bits.take(24);
  const used = bits.take(16);
  const values: number[] = [];
  for (let high = 0; high < 16; high++) {
    if (!(used & (0x8000 >> high))) continue;
    const row = bits.take(16);
    for (let low = 0; low < 16; low++) if (row & (0x8000 >> low)) values.push(16 * high + low);
  }
  if (values.length === 0) throw damaged('no symbols');
  const groups = bits.take(3);
  const selections = bits.take(15);
  if (groups < 2 || groups > 6 || selections === 0) throw damaged('no codes');
  const order = Array.from({ length: groups }, (_, index) => index);
  const selectors = Uint8Array.from({ length: selections }, () => {
    let index = 0;
    while (bits.take(1) === 1) if (++index >= groups) throw damaged('an unknown code');
    order.unshift(...order.splice(index, 1));
    return order[0];
  });
  const codes = Array.from({ length: groups }, () => readCode(bits, values.length + 2));
  const { data, counts } = readSymbols(bits, { values, selectors, codes, capacity });
  if (origin >= data.length) throw damaged('no origin');
  return expandRuns(sorted(data, counts), origin);
}

/** A Huffman code by the lengths of its symbols. */
function readCode(bits: Bits, symbols: number): Code {
  let length = bits.take(5);
  const lengths = Array.from({ length: symbols }, () => {
    for (;;) {
      if (length < 1 || length > LONGEST_CODE) throw damaged('a code too long');
      if (bits.take(1) === 0) return length;
      length += bits.take(1) === 0 ? 1 : -1;
    }
  });
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const limit = new Int32Array(LONGEST_CODE + 1).fill(-1);
  const base = new Int32Array(LONGEST_CODE + 1);
  const sortedSymbols: number[] = [];
  let code = 0;
  for (let size = shortest; size <= longest; size++) {
    base[size] = sortedSymbols.length - code;
    lengths.forEach((own, symbol) => own === size && sortedSymbols.push(symbol));
    code = sortedSymbols.length - base[size];
    limit[size] = code - 1;
    code *= 2;
  }
  return { shortest, longest, limit, base, symbols: Uint16Array.from(sortedSymbols) };
}

interface Coded {
  values: readonly number[];
  selectors: Uint8Array;
  codes: readonly Code[];
  capacity: number;
}

/** The last column of the Burrows-Wheeler transform, and how often each byte comes. */
function readSymbols(bits: Bits, { values, selectors, codes, capacity }: Coded) {
  const front = Uint8Array.from(values);
  const data = new Uint32Array(capacity);
  const counts = new Uint32Array(256);
  const last = values.length + 1;
  let [length, run, weight, left, selection] = [0, 0, 1, 0, 0];
  let code = codes[0];
  for (;;) {
    if (left === 0) {
      if (selection >= selectors.length) throw damaged('it ends early');
      code = codes[selectors[selection++]];
      left = GROUP;
    }
    left--;
    let size = code.shortest;
    let read = bits.take(size);
    while (read > code.limit[size]) {
      if (++size > code.longest) throw damaged('an unknown code');
      read = (read << 1) | bits.take(1);
    }
    const symbol = code.symbols[read + code.base[size]];
    if (symbol <= 1) {
      run += weight << symbol;
      weight <<= 1;
      if (run > capacity) throw damaged('a run too long');
      continue;
    }
    if (run > 0) {
      if (length + run > capacity) throw damaged('a block too long');
      data.fill(front[0], length, length + run);
      counts[front[0]] += run;
      length += run;
      [run, weight] = [0, 1];
    }
    if (symbol === last) return { data: data.subarray(0, length), counts };
    if (length >= capacity) throw damaged('a block too long');
    const value = front[symbol - 1];
    front.copyWithin(1, 0, symbol - 1);
    front[0] = value;
    counts[value]++;
    data[length++] = value;
  }
}

/** Each byte with the place of its successor in the bits above it: the transform undone, but for the walk. */
function sorted(data: Uint32Array, counts: Uint32Array): Uint32Array {
  let sum = 0;
  const starts = counts.map((count) => {
    sum += count;
    return sum - count;
  });
  for (let index = 0; index < data.length; index++) data[starts[data[index] & 0xff]++] |= index << 8;
  return data;
}

/** Walks through the bytes; after four alike comes how often they repeat. */
function* expandRuns(data: Uint32Array, origin: number): Generator<Uint8Array> {
  let out = Buffer.allocUnsafe(PIECE_BYTES);
  let [length, alike, previous] = [0, 0, -1];
  let at = data[origin] >>> 8;
  for (let index = 0; index < data.length; index++) {
    const byte = data[at] & 0xff;
    at = data[at] >>> 8;
    // Room for the longest run.
    if (length + 255 > out.length) {
      yield out.subarray(0, length);
      [out, length] = [Buffer.allocUnsafe(PIECE_BYTES), 0];
    }
    if (alike === 4) {
      out.fill(previous, length, length + byte);
      length += byte;
      [alike, previous] = [0, -1];
    } else {
      out[length++] = byte;
      alike = byte === previous ? alike + 1 : 1;
      previous = byte;
    }
  }
  yield out.subarray(0, length);
}
