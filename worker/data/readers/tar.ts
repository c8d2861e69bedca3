import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg, type MessageLike } from '../../../main/contract/message.ts';
import { decodeNames, guessedNames } from './archive-names.ts';
import { checkDepth, MOST_ENTRIES } from './expansion.ts';
import { checkFileName, readFileArchive, type ArchiveProblem, type FileArchive } from './file-archive.ts';
import { memoryInput, PIECE_BYTES, type Input } from './input.ts';
import type { ReadContext, ReaderEvent } from './reader.ts';
import { extensionOf, parseHeader, parsePax, RECORD, cString, type TarHeader } from './tar-headers.ts';

/** Files of a packed archive up to so many bytes are held in memory: they are read more than once. */
const HELD_BYTES = 1 << 26;
const LARGEST_EXTENSION = 1 << 20;

/** The files of a tar archive, in its order, each by the reader of its format. */
export async function* readTar(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  checkDepth(input);
  const problems: ArchiveProblem[] = [];
  const listed = await listEntries(input, problems);
  yield* readFileArchive(input, new TarArchive(input, listed, problems), context);
}

interface Listed extends TarHeader {
  /** Where its bytes begin. */
  at: number;
}

class TarArchive implements FileArchive {
  readonly names: readonly string[];
  readonly problems: ArchiveProblem[];
  readonly #input: Input;
  readonly #files: ReadonlyMap<string, Listed>;

  constructor(input: Input, listed: readonly Listed[], problems: ArchiveProblem[]) {
    this.#input = input;
    this.#files = filesOf(listed, problems);
    this.problems = problems;
    this.names = [...this.#files].sort(([, a], [, b]) => a.at - b.at).map(([name]) => name);
  }

  async *inputs(names: readonly string[]): AsyncGenerator<Input> {
    const input = this.#input;
    const from = new Cursor(input);
    try {
      for (const name of names) {
        const { at, size } = this.#files.get(name)!;
        if (input.range || size > HELD_BYTES) {
          yield { name, size, depth: 0, ...partOf(input, at, size) };
          continue;
        }
        await from.skip(at - from.at);
        const bytes = await from.read(size);
        const held = memoryInput(name, bytes);
        if (bytes.length === size) yield held;
        else yield { name, size, depth: 0, stream: () => checked(held.stream(), size) };
      }
    } finally {
      await from.close();
    }
  }

  close(): void {
    // Nothing is open between reads.
  }
}

/** All entries, or those before the archive breaks. */
async function listEntries(input: Input, problems: ArchiveProblem[]): Promise<Listed[]> {
  const listed: Listed[] = [];
  const cursor = new Cursor(input);
  try {
    for await (const entry of entriesFrom(cursor)) {
      listed.push(entry);
      if (listed.length > MOST_ENTRIES)
        throw new HyenaError('bad-input', msg`The archive has more than ${MOST_ENTRIES} entries.`);
    }
  } catch (error) {
    const isOfData = !('code' in (error as object)) || error instanceof HyenaError;
    if (!isOfData) throw error;
    if (listed.length === 0)
      throw error instanceof HyenaError
        ? error
        : new HyenaError('bad-input', msg`The archive is damaged: ${messageOf(error)}.`, { cause: error });
    problems.push({
      name: null,
      severity: 'partly-read',
      message: msg`The archive is damaged after ${listed.length} {0|one: entry|other: entries} (${messageOf(error)}); the remaining files were skipped.`,
    });
  } finally {
    await cursor.close();
  }
  return listed;
}

async function* entriesFrom(cursor: Cursor): AsyncGenerator<Listed> {
  let longName: Buffer | null = null;
  let pax = new Map<string, Buffer>();
  for (;;) {
    const record = await cursor.read(RECORD);
    if (record.length === 0) return;
    if (record.length < RECORD) throw new Error('tar: it ends early');
    const header = parseHeader(record);
    if (!header) continue;
    const extension = extensionOf(header.type);
    if (extension) {
      if (header.size > LARGEST_EXTENSION) throw new Error('tar: an extended header too long');
      const bytes = await cursor.read(header.size);
      await cursor.skip(paddingOf(header.size));
      if (extension === 'name') longName = cString(bytes);
      if (extension === 'pax') pax = parsePax(bytes);
      continue;
    }
    const path = pax.get('path');
    const name = pax.get('GNU.sparse.name') ?? path;
    const size = pax.has('size') ? Number(pax.get('size')!.toString('latin1')) : header.size;
    if (!Number.isSafeInteger(size) || size < 0) throw new Error('tar: a header without a size');
    const isSparse = header.type === 'S' || [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
    // Folders, links and devices have no bytes, whatever they state.
    const length = '123456'.includes(header.type) ? 0 : size;
    yield {
      rawName: name ?? longName ?? header.rawName,
      isUtf8: name !== undefined && pax.get('hdrcharset')?.toString() !== 'BINARY',
      type: isSparse ? 'S' : header.type,
      size: length,
      at: cursor.at,
    };
    [longName, pax] = [null, new Map<string, Buffer>()];
    await cursor.skip(length + paddingOf(length));
  }
}

const paddingOf = (size: number): number => (RECORD - (size % RECORD)) % RECORD;

/** The entries that are files, by their names; what is left out or guessed becomes a problem. */
function filesOf(listed: readonly Listed[], problems: ArchiveProblem[]): Map<string, Listed> {
  const files = new Map<string, Listed>();
  const { names, guessed } = decodeNames(
    listed.map(({ rawName, isUtf8 }) => ({ raw: rawName, stated: isUtf8 ? rawName.toString('utf8') : null })),
  );
  if (guessed) problems.push(guessedNames(guessed));
  listed.forEach((entry, index) => {
    const name = names[index];
    if (entry.type === '5' || (name.endsWith('/') && entry.size === 0)) return;
    const reason = reasonAgainst(entry);
    if (reason) {
      problems.push({ name, severity: 'skipped', message: reason });
      return;
    }
    problems.push(...checkFileName(name, files.has(name)));
    files.set(name, entry);
  });
  return files;
}

/** Why an entry is not read; null where it is a file. */
function reasonAgainst({ type }: Listed): MessageLike | null {
  if (type === '0' || type === '7') return null;
  if (type === '1') return msg`Hard link to another file, skipped.`;
  if (type === '2') return msg`Symbolic link; its target was skipped.`;
  if (type === 'S') return msg`Sparse files are not supported. Unpack the archive and add the folder.`;
  return msg`Not a file or a folder.`;
}

/** Part of an input, as an input is read. */
function partOf(input: Input, at: number, size: number): Pick<Input, 'stream' | 'range'> {
  const { range } = input;
  if (range) {
    async function* pieces() {
      for (let from = 0; from < size; from += PIECE_BYTES)
        yield await range!(at + from, at + Math.min(size, from + PIECE_BYTES));
    }
    return {
      stream: () => checked(pieces(), size),
      range: (start, end) => range(at + start, at + Math.min(end, size)),
    };
  }
  return {
    async *stream() {
      const cursor = new Cursor(input);
      try {
        await cursor.skip(at);
        const pieces = async function* () {
          for (let left = size; left > 0; left -= PIECE_BYTES) yield await cursor.read(Math.min(left, PIECE_BYTES));
        };
        yield* checked(pieces(), size);
      } finally {
        await cursor.close();
      }
    },
  };
}

/** Throws `bad-input` where fewer bytes come. */
async function* checked(pieces: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (piece.length > 0) yield piece;
  }
  if (length < size) throw new HyenaError('bad-input', 'The archive ends within this file.');
}

/** Reads forwards: by jumps where the input can, else in order. */
class Cursor {
  at = 0;
  readonly #input: Input;
  #stream: AsyncIterator<Uint8Array> | null = null;
  #held: Uint8Array = new Uint8Array(0);

  constructor(input: Input) {
    this.#input = input;
  }

  /** So many bytes, fewer at the end. */
  async read(bytes: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for (let left = bytes; left > 0;) {
      if (this.#held.length === 0 && !(await this.#fill(left))) break;
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      this.at += piece.length;
      left -= piece.length;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  async skip(bytes: number): Promise<void> {
    let left = bytes;
    while (left > 0) {
      if (this.#held.length === 0 && (this.#input.range || !(await this.#fill(left)))) break;
      const passed = Math.min(left, this.#held.length);
      this.#held = this.#held.subarray(passed);
      this.at += passed;
      left -= passed;
    }
    if (this.#input.range) this.at += left;
  }

  async close(): Promise<void> {
    await this.#stream?.return?.();
  }

  async #fill(bytes: number): Promise<boolean> {
    if (this.#input.range) {
      this.#held = await this.#input.range(this.at, this.at + Math.min(PIECE_BYTES, Math.max(bytes, 8 * RECORD)));
      return this.#held.length > 0;
    }
    this.#stream ??= this.#input.stream()[Symbol.asyncIterator]();
    const next = await this.#stream.next();
    if (!next.done) this.#held = next.value;
    return !next.done;
  }
}
