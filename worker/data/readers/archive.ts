import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { guessedNames, zipNames } from './archive-names.ts';
import { checkDepth, ExpansionGuard, MOST_ENTRIES } from './expansion.ts';
import { checkFileName, type ArchiveProblem, type FileArchive } from './file-archive.ts';
import { memoryInput, PIECE_BYTES, readAll, type Input } from './input.ts';

const LARGEST_IN_MEMORY = 1 << 29;

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

const STORED = 0;
const DEFLATED = 8;
const methods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
};

/** What an entry is by the mode that Unix gives files. */
const LINK = 0xa000;
const FOLDER = 0x4000;
const REGULAR = 0x8000;

/** A zip file's entries by name; also what EPUB and Word documents are. */
export class Archive implements FileArchive {
  /** Names of files, in order. */
  readonly names: readonly string[];
  /** What is left out of them, or odd. */
  readonly problems: readonly ArchiveProblem[];
  private readonly input: Input;
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly guard: ExpansionGuard;

  private constructor(
    input: Input,
    zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
    problems: readonly ArchiveProblem[],
    size: number,
  ) {
    this.input = input;
    this.zip = zip;
    this.entries = entries;
    this.names = [...entries.keys()].sort();
    this.problems = problems;
    // Reading a head, then all, counts twice.
    this.guard = new ExpansionGuard(() => 3 * size);
  }

  /** Throws `bad-input` where it is not a zip file, damaged, or has too many entries. */
  static async open(input: Input): Promise<Archive> {
    checkDepth(input);
    const source =
      input.range && input.size !== null
        ? input
        : memoryInput(input.name, await readAll(input, LARGEST_IN_MEMORY), input.depth);
    const size = source.size!;
    try {
      // Names and sizes are checked here: the library refuses the whole archive for one that it does not like.
      const zip = await fromRandomAccessReaderPromise(new InputReader(source.range!), size, {
        autoClose: false,
        lazyEntries: true,
        decodeStrings: false,
        validateEntrySizes: false,
      });
      if (zip.entryCount > MOST_ENTRIES)
        throw new HyenaError(
          'bad-input',
          msg`The archive has ${zip.entryCount} entries; the limit is ${MOST_ENTRIES}.`,
        );
      const problems: ArchiveProblem[] = [];
      const listed = await listEntries(zip, problems);
      return new Archive(input, zip, filesOf(listed, problems), problems, size);
    } catch (error) {
      if (error instanceof HyenaError) throw error;
      throw new HyenaError('bad-input', msg`The archive is damaged: ${(error as Error).message.replace(/\.$/, '')}.`, {
        cause: error,
      });
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** An entry as something to read. */
  entry(name: string): Input {
    const entry = this.entries.get(name);
    if (!entry) throw new HyenaError('bad-input', msg`The archive has no ${name}.`);
    const { input, zip, guard } = this;
    return {
      name: `${input.name}/${name.replace(/^(?:\.?\/)+/, '')}`,
      size: entry.uncompressedSize,
      depth: input.depth + 1,
      async *stream() {
        const unreadable = reasonAgainst(entry);
        if (unreadable) throw unreadable;
        const own = new ExpansionGuard(() => entry.compressedSize);
        // What it says it unpacks to is held against what comes: there is no need to wait for it.
        own.check(entry.uncompressedSize);
        let length = 0;
        let checksum = 0;
        let stream: Readable | null = null;
        try {
          stream = await zip.openReadStreamPromise(entry);
          for await (const piece of stream as AsyncIterable<Buffer>) {
            guard.add(piece.length);
            own.add(piece.length);
            length += piece.length;
            checksum = crc32(piece, checksum);
            yield piece;
          }
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (error instanceof HyenaError || (code !== undefined && !code.startsWith('Z_'))) throw error;
          throw new HyenaError('bad-input', msg`The archived data is damaged (${messageOf(error)}).`, {
            cause: error,
          });
        } finally {
          stream?.destroy();
        }
        if (length !== entry.uncompressedSize || checksum !== entry.crc32)
          throw new HyenaError('bad-input', 'The archived data is damaged (checksum mismatch).');
      },
    };
  }

  async *inputs(names: readonly string[]): AsyncGenerator<Input> {
    for (const name of names) yield await Promise.resolve({ ...this.entry(name), name });
  }

  /** All bytes of an entry of a document; its parts are small. */
  async read(name: string): Promise<Uint8Array> {
    return readAll(this.entry(name), LARGEST_IN_MEMORY);
  }

  close(): void {
    this.zip.close();
  }
}

/** All entries, or those before the list of them breaks. */
async function listEntries(zip: ZipFile, problems: ArchiveProblem[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > MOST_ENTRIES)
        throw new HyenaError('bad-input', 'The archive has more entries than its directory states.');
    }
  } catch (error) {
    if (error instanceof HyenaError || entries.length === 0) throw error;
    problems.push({
      name: null,
      severity: 'partly-read',
      message: msg`The archive's directory is damaged after ${entries.length} of ${zip.entryCount} entries (${messageOf(error)}); the remaining files were skipped.`,
    });
  }
  return entries;
}

/** The entries that are files, by their names; what is left out or guessed becomes a problem. */
function filesOf(listed: readonly Entry[], problems: ArchiveProblem[]): Map<string, Entry> {
  const files = new Map<string, Entry>();
  const { names, guessed } = zipNames(listed);
  if (guessed) problems.push(guessedNames(guessed));
  listed.forEach((entry, index) => {
    const name = names[index] === '' ? '?' : names[index];
    const kind = kindOf(entry, name);
    if (kind === FOLDER) return;
    if (kind !== REGULAR) {
      const message = kind === LINK ? msg`Symbolic link; its target was skipped.` : msg`Not a file or a folder.`;
      problems.push({ name, severity: 'skipped', message });
      return;
    }
    problems.push(...checkFileName(name, files.has(name)));
    files.set(name, entry);
  });
  return files;
}

function kindOf(entry: Entry, name: string): number {
  const isUnix = [3, 19].includes(entry.versionMadeBy >> 8);
  const mode = isUnix ? (entry.externalFileAttributes >>> 16) & 0xf000 : 0;
  if (name.endsWith('/') || mode === FOLDER) return FOLDER;
  // Archives of Windows name folders in their own way.
  if (name.endsWith('\\') && entry.uncompressedSize === 0) return FOLDER;
  return mode === 0 ? REGULAR : mode;
}

/** Why an entry cannot be unpacked; null where it can. */
function reasonAgainst(entry: Entry): HyenaError | null {
  if (entry.isEncrypted() || entry.compressionMethod === 99)
    return new HyenaError('bad-input', 'The file is encrypted.');
  if (entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED) return null;
  const method = methods[entry.compressionMethod] ?? `${entry.compressionMethod}`;
  return new HyenaError(
    'bad-input',
    msg`Compression method ${method} is not supported. Unpack the archive and add the folder.`,
  );
}
