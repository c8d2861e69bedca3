import { HyenaError } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { characterBytes } from './byte-alphabet.ts';

export const END_OF_TEXT = '<|endoftext|>';
const LARGEST_ID = (1 << 24) - 1;

/** What makes a byte-level BPE: the bytes of every id, and what merges in which order. */
export interface BytePairVocabulary {
  /** The end of text has no bytes. */
  tokens: TokenBytes;
  /** Left id, right id, merged id of each merge, by rank. */
  merges: Int32Array;
  endOfText: number | null;
}

/** The bytes of every id, one after another. */
export class TokenBytes {
  private readonly storage: Uint8Array;
  /** Where each id begins, and where the last one ends. */
  private readonly starts: Uint32Array;

  private constructor(storage: Uint8Array, starts: Uint32Array) {
    this.storage = storage;
    this.starts = starts;
  }

  static from(tokens: readonly Uint8Array[]): TokenBytes {
    return new TokenBytes(Buffer.concat(tokens), startsOf(tokens.map(({ length }) => length)));
  }

  /** From the entries of a vocabulary, which are written in the characters that stand for bytes; special ones have none. */
  static fromEntries(
    entries: ReadonlyMap<string, number>,
    special: ReadonlyMap<string, number>,
    wrong: (what: Message) => Error,
  ): TokenBytes {
    let size = 0;
    for (const id of entries.values()) size = Math.max(size, id + 1);
    const lengths = new Int32Array(size).fill(-1);
    for (const [characters, id] of entries) lengths[id] = special.has(characters) ? 0 : characters.length;
    const missing = lengths.indexOf(-1);
    if (missing >= 0) throw wrong(msg`the vocabulary has no entry for id ${String(missing)}`);
    const starts = startsOf(lengths);
    const storage = new Uint8Array(starts[size]);
    for (const [characters, id] of entries) {
      if (special.has(characters)) continue;
      for (let index = 0; index < characters.length; index++) {
        const byte = byteOfCode[characters.charCodeAt(index)];
        if (byte === undefined || byte < 0)
          throw wrong(msg`'${characters}' is not a valid entry of a byte-level vocabulary`);
        storage[starts[id] + index] = byte;
      }
    }
    return new TokenBytes(storage, starts);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  length(id: number): number {
    return this.starts[id + 1] - this.starts[id];
  }

  bytes(id: number): Uint8Array {
    return this.storage.subarray(this.starts[id], this.starts[id + 1]);
  }

  /** Whether an id's bytes are those of two others, one after the other. */
  isJoined(id: number, left: number, right: number): boolean {
    const { storage, starts } = this;
    if (id >= this.size || this.length(id) !== this.length(left) + this.length(right)) return false;
    let at = starts[id];
    for (let from = starts[left]; from < starts[left + 1]; from++) if (storage[at++] !== storage[from]) return false;
    for (let from = starts[right]; from < starts[right + 1]; from++) if (storage[at++] !== storage[from]) return false;
    return true;
  }
}

/** The byte of each character code, −1 where it stands for none. */
const byteOfCode = (() => {
  const table = new Int16Array(0x144).fill(-1);
  for (const [character, byte] of characterBytes) table[character.charCodeAt(0)] = byte;
  return table;
})();

function startsOf(lengths: ArrayLike<number>): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (let id = 0; id < lengths.length; id++) starts[id + 1] = starts[id] + lengths[id];
  return starts;
}

interface ByteLevelJSON {
  model: { vocab: Record<string, unknown>; merges: readonly unknown[] };
  added_tokens: readonly { id: number; content: string }[];
}

/** The vocabulary of a byte-level BPE's tokenizer.json. Throws `bad-input` where it does not hold together. */
export function readVocabulary(json: ByteLevelJSON, name: string): BytePairVocabulary {
  const wrong = (what: Message) => new HyenaError('bad-input', msg`Tokenizer ${name} is inconsistent: ${what}.`);
  const special = new Map(json.added_tokens.map(({ content, id }) => [content, id]));
  const ids = new Map<string, number>();
  const enter = (characters: string, id: unknown) => {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > LARGEST_ID)
      throw wrong(msg`token '${characters}' has the invalid id ${String(id)}`);
    ids.set(characters, id);
  };
  const { vocab } = json.model;
  for (const characters in vocab) enter(characters, vocab[characters]);
  for (const [content, id] of special) enter(content, id);
  const tokens = TokenBytes.fromEntries(ids, special, wrong);

  const idOf = (characters: string): number => {
    const id = ids.get(characters);
    if (id === undefined) throw wrong(msg`a merge uses '${characters}', which is not in the vocabulary`);
    return id;
  };
  const merges = new Int32Array(3 * json.model.merges.length);
  json.model.merges.forEach((merge, rank) => {
    const parts: unknown = typeof merge === 'string' ? splitMerge(merge) : merge;
    if (!Array.isArray(parts) || parts.length !== 2 || typeof parts[0] !== 'string' || typeof parts[1] !== 'string')
      throw wrong(msg`${JSON.stringify(merge)} is not a valid merge`);
    const [left, right] = [idOf(parts[0]), idOf(parts[1])];
    // Most vocabularies number what is merged as it is merged.
    const likely = 256 + rank;
    merges[3 * rank] = left;
    merges[3 * rank + 1] = right;
    merges[3 * rank + 2] = tokens.isJoined(likely, left, right) ? likely : idOf(parts[0] + parts[1]);
  });
  return { tokens, merges, endOfText: special.get(END_OF_TEXT) ?? null };
}

function splitMerge(merge: string): string[] {
  const blank = merge.indexOf(' ');
  return blank < 0 || merge.includes(' ', blank + 1) ? [] : [merge.slice(0, blank), merge.slice(blank + 1)];
}
