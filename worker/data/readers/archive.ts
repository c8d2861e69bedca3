import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { memoryInput, PIECE_BYTES, readAll, type Input } from './input.ts';

/** Archives within archives are opened to this depth. */
const DEEPEST = 3;
const MOST_ENTRIES = 200_000;
const LARGEST_IN_MEMORY = 1 << 29;
/** What unpacks to more than so many times its size, and to more than so much, is meant to do harm. */
const LARGEST_RATIO = 300;
const HARMLESS_BYTES = 1 << 26;

/** Counts what is unpacked and throws `bad-input` where it grows out of proportion. */
export class ExpansionGuard {
  private unpacked = 0;
  private readonly name: string;
  private readonly packed: () => number;

  constructor(name: string, packed: () => number) {
    this.name = name;
    this.packed = packed;
  }

  add(bytes: number): void {
    this.unpacked += bytes;
    this.check(this.unpacked);
  }

  /** Throws `bad-input` where so much would be out of proportion. */
  check(unpacked: number): void {
    if (unpacked > HARMLESS_BYTES && unpacked > LARGEST_RATIO * this.packed())
      throw new HyenaError(
        'bad-input',
        told`${this.name} unpacks to more than ${LARGEST_RATIO} times its size, as archives do that are made to do harm.`,
        { hint: 'If you trust it, unpack it yourself and add the folder.' },
      );
  }
}

/** Refuses archives that lie too deep within others. */
export function checkDepth(input: Input): void {
  if (input.depth >= DEEPEST)
    throw new HyenaError(
      'bad-input',
      told`It lies ${input.depth} archives deep; ${DEEPEST} are the most that are opened.`,
    );
}

class InputReader extends RandomAccessReader {
  private readonly range: (start: number, end: number) => Promise<Uint8Array>;

  constructor(range: (start: number, end: number) => Promise<Uint8Array>) {
    super();
    this.range = range;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { range } = this;
    async function* pieces() {
      for (let at = start; at < end; at += PIECE_BYTES) yield await range(at, Math.min(end, at + PIECE_BYTES));
    }
    return Readable.from(pieces(), { objectMode: false });
  }
}

/** A zip file's entries by name; also what EPUB and Word documents are. */
export class Archive {
  /** Names of files, in order. */
  readonly names: readonly string[];
  private readonly input: Input;
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly guard: ExpansionGuard;

  private constructor(input: Input, zip: ZipFile, entries: ReadonlyMap<string, Entry>, size: number) {
    this.input = input;
    this.zip = zip;
    this.entries = entries;
    this.names = [...entries.keys()].sort();
    // Reading a head, then all, counts twice.
    this.guard = new ExpansionGuard(input.name, () => 3 * size);
  }

  /** Throws `bad-input` where it is no zip file, damaged, or has too many entries. */
  static async open(input: Input): Promise<Archive> {
    checkDepth(input);
    const source =
      input.range && input.size !== null
        ? input
        : memoryInput(input.name, await readAll(input, LARGEST_IN_MEMORY), input.depth);
    const size = source.size!;
    try {
      const zip = await fromRandomAccessReaderPromise(new InputReader(source.range!), size, {
        autoClose: false,
        lazyEntries: true,
      });
      if (zip.entryCount > MOST_ENTRIES)
        throw new HyenaError(
          'bad-input',
          told`It has ${zip.entryCount} entries; ${MOST_ENTRIES} are the most that are read.`,
        );
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
        if (entries.size > MOST_ENTRIES) throw new HyenaError('bad-input', 'It has more entries than it says.');
      }
      return new Archive(input, zip, entries, size);
    } catch (error) {
      if (error instanceof HyenaError) throw error;
      throw new HyenaError('bad-input', told`The archive is damaged: ${said(error)}.`, { cause: error });
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  isEncrypted(name: string): boolean {
    return this.entries.get(name)?.isEncrypted() ?? false;
  }

  /** An entry as something to read. */
  entry(name: string): Input {
    const entry = this.entries.get(name);
    if (!entry) throw new HyenaError('bad-input', told`The archive has no ${name}.`);
    const { input, zip, guard } = this;
    return {
      name: `${input.name}/${name}`,
      size: entry.uncompressedSize,
      depth: input.depth + 1,
      async *stream() {
        const own = new ExpansionGuard(`${input.name}/${name}`, () => entry.compressedSize);
        // What it says it unpacks to is held against what comes: there is no need to wait for it.
        own.check(entry.uncompressedSize);
        const stream = await zip.openReadStreamPromise(entry);
        try {
          for await (const piece of stream as AsyncIterable<Buffer>) {
            guard.add(piece.length);
            own.add(piece.length);
            yield piece;
          }
        } finally {
          stream.destroy();
        }
      },
    };
  }

  /** All bytes of an entry of a document; its parts are small. */
  async read(name: string): Promise<Uint8Array> {
    return readAll(this.entry(name), LARGEST_IN_MEMORY);
  }

  close(): void {
    this.zip.close();
  }
}
