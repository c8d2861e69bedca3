import { HyenaError } from '../../../main/contract/errors.ts';
import { bytesToCharacters, charactersToBytes } from './byte-alphabet.ts';
import { MergeTable } from './merge-table.ts';
import { WordStream } from './pre-tokenize.ts';
import { byteStreamDecoder, type StreamEncoder, type Tokenizer } from './tokenizer.ts';
import { mergeWord } from './word-merger.ts';
import { WordTable } from './word-table.ts';

export const END_OF_TEXT = '<|endoftext|>';

/** What makes a byte-level BPE: the bytes of every id, and what merges in which order. */
export interface BytePairVocabulary {
  /** Bytes of each id; the end of text has none. */
  tokens: readonly Uint8Array[];
  /** Left id, right id, merged id, by rank. */
  merges: readonly (readonly [left: number, right: number, merged: number])[];
  endOfText: number | null;
}

const LARGEST_ID = 1 << 24;
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
  private readonly words = new WordTable();
  private readonly idStarts = new Uint32Array(REMEMBERED_WORDS + 1);
  private knownIds = new Int32Array(1 << 16);
  private scratch = new Int32Array(256);

  constructor(name: string, vocabulary: BytePairVocabulary) {
    this.name = name;
    this.vocabulary = vocabulary;
    this.vocabularySize = vocabulary.tokens.length;
    this.endOfText = vocabulary.endOfText;
    this.table = new MergeTable(vocabulary.merges);
    this.idOfByte.fill(-1);
    vocabulary.tokens.forEach((bytes, id) => {
      if (bytes.length === 1) this.idOfByte[bytes[0]] = id;
    });
    if (this.idOfByte.includes(-1))
      throw new HyenaError('bad-input', `The vocabulary of ${name} lacks some of the 256 bytes.`);
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
    for (let index = 0; index < ids.length; index++) length += this.bytesOf(ids[index]).length;
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
    const textOf = (id: number) => (id === endOfText ? END_OF_TEXT : bytesToCharacters(tokens[id]));
    const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
    const special = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
    return {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: endOfText === null ? [] : [{ id: endOfText, content: END_OF_TEXT, ...special }],
      normalizer: null,
      pre_tokenizer: byteLevel,
      post_processor: null,
      decoder: byteLevel,
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: false,
        vocab: Object.fromEntries(tokens.map((_, id) => [textOf(id), id])),
        merges: merges.map(([left, right]) => `${textOf(left)} ${textOf(right)}`),
      },
    };
  }

  private bytesOf(id: number): Uint8Array {
    const bytes = this.vocabulary.tokens[id] as Uint8Array | undefined;
    if (!bytes)
      throw new HyenaError(
        'usage',
        `The tokenizer ${this.name} has the ids 0 to ${this.vocabularySize - 1}, not ${id}.`,
      );
    return bytes;
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

interface ByteLevelJSON {
  model: { vocab: Record<string, unknown>; merges: readonly unknown[] };
  added_tokens: readonly { id: number; content: string }[];
}

/** The vocabulary of a byte-level BPE's tokenizer.json. Throws `bad-input` where it does not hold together. */
export function readVocabulary(json: ByteLevelJSON, name: string): BytePairVocabulary {
  const wrong = (what: string) => new HyenaError('bad-input', `The tokenizer ${name} does not hold together: ${what}.`);
  const added = new Map(json.added_tokens.map(({ content, id }) => [content, id]));
  const ids = new Map<string, number>();
  const tokens: Uint8Array[] = [];
  for (const [characters, id] of [...Object.entries(json.model.vocab), ...added]) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > LARGEST_ID)
      throw wrong(`the id of '${characters}' is ${String(id)}`);
    const bytes = added.has(characters) ? new Uint8Array(0) : charactersToBytes(characters);
    if (!bytes) throw wrong(`'${characters}' is no entry of a byte-level vocabulary`);
    tokens[id] = bytes;
    ids.set(characters, id);
  }
  for (let id = 0; id < tokens.length; id++)
    if (!(id in tokens)) throw wrong(`the vocabulary has no entry for the id ${id}`);
  const idOf = (characters: string): number => {
    const id = ids.get(characters);
    if (id === undefined) throw wrong(`the merges use '${characters}', which is not in the vocabulary`);
    return id;
  };
  const merges = json.model.merges.map((merge) => {
    const parts: unknown[] = typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
    const [left, right] = parts;
    if (parts.length !== 2 || typeof left !== 'string' || typeof right !== 'string')
      throw wrong(`${JSON.stringify(merge)} is no merge`);
    return [idOf(left), idOf(right), idOf(left + right)] as const;
  });
  return { tokens, merges, endOfText: added.get(END_OF_TEXT) ?? null };
}
