import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { placeSchema, type DocumentOutline, type DocumentRecord } from '../contract/documents.ts';
import { HyenaError } from '../contract/errors.ts';
import { msg } from '../contract/message.ts';
import { documentFolder, readRecord } from '../library/documents/store.ts';
import { readJson } from '../library/files/atomic.ts';
import { TextBlocks, type TextBlockIndex } from './text-blocks.ts';

/** A document whose text is read where it is looked at. */
interface OpenText {
  readonly record: DocumentRecord;
  readonly blocks: TextBlockIndex;
}

/** This many documents are kept open: what is kept is where their blocks lie, not their text. */
const mostOpen = 6;
const pieceBytes = 1 << 20;

/**
 * Texts of documents by range, in memory that does not grow with them: an index of blocks, made once by reading the
 * file from beginning to end, says which bytes hold which characters.
 */
export class DocumentTexts {
  readonly #library: string;
  readonly #open = new Map<string, Promise<OpenText>>();

  constructor(library: string) {
    this.#library = library;
  }

  /** @throws HyenaError `not-found`, `damaged` */
  async outline(id: string): Promise<DocumentOutline> {
    const { record, blocks } = await this.#text(id);
    const file = path.join(documentFolder(this.#library, id), 'places.json');
    const places = await readJson(file, z.array(placeSchema), msg`The places of the document`);
    return {
      record,
      places,
      blocks: { starts: [...blocks.starts], lines: [...blocks.lines] },
      hardWrapped: blocks.hardWrapped,
      bytes: blocks.bytes,
    };
  }

  /**
   * The text from one place to another, cut at the end of the document.
   *
   * @throws HyenaError `not-found`, `damaged`
   */
  async range(id: string, start: number, end: number): Promise<{ start: number; end: number; text: string }> {
    const { record, blocks } = await this.#text(id);
    const [from, to] = [Math.min(start, record.characters), Math.min(end, record.characters)];
    if (from >= to) return { start: from, end: from, text: '' };
    const first = blockAt(blocks.starts, from);
    const last = blockAt(blocks.starts, to - 1);
    const bytes = await this.#read(id, blocks.offsets[first], blocks.offsets[last + 1] ?? blocks.bytes);
    const offset = blocks.starts[first];
    return { start: from, end: to, text: bytes.toString('utf8').slice(from - offset, to - offset) };
  }

  /** What is known of a document's text is no longer so. */
  forget(id: string): void {
    this.#open.delete(id);
  }

  #text(id: string): Promise<OpenText> {
    const known = this.#open.get(id);
    this.#open.delete(id);
    const opened = known ?? this.#scan(id);
    this.#open.set(id, opened);
    opened.catch(() => this.#open.delete(id));
    for (const oldest of [...this.#open.keys()].slice(0, -mostOpen)) this.#open.delete(oldest);
    return opened;
  }

  async #scan(id: string): Promise<OpenText> {
    const record = await readRecord(this.#library, id);
    const found = new TextBlocks();
    const file = await this.#file(id);
    try {
      for await (const piece of file.createReadStream({ highWaterMark: pieceBytes }) as AsyncIterable<Buffer>)
        found.push(piece);
    } catch (error) {
      throw HyenaError.from(error);
    } finally {
      await file.close();
    }
    const { characters, ...blocks } = found.end();
    if (characters === record.characters) return { record, blocks };
    throw new HyenaError('damaged', msg`The stored text of document '${record.title}' has changed since import.`, {
      hint: 'Remove it and import the file again.',
    });
  }

  async #read(id: string, start: number, end: number): Promise<Buffer> {
    const file = await this.#file(id);
    try {
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    } catch (error) {
      throw HyenaError.from(error);
    } finally {
      await file.close();
    }
  }

  async #file(id: string): Promise<FileHandle> {
    try {
      return await open(path.join(documentFolder(this.#library, id), 'text.txt'));
    } catch (error) {
      throw HyenaError.from(error);
    }
  }
}

/** The block that holds a character. */
function blockAt(starts: ArrayLike<number>, character: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= character) low = middle;
    else high = middle;
  }
  return low;
}
