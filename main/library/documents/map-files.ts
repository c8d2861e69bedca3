import { createHash } from 'node:crypto';
import { mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { surpriseMapSchema, type SurpriseMap, type SurpriseWords } from '../../contract/documents.ts';
import { msg } from '../../contract/message.ts';
import { HyenaError } from '../../contract/errors.ts';
import { readJson, writeFolderAtomic } from '../files/atomic.ts';
import { documentFolder } from './store.ts';

/**
 * Where maps of a document are kept: `documents/<id>/maps/<map>/` has `map.json` and `words.bin`, sixteen bytes per
 * word, little-endian: start and end in the text, the loss of all its tokens (a float), how many they are. Free of
 * tfjs.
 */
const wordBytes = 16;

const mapsFolder = (library: string, document: string) => path.join(documentFolder(library, document), 'maps');
const mapFolder = (library: string, document: string, map: string) => path.join(mapsFolder(library, document), map);

/** What a map is called: by the weights that read, and the part. */
export const mapName = (identity: string, start: number, end: number): string =>
  createHash('sha256').update(`${identity} ${start} ${end}`).digest('hex').slice(0, 16);

/** Words of a map, as they are kept; grows at its end. */
export class WordLosses {
  #bytes = new DataView(new ArrayBuffer(wordBytes * 4096));
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#bytes.buffer, 0, this.#length * wordBytes);
  }

  add(start: number, end: number, loss: number, tokens: number): void {
    const at = this.#length++ * wordBytes;
    if (at + wordBytes > this.#bytes.byteLength) {
      const larger = new Uint8Array(2 * this.#bytes.byteLength);
      larger.set(new Uint8Array(this.#bytes.buffer));
      this.#bytes = new DataView(larger.buffer);
    }
    this.#bytes.setUint32(at, start, true);
    this.#bytes.setUint32(at + 4, end, true);
    this.#bytes.setFloat32(at + 8, loss, true);
    this.#bytes.setUint32(at + 12, tokens, true);
  }

  loss(word: number): number {
    return this.#bytes.getFloat32(word * wordBytes + 8, true);
  }

  /** Mean loss per token of the words that lie wholly in a stretch of the text, nats; 0 if there is none. */
  meanLoss(start: number, end: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#bytes.getUint32(middle * wordBytes, true) < start) low = middle + 1;
      else high = middle;
    }
    let [loss, tokens] = [0, 0];
    for (let word = low; word < this.#length; word++) {
      if (this.#bytes.getUint32(word * wordBytes + 4, true) > end) break;
      loss += this.loss(word);
      tokens += this.#bytes.getUint32(word * wordBytes + 12, true);
    }
    return tokens === 0 ? 0 : loss / tokens;
  }
}

/** Keeps a map, all of it or nothing, in place of one of the same name. */
export async function saveMap(library: string, document: string, map: SurpriseMap, words: WordLosses): Promise<void> {
  const folder = mapFolder(library, document, map.map);
  // Its folder is made with it; the document's must be there: a map of a document that was removed is nothing.
  await readdir(documentFolder(library, document)).catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  await mkdir(mapsFolder(library, document), { recursive: true });
  await writeFolderAtomic(folder, async (write) => {
    await write('words.bin', words.bytes);
    await write('map.json', `${JSON.stringify(map)}\n`);
  });
}

/** The maps of a document, the newest first; those that cannot be read are left out. */
export async function listMaps(library: string, document: string): Promise<SurpriseMap[]> {
  const names = await readdir(mapsFolder(library, document)).catch(() => []);
  const maps: SurpriseMap[] = [];
  for (const name of names)
    if (surpriseMapSchema.shape.map.safeParse(name).success)
      try {
        maps.push(
          await readJson(
            path.join(mapsFolder(library, document), name, 'map.json'),
            surpriseMapSchema,
            msg`The map file`,
          ),
        );
      } catch {
        // It is made again when it is requested.
      }
  return maps.sort((a, b) => b.made.localeCompare(a.made));
}

/**
 * The words of a map that lie, with any part, in a stretch of the text. Reads no more of the file than that needs.
 *
 * @throws HyenaError `not-found`, `damaged`
 */
export async function readWords(
  library: string,
  document: string,
  map: string,
  start: number,
  end: number,
): Promise<SurpriseWords> {
  const words: SurpriseWords = { start: [], end: [], loss: [], tokens: [] };
  const file = await open(path.join(mapFolder(library, document, map), 'words.bin')).catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  try {
    const { size } = await file.stat();
    const count = Math.floor(size / wordBytes);
    const one = new DataView(new ArrayBuffer(wordBytes));
    const endOf = async (word: number) => {
      await file.read(one, 0, wordBytes, word * wordBytes);
      return one.getUint32(4, true);
    };
    // The first word that ends behind the start.
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((await endOf(middle)) <= start) low = middle + 1;
      else high = middle;
    }
    const atOnce = 4096;
    for (let first = low; first < count; first += atOnce) {
      const read = new DataView(new ArrayBuffer(Math.min(atOnce, count - first) * wordBytes));
      await file.read(read, 0, read.byteLength, first * wordBytes);
      for (let at = 0; at < read.byteLength; at += wordBytes) {
        if (read.getUint32(at, true) >= end) return words;
        words.start.push(read.getUint32(at, true));
        words.end.push(read.getUint32(at + 4, true));
        words.loss.push(read.getFloat32(at + 8, true));
        words.tokens.push(read.getUint32(at + 12, true));
      }
    }
    return words;
  } finally {
    await file.close();
  }
}
