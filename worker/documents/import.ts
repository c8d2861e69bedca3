import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { DatasetProblem } from '../../main/contract/datasets.ts';
import type { DocumentPlace, DocumentRecord } from '../../main/contract/documents.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg, joinMessages, withValues } from '../../main/contract/message.ts';
import { readFiles } from '../data/readers/read.ts';
import { problemOf, decodeText, type ReaderEvent } from '../data/readers/reader.ts';
import { findFiles } from '../data/readers/walk.ts';
import { writeFolderAtomic } from '../../main/library/files/atomic.ts';
import { ChapterFinder } from './chapters.ts';
import { documentFolder, pdfName, readRecord } from '../../main/library/documents/store.ts';
import { WordTally } from './words.ts';

/** Larger texts are not documents that anyone reads. */
const longestText = 400_000_000;
/** Text that is written, counted and looked through at once. */
const pieceCharacters = 1 << 16;

/**
 * Reads a file into the library: all of it, or nothing. The same content is kept once, whatever the file is called. The
 * text goes to the disk as it is read, so that its length does not matter to the memory.
 *
 * @param onProgress called with the share that is done
 * @throws HyenaError `not-found`, `bad-input` for what is empty, broken, no text, too long, or several documents in one
 * file
 */
export async function importDocument(
  library: string,
  file: string,
  signal: AbortSignal,
  onProgress: (share: number) => void = () => undefined,
): Promise<DocumentRecord> {
  const source = path.basename(file);
  const status = await stat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new HyenaError('not-found', msg`File ${file} not found.`, { hint: 'Check the path.' });
    throw HyenaError.from(error);
  });
  if (!status.isFile())
    throw new HyenaError('bad-input', msg`${file} is not a file.`, {
      hint: 'Choose a single file; folders belong in a data set.',
    });
  let done = 0;
  const advance = (bytes: number, weight: number) =>
    onProgress(Math.min(1, (done += (bytes / Math.max(1, status.size)) * weight)));
  const sha256 = await checksum(file, signal, (bytes) => advance(bytes, checksumShare));
  const id = sha256.slice(0, 16);
  const known = await readRecord(library, id).catch(() => null);
  if (known?.sha256 === sha256) return known;
  await removeLeftovers(path.dirname(documentFolder(library, id)));
  const { files, problems } = await findFiles([file], signal, [source]);
  let record: DocumentRecord | null = null;
  await writeFolderAtomic(documentFolder(library, id), async (write, folder) => {
    const onBytes = (bytes: number) => advance(bytes, 1 - checksumShare);
    const drafts = new DocumentBuilders(readFiles(files, { signal, onBytes }), problems, source);
    let kept: DocumentBuilder | null = null;
    let documents = 0;
    for (let draft = await drafts.next(); draft; draft = await drafts.next()) {
      if (kept) for await (const piece of drafts.bytesOf(draft)) void piece;
      else await write('text.txt', drafts.bytesOf(draft));
      if (draft.ended) documents++;
      if (draft.ended) kept ??= draft;
      // What is not ended does not count as read: what begins after it takes its place.
      else if (!kept) await rm(path.join(folder, 'text.txt'));
    }
    // As the file was called, not where it lay.
    const reasons = problems.map((problem) =>
      withValues(problem.message, (value) => value.replaceAll(`${path.dirname(file)}${path.sep}`, '')),
    );
    if (!kept)
      throw new HyenaError('bad-input', msg`Cannot read ${source}: ${joinMessages(reasons)}`, {
        kept: nothingKept,
        hint: 'Import a .txt, .md, .pdf, .epub, .docx, .html or source code file.',
      });
    if (documents > 1)
      throw new HyenaError('bad-input', msg`${source} contains ${documents} documents.`, {
        kept: nothingKept,
        hint: 'Unpack the file and import one of the documents.',
      });
    if (kept.blank) throw new HyenaError('bad-input', msg`${source} contains no text.`, { kept: nothingKept });
    const places = kept.places;
    const count = (kind: DocumentPlace['kind']) => places.filter((place) => place.kind === kind).length;
    record = {
      format: 1,
      id,
      title: wellFormed((kept.title ?? path.parse(source).name).slice(0, 300)),
      source: wellFormed(source),
      added: new Date().toISOString(),
      bytes: status.size,
      sha256,
      characters: kept.characters,
      words: kept.words,
      places: { pages: count('page'), chapters: count('chapter'), headings: count('heading') },
      problems: reasons,
    };
    // Its pages can be looked at beside the text.
    if (await isPdf(file)) await write(pdfName, createReadStream(file) as AsyncIterable<Uint8Array>);
    await write('places.json', `${JSON.stringify(places)}\n`);
    await write('document.json', `${JSON.stringify(record, null, 2)}\n`);
  });
  return record!;
}

/** Whether a file is a PDF as it lies there, by its first bytes. */
async function isPdf(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return buffer.subarray(0, bytesRead).includes('%PDF-');
  } finally {
    await handle.close();
  }
}

const nothingKept = 'Nothing was imported.';
/** Of the time of importing a text, about. */
const checksumShare = 0.1;

async function checksum(file: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20, signal }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    onBytes(piece.length);
  }
  return hash.digest('hex');
}

const dayMilliseconds = 86_400_000;

/** Takes away what imports that were killed have left; those that continue now are younger. */
async function removeLeftovers(shelf: string): Promise<void> {
  for (const name of await readdir(shelf).catch(() => [])) {
    if (!/^\.[0-9a-f]{16}\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
    const leftover = path.join(shelf, name);
    const status = await stat(leftover).catch(() => null);
    if (status && Date.now() - status.mtimeMs > dayMilliseconds) await rm(leftover, { recursive: true, force: true });
  }
}

/** Lone surrogates become U+FFFD, one unit for one: they would not survive UTF-8. */
const wellFormed = (text: string): string => (text as string & { toWellFormed(): string }).toWellFormed();

/** The documents in the events of readers, one after another. */
class DocumentBuilders {
  readonly #events: AsyncIterator<ReaderEvent>;
  readonly #problems: DatasetProblem[];
  readonly #source: string;
  /** The next one has begun. */
  #begun: DocumentBuilder | null = null;

  constructor(events: AsyncIterable<ReaderEvent>, problems: DatasetProblem[], source: string) {
    this.#events = events[Symbol.asyncIterator]();
    this.#problems = problems;
    this.#source = source;
  }

  /** Null if none begins. */
  async next(): Promise<DocumentBuilder | null> {
    while (!this.#begun && (await this.#event()));
    const draft = this.#begun;
    this.#begun = null;
    return draft;
  }

  /** The text of a document that has begun, as UTF-8. */
  async *bytesOf(draft: DocumentBuilder): AsyncGenerator<Uint8Array> {
    for (;;) {
      const event = await this.#event();
      if (!event || event.type === 'document') return;
      if (event.type === 'end') {
        yield* draft.end();
        return;
      }
      if (event.type === 'place') draft.place(event);
      if (event.type !== 'text') continue;
      yield* draft.push(decodeText(event.content));
      if (draft.characters > longestText)
        throw new HyenaError('bad-input', msg`${this.#source} contains more than ${longestText} characters.`, {
          kept: nothingKept,
          hint: 'Split it; texts this long belong in a data set.',
        });
    }
  }

  async #event(): Promise<ReaderEvent | null> {
    const next = await this.#events.next();
    if (next.done) return null;
    const { value } = next;
    if (value.type === 'document') this.#begun = new DocumentBuilder(value.title);
    if (value.type === 'problem') this.#problems.push(problemOf(value));
    return value;
  }
}

/** A document that is being read: what is known of its text so far. */
class DocumentBuilder {
  readonly title: string | undefined;
  readonly #places: DocumentPlace[] = [];
  #chapters: ChapterFinder | null = new ChapterFinder();
  #found: DocumentPlace[] = [];
  #pending = '';
  #characters = 0;
  readonly #words = new WordTally();
  #blank = true;
  #ended = false;

  constructor(title: string | undefined) {
    this.title = title;
  }

  get characters(): number {
    return this.#characters;
  }
  get words(): number {
    return this.#words.count;
  }
  get blank(): boolean {
    return this.#blank;
  }
  get ended(): boolean {
    return this.#ended;
  }
  /** Those that the format marks; where it marks none, chapters by their headings. */
  get places(): readonly DocumentPlace[] {
    return this.#places.length > 0 ? this.#places : this.#found;
  }

  place({ kind, label, level }: Omit<DocumentPlace, 'offset'>): void {
    this.#places.push({ kind, label, level, offset: this.#characters });
    this.#chapters = null;
  }

  async *push(text: string): AsyncGenerator<Uint8Array> {
    this.#pending += text;
    this.#characters += text.length;
    while (this.#pending.length > pieceCharacters) {
      // Not between the halves of a character.
      const last = this.#pending.charCodeAt(pieceCharacters - 1);
      yield* this.#take(last >= 0xd800 && last < 0xdc00 ? pieceCharacters - 1 : pieceCharacters);
      // Between two pieces an end that was requested is seen.
      await pause();
    }
  }

  *end(): Generator<Uint8Array> {
    yield* this.#take(this.#pending.length);
    this.#found = this.#chapters?.end() ?? [];
    this.#ended = true;
  }

  *#take(length: number): Generator<Uint8Array> {
    const text = wellFormed(this.#pending.slice(0, length));
    this.#pending = this.#pending.slice(length);
    if (text === '') return;
    this.#words.push(text);
    this.#blank &&= !/\S/.test(text);
    this.#chapters?.push(text);
    yield Buffer.from(text);
  }
}
