import { open, type FileHandle } from 'node:fs/promises';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';

/** Bytes that can be read anywhere: a file, several of which one was split into, or a stretch of another. */
export interface ByteSource {
  /** For messages. */
  readonly name: string;
  readonly size: number;
  /** @throws HyenaError `bad-input` beyond the end, or where the file was changed meanwhile */
  read(start: number, length: number): Promise<Buffer>;
}

/** A source of files that are to be closed. */
export interface OpenBytes extends ByteSource {
  close(): Promise<void>;
}

/** One read call moves at most this much: the system's own limit is below 2 GiB. */
const chunkBytes = 1 << 28;

/** Files read as one, in their order. @throws HyenaError `not-found` */
export async function openBytes(paths: readonly string[], name = paths[0]): Promise<OpenBytes> {
  const parts: { file: FileHandle; start: number; size: number }[] = [];
  let size = 0;
  const close = async () => {
    await Promise.all(parts.map(({ file }) => file.close()));
  };
  try {
    for (const path of paths) {
      const file = await open(path, 'r');
      const part = { file, start: size, size: 0 };
      parts.push(part);
      part.size = (await file.stat()).size;
      size += part.size;
    }
  } catch (error) {
    await close();
    throw HyenaError.from(error);
  }
  return {
    name,
    size,
    close,
    async read(start, length) {
      checkRange(name, size, start, length);
      const bytes = Buffer.allocUnsafe(length);
      for (const { file, start: first, size: own } of parts) {
        let at = Math.max(start, first);
        const end = Math.min(start + length, first + own);
        while (at < end) {
          const { bytesRead } = await file.read(bytes, at - start, Math.min(chunkBytes, end - at), at - first);
          if (bytesRead === 0) throw truncated(name, first + own, at);
          at += bytesRead;
        }
      }
      return bytes;
    },
  };
}

/** Bytes in memory. */
export const memoryBytes = (name: string, bytes: Buffer): ByteSource => ({
  ...{ name, size: bytes.length },
  read(start, length) {
    checkRange(name, bytes.length, start, length);
    return Promise.resolve(bytes.subarray(start, start + length));
  },
});

/** A stretch of a source. */
export const sliceOf = (source: ByteSource, start: number, size: number, name = source.name): ByteSource => ({
  ...{ name, size },
  async read(from, length) {
    checkRange(name, size, from, length);
    return await source.read(start + from, length);
  },
});

function checkRange(name: string, size: number, start: number, length: number): void {
  if (!(start >= 0 && length >= 0 && start + length <= size)) throw truncated(name, start + length, size);
}

/** A file that ends too early. @param needed, found bytes */
export const truncated = (name: string, needed: number, found: number): HyenaError =>
  new HyenaError('bad-input', msg`${name} is truncated: ${needed} bytes are needed, but the file has ${found}.`, {
    hint: 'The file may be truncated or damaged. Copy or download it again.',
  });
