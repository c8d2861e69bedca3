import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { bytesToCharacters } from './byte-alphabet.ts';
import { byteLevelJson } from './byte-level-json.ts';
import { MergeTable } from './merge-table.ts';
import { WordStream } from './pre-tokenize.ts';
import { byteStreamDecoder, type StreamEncoder, type Tokenizer } from './tokenizer.ts';
import { END_OF_TEXT, type BytePairVocabulary } from './vocabulary.ts';
import { mergeWord } from './word-merger.ts';
import { WordHashTable } from './word-table.ts';

/** Words longer than this are not remembered. */
const REMEMBERED_BYTES = 64;
const REMEMBERED_WORDS = 1 << 18;

/**
 * Byte-level byte pair encoding as in GPT-2: words by GPT-2's pattern, each merged by itself. Encodes any bytes and gives
 * them back; ids are those of Hugging Face's library and of tiktoken.
 */
export class BytePairTokenizer implements Tokenizer {
  readonly name: string;
  readonly vocabularySize: number;
  readonly endOfText: number | null;
  readonly exactForBytes = true;

  private readonly vocabulary: BytePairVocabulary;
  private readonly table: MergeTable;
  private readonly idOfByte = new Int32Array(256);
  /** Words met before, and their ids from `idStarts[word]` to `idStarts[word + 1]` of `knownIds`. */
  private readonly words = new WordHashTable();
  private readonly idStarts = new Uint32Array(REMEMBERED_WORDS + 1);
  private knownIds = new Int32Array(1 << 16);
  private scratch = new Int32Array(256);

  constructor(name: string, vocabulary: BytePairVocabulary) {
    this.name = name;
    this.vocabulary = vocabulary;
    this.vocabularySize = vocabulary.tokens.size;
    this.endOfText = vocabulary.endOfText;
    this.table = new MergeTable(vocabulary.merges);
    this.idOfByte.fill(-1);
    for (let id = 0; id < this.vocabularySize; id++)
      if (vocabulary.tokens.length(id) === 1) this.idOfByte[vocabulary.tokens.bytes(id)[0]] = id;
    if (this.idOfByte.includes(-1))
      throw new HyenaError('bad-input', msg`The vocabulary of ${name} does not cover all 256 byte values.`);
  }

  encode(text: string): Int32Array {
    return this.encodeBytes(Buffer.from(text, 'utf8'));
  }

  encodeBytes(bytes: Uint8Array): Int32Array {
    const encoder = this.streamEncoder();
    const ids = encoder.push(bytes).slice();
    const rest = encoder.end();
    const all = new Int32Array(ids.length + rest.length);
    all.set(ids);
    all.set(rest, ids.length);
    return all;
  }

  decode(ids: ArrayLike<number>): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.decodeBytes(ids));
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    const bytes = new Uint8Array(this.byteLengthOf(ids));
    let at = 0;
    for (let index = 0; index < ids.length; index++) {
      const token = this.bytesOf(ids[index]);
      bytes.set(token, at);
      at += token.length;
    }
    return bytes;
  }

  byteLengthOf(ids: ArrayLike<number>): number {
    let length = 0;
    for (let index = 0; index < ids.length; index++) length += this.vocabulary.tokens.length(this.checked(ids[index]));
    return length;
  }

  streamEncoder(): StreamEncoder {
    let out = new Int32Array(1 << 12);
    let count = 0;
    const words = new WordStream((bytes, start, end) => {
      // A word never has more ids than bytes.
      if (count + end - start > out.length) {
        const larger = new Int32Array(2 * (out.length + end - start));
        larger.set(out);
        out = larger;
      }
      count = this.encodeWord(bytes, start, end, out, count);
    });
    const take = (): Int32Array => {
      const ids = out.subarray(0, count);
      count = 0;
      return ids;
    };
    return {
      push: (bytes) => {
        words.push(bytes);
        return take();
      },
      end: () => {
        words.end();
        return take();
      },
    };
  }

  streamDecoder() {
    return byteStreamDecoder((id) => this.bytesOf(id));
  }

  toJSON(): object {
    const { tokens, merges, endOfText } = this.vocabulary;
    const textOf = (id: number) => (id === endOfText ? END_OF_TEXT : bytesToCharacters(tokens.bytes(id)));
    return byteLevelJson(
      true,
      Object.fromEntries(Array.from({ length: tokens.size }, (_, id) => [textOf(id), id])),
      Array.from(
        { length: merges.length / 3 },
        (_, rank) => `${textOf(merges[3 * rank])} ${textOf(merges[3 * rank + 1])}`,
      ),
      endOfText === null ? [] : [{ id: endOfText, content: END_OF_TEXT }],
    );
  }

  private bytesOf(id: number): Uint8Array {
    return this.vocabulary.tokens.bytes(this.checked(id));
  }

  private checked(id: number): number {
    if (Number.isInteger(id) && id >= 0 && id < this.vocabularySize) return id;
    throw new HyenaError(
      'usage',
      msg`Tokenizer ${this.name} has ids 0 to ${this.vocabularySize - 1}; id ${String(id)} is out of range.`,
    );
  }

  /** Writes a word's ids to `out` from `at` on; returns where they end. */
  private encodeWord(bytes: Uint8Array, start: number, end: number, out: Int32Array, at: number): number {
    const length = end - start;
    if (length === 1) {
      out[at] = this.idOfByte[bytes[start]];
      return at + 1;
    }
    if (length > REMEMBERED_BYTES) return this.mergeInto(bytes, start, end, out, at);
    const { words, idStarts } = this;
    if (words.size === REMEMBERED_WORDS) words.clear();
    const known = words.size;
    const word = words.add(bytes, start, end);
    if (word < known) {
      const { knownIds } = this;
      const last = idStarts[word + 1];
      for (let index = idStarts[word]; index < last; index++) out[at++] = knownIds[index];
      return at;
    }
    const after = this.mergeInto(bytes, start, end, out, at);
    const first = word === 0 ? 0 : idStarts[word];
    if (first + after - at > this.knownIds.length) {
      const larger = new Int32Array(2 * this.knownIds.length);
      larger.set(this.knownIds);
      this.knownIds = larger;
    }
    this.knownIds.set(out.subarray(at, after), first);
    idStarts[word] = first;
    idStarts[word + 1] = first + after - at;
    return after;
  }

  private mergeInto(bytes: Uint8Array, start: number, end: number, out: Int32Array, at: number): number {
    const length = end - start;
    if (this.scratch.length < length) this.scratch = new Int32Array(2 * length);
    const { scratch, idOfByte } = this;
    for (let index = 0; index < length; index++) scratch[index] = idOfByte[bytes[start + index]];
    const count = mergeWord(scratch, length, this.table);
    for (let index = 0; index < count; index++) out[at + index] = scratch[index];
    return at + count;
  }
}
