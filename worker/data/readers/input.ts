import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type MessageLike } from '../../../main/contract/message.ts';

/** Largest pieces that are read at once. */
export const PIECE_BYTES = 1 << 20;

/** Bytes to read: a file, an entry of an archive, what was unpacked from it. */
export interface Input {
  /** For a person, and for its extension: `books.zip/moby-dick.txt`. */
  readonly name: string;
  /** Null if it is not known before reading. */
  readonly size: number | null;
  /** How many archives it lies within. */
  readonly depth: number;
  /** From the start, in pieces; may be called again. */
  stream(): AsyncIterable<Uint8Array>;
  /** Bytes start … end (exclusive, cut at the end of the file); absent where only reading in order is possible. */
  readonly range?: (start: number, end: number) => Promise<Uint8Array>;
  /** Takes what is guessed or lost while its bytes are read; it becomes a note among the problems. */
  readonly note?: (message: MessageLike) => void;
}

/** A file on disk, by the name that a person knows. `onBytes` is told what is read, for progress. */
export async function fileInput(
  path: string,
  onBytes: (bytes: number) => void = () => {},
  name = path,
): Promise<Input> {
  const { size } = await stat(path);
  return {
    name,
    size,
    depth: 0,
    async *stream() {
      const stream = createReadStream(path, { highWaterMark: Math.min(PIECE_BYTES, size + 1) });
      for await (const piece of stream as AsyncIterable<Buffer>) {
        onBytes(piece.length);
        yield piece;
      }
    },
    async range(start, end) {
      const handle = await open(path);
      try {
        const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - start));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await handle.close();
      }
    },
  };
}

/** Bytes in memory. */
export function memoryInput(name: string, bytes: Uint8Array, depth = 0): Input {
  return {
    name,
    size: bytes.length,
    depth,
    async *stream() {
      for (let start = 0; start < bytes.length; start += PIECE_BYTES)
        yield await Promise.resolve(bytes.subarray(start, start + PIECE_BYTES));
    },
    range: (start, end) => Promise.resolve(bytes.subarray(start, end)),
  };
}

/** All bytes, for formats that cannot be read in pieces. Throws `bad-input` above the limit. */
export async function readAll(input: Input, limit: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new HyenaError('bad-input', msg`The file exceeds the ${limit >> 20} MiB limit for this format.`, {
      hint: 'Split the file, or convert it to plain text first.',
    });
  if (input.size !== null && input.size > limit) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input.stream()) {
    length += piece.length;
    if (length > limit) throw tooLarge();
    pieces.push(piece);
  }
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length);
}

/** The first bytes, fewer if there are no more. */
export async function readHead(input: Input, bytes: number): Promise<Uint8Array> {
  if (input.range) return input.range(0, bytes);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of input.stream()) {
      pieces.push(piece);
      length += piece.length;
      if (length >= bytes) break;
    }
  } catch (error) {
    // What breaks off further on still begins.
    if (length === 0) throw error;
  }
  return Buffer.concat(pieces, length).subarray(0, bytes);
}
