import { Decompress } from 'fzstd';
import xxhash from 'xxhash-wasm';

/** Bytes that back references may reach, at most: what `zstd` itself unpacks unasked. */
const LARGEST_WINDOW = 1 << 27;
const LARGEST_BLOCK = 1 << 17;

const FRAME = 0xfd2fb528;
/** The first of sixteen marks of frames whose content is to be passed over. */
const SKIPPABLE = 0x184d2a50;

/**
 * Zstandard (RFC 8878); frames that were joined follow one another. Where a frame has a checksum, its content is compared
 * with it, which the library does not.
 *
 * @throws Error of data that end early, are damaged, or need more than 128 MiB to unpack
 */
export async function* unpackZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hashes = await xxhash();
  const bytes = new Bytes(source);
  try {
    for (let mark = await bytes.mark(); mark; mark = await bytes.mark()) {
      const magic = mark.readUInt32LE(0);
      if ((magic & ~0xf) >>> 0 === SKIPPABLE) {
        await bytes.skip((await bytes.take(4)).readUInt32LE(0));
        continue;
      }
      if (magic !== FRAME) throw new Error('Zstandard: this is not the start of a frame');
      const hash = hashes.create64();
      let out: Uint8Array[] = [];
      const unpacking = new Decompress((piece) => void out.push(Uint8Array.from(piece)));
      const pushed = (packed: Uint8Array): Uint8Array[] => {
        unpacking.push(packed);
        const pieces = out;
        out = [];
        for (const piece of pieces) hash.update(piece);
        return pieces;
      };
      const header = await frameHeader(bytes);
      yield* pushed(Buffer.concat([mark, header.bytes]));
      for (let last = false; !last;) {
        const block = await bytes.take(3);
        const [kind, size] = [(block[0] >> 1) & 3, block.readUIntLE(0, 3) >> 3];
        last = (block[0] & 1) === 1;
        if (kind === 3 || size > LARGEST_BLOCK) throw new Error('Zstandard: no such block');
        // A block of one repeated byte states how often.
        yield* pushed(Buffer.concat([block, await bytes.take(kind === 1 ? 1 : size)]));
      }
      const sum = header.hasChecksum ? await bytes.take(4) : Buffer.alloc(0);
      unpacking.push(sum, true);
      for (const piece of out) hash.update(piece);
      yield* out;
      if (header.hasChecksum && sum.readUInt32LE(0) !== Number(hash.digest() & 0xffffffffn))
        throw new Error('Zstandard: checksum mismatch');
    }
  } finally {
    await bytes.close();
  }
}

/** The header of a frame, after its mark. */
async function frameHeader(bytes: Bytes): Promise<{ bytes: Buffer; hasChecksum: boolean }> {
  const [flags] = await bytes.take(1);
  const isSingle = (flags & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][flags & 3];
  const content = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6];
  const rest = await bytes.take((isSingle ? 0 : 1) + dictionary + content);
  const base = isSingle ? 0 : 2 ** (10 + (rest[0] >> 3));
  const window = isSingle ? contentSize(rest.subarray(dictionary)) : base + (base / 8) * (rest[0] & 7);
  if (
    rest
      .subarray(isSingle ? 0 : 1)
      .subarray(0, dictionary)
      .some((byte) => byte !== 0)
  )
    throw new Error('Zstandard: packed with a dictionary, which is not in the file');
  if (window > LARGEST_WINDOW) throw new Error('Zstandard: a window above 128 MiB');
  return { bytes: Buffer.concat([Buffer.from([flags]), rest]), hasChecksum: (flags & 4) !== 0 };
}

function contentSize(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE(0));
  return field.length === 2 ? field.readUInt16LE(0) + 256 : field.readUIntLE(0, field.length);
}

/** A stream of bytes, taken as many at a time as are asked for. */
class Bytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The four bytes of the next mark; null at the end. */
  async mark(): Promise<Buffer | null> {
    return (await this.#hold(1)) ? await this.take(4) : null;
  }

  async take(count: number): Promise<Buffer> {
    if (!(await this.#hold(count))) throw new Error('Zstandard: the data end early');
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.take(Math.min(left, LARGEST_BLOCK))).length;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** Whether as many bytes were there to be held. */
  async #hold(count: number): Promise<boolean> {
    while (this.#held.length < count) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      this.#held = Buffer.concat([this.#held, next.value]);
    }
    return true;
  }
}
