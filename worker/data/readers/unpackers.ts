import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

/** Unpacks bytes as they come. Throws an error of its own for data that are damaged. */
export type Unpacker = (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** gzip; members that were joined follow one another. */
export async function* unpackGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(source);
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

/** What is handed to the library at once: what comes of it is held in memory. */
const ZSTD_PIECE = 1 << 14;
/** Bytes that back references may reach, at most: what `zstd` itself unpacks unasked. */
const LARGEST_WINDOW = 1 << 27;

/** Zstandard (RFC 8878); frames that were joined follow one another. */
export async function* unpackZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  const unpacking = new Decompress((piece) => void out.push(Uint8Array.from(piece)));
  let start: Uint8Array | null = new Uint8Array(0);
  for await (const piece of source) {
    if (start) {
      start = Buffer.concat([start, piece.subarray(0, 16)]);
      if (windowOf(start) > LARGEST_WINDOW) throw new Error('Zstandard: a window above 128 MiB');
      if (start.length >= 16) start = null;
    }
    for (let at = 0; at < piece.length; at += ZSTD_PIECE) {
      unpacking.push(piece.subarray(at, at + ZSTD_PIECE));
      yield* out;
      out = [];
    }
  }
  unpacking.push(new Uint8Array(0), true);
  yield* out;
}

/** The window that the header of a frame states; 0 where it is not a frame, or not all there. */
function windowOf(head: Uint8Array): number {
  const view = Buffer.from(head.buffer, head.byteOffset, head.length);
  if (view.length < 14 || view.readUInt32LE(0) !== 0xfd2fb528) return 0;
  const flags = view[4];
  const isSingle = (flags & 0x20) !== 0;
  if (!isSingle) {
    const base = 2 ** (10 + (view[5] >> 3));
    return base + (base / 8) * (view[5] & 7);
  }
  const at = 5 + [0, 1, 2, 4][flags & 3];
  return flags >> 6 === 3
    ? Number(view.readBigUInt64LE(Math.min(at, 6)))
    : flags >> 6 === 2
      ? view.readUInt32LE(at)
      : 0;
}
