import { isAscii } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { HyenaError } from '../../contract/errors.ts';
import type { LongText } from '../../contract/logic/reading/segments.ts';
import { wholeCharacters } from '../files/utf8.ts';

/** The character at every multiple of this many bytes is known. */
const chunkBytes = 1 << 16;
const chunksAtOnce = 16;
/** Chunks that are kept decoded. */
const mostKept = 8;

/**
 * A text in a file of UTF-8 that is read where it is looked at, in memory that does not grow with it: one pass over the
 * file says which bytes hold which UTF-16 units. It answers at once, by reading while its caller waits: for compute
 * processes.
 */
export class TextFile implements LongText {
  readonly length: number;
  readonly #path: string;
  /** First unit and first byte of each chunk; one more value, the end. */
  readonly #units: readonly number[];
  readonly #bytes: readonly number[];
  readonly #cached = new Map<number, string>();

  private constructor(path: string, units: readonly number[], bytes: readonly number[]) {
    this.#path = path;
    this.#units = units;
    this.#bytes = bytes;
    this.length = units[units.length - 1];
  }

  /** @throws HyenaError `not-found`, or what the system says */
  static async open(path: string): Promise<TextFile> {
    const units = [0];
    const bytes = [0];
    try {
      const file = await open(path);
      try {
        const buffer = Buffer.allocUnsafe(chunksAtOnce * chunkBytes);
        for (let rest = 0; ;) {
          const { bytesRead } = await file.read(buffer, rest, buffer.length - rest, bytes[bytes.length - 1] + rest);
          const filled = rest + bytesRead;
          let at = 0;
          while (filled - at >= chunkBytes || (bytesRead === 0 && at < filled)) {
            const chunk = buffer.subarray(at, Math.min(filled, at + chunkBytes));
            const whole = bytesRead === 0 ? chunk : chunk.subarray(0, wholeCharacters(chunk));
            units.push(units[units.length - 1] + (isAscii(whole) ? whole.length : whole.toString('utf8').length));
            bytes.push(bytes[bytes.length - 1] + whole.length);
            at += whole.length;
          }
          if (bytesRead === 0) break;
          rest = filled - at;
          buffer.copyWithin(0, at, filled);
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      throw HyenaError.from(error);
    }
    return new TextFile(path, units, bytes);
  }

  /** @throws HyenaError where the file cannot be read */
  slice(start: number, end: number): string {
    const [from, to] = [Math.max(0, start), Math.min(end, this.length)];
    if (from >= to) return '';
    const first = this.#chunkAt(from);
    const last = this.#chunkAt(to - 1);
    const text = last - first < 2 ? this.#kepts(first, last) : this.#read(first, last);
    return text.slice(from - this.#units[first], to - this.#units[first]);
  }

  #kepts(first: number, last: number): string {
    let text = '';
    for (let chunk = first; chunk <= last; chunk++) {
      const known = this.#cached.get(chunk) ?? this.#read(chunk, chunk);
      this.#cached.delete(chunk);
      this.#cached.set(chunk, known);
      text += known;
    }
    for (const oldest of [...this.#cached.keys()].slice(0, -mostKept)) this.#cached.delete(oldest);
    return text;
  }

  #read(first: number, last: number): string {
    const [from, to] = [this.#bytes[first], this.#bytes[last + 1]];
    const buffer = Buffer.allocUnsafe(to - from);
    try {
      const file = openSync(this.#path, 'r');
      try {
        for (let done = 0; done < buffer.length;) {
          const count = readSync(file, buffer, done, buffer.length - done, from + done);
          if (count === 0)
            throw new HyenaError('damaged', "The document's text file was truncated while it was being read.");
          done += count;
        }
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw HyenaError.from(error);
    }
    return buffer.toString('utf8');
  }

  #chunkAt(unit: number): number {
    let [low, high] = [0, this.#units.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#units[middle] <= unit) low = middle;
      else high = middle;
    }
    return low;
  }
}
