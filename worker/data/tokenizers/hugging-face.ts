import * as library from '@huggingface/tokenizers';
import { z } from 'zod';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { wholeCharacters } from '../utf8.ts';
import { charactersToBytes } from './byte-alphabet.ts';
import type { StreamDecoder, StreamEncoder, Tokenizer } from './tokenizer.ts';

/** What is used of the library: its own declarations do not resolve under Node's module resolution. */
interface LibraryTokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): { ids: (number | undefined)[] };
  decode(ids: number[], options: { skip_special_tokens: boolean; clean_up_tokenization_spaces: boolean }): string;
  get_vocab(): Map<string, number>;
}
const { Tokenizer: LibraryTokenizer } = library as unknown as {
  Tokenizer: new (tokenizer: object, configuration: object) => LibraryTokenizer;
};

/** Characters that are encoded at once: the library works on whole strings. */
const ENCODED_AT_ONCE = 1 << 16;
/** Tokens that are decoded with the next one, so that it is decoded as in the middle of a text. */
const DECODED_BEFORE = 6;

/** What tokenizers call the end of a text, the commonest first. */
const endNames = [
  '<|endoftext|>',
  '<|end_of_text|>',
  '</s>',
  '<eos>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|end▁of▁sentence|>',
  '[EOS]',
  '[SEP]',
];

const layoutSchema = z.looseObject({
  model: z.looseObject({ type: z.string().optional() }),
  added_tokens: z.array(z.looseObject({ id: z.int().min(0), content: z.string().min(1) })).default([]),
  decoder: z.looseObject({ type: z.string() }).nullish(),
});

/**
 * Any other `tokenizer.json`, by Hugging Face's own library for JavaScript. How exact round trips are is up to the
 * tokenizer: many normalize their input. Special tokens written out in a text are taken as such, as the library does.
 */
export class HuggingFaceTokenizer implements Tokenizer {
  readonly name: string;
  readonly vocabularySize: number;
  readonly endOfText: number | null;
  readonly exactForBytes = false;

  private readonly json: object;
  private readonly library: LibraryTokenizer;
  private readonly specialIds: ReadonlySet<number>;
  /** Bytes of each id where the vocabulary is byte-level, else null. */
  private readonly byteTokens: Uint8Array[] | null;

  private constructor(name: string, json: z.infer<typeof layoutSchema>) {
    this.name = name;
    this.json = json;
    // The library wants every part named.
    const parts = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...json };
    this.library = new LibraryTokenizer(parts, {});
    const vocabulary = this.library.get_vocab();
    this.vocabularySize = [...vocabulary.values()].reduce((largest, id) => Math.max(largest, id), -1) + 1;
    this.specialIds = new Set(json.added_tokens.filter(({ special }) => special === true).map(({ id }) => id));
    const added = new Map(json.added_tokens.map(({ content, id }) => [content, id]));
    const end = endNames.find((content) => added.has(content)) ?? endNames.find((content) => vocabulary.has(content));
    this.endOfText = end === undefined ? null : (added.get(end) ?? vocabulary.get(end)!);
    this.byteTokens = json.decoder?.type === 'ByteLevel' ? this.bytesOfVocabulary(vocabulary, added) : null;
  }

  /** Throws `bad-input` for what is no tokenizer, or one of a kind that the library does not know. */
  static fromJSON(json: unknown, name: string): HuggingFaceTokenizer {
    const parsed = layoutSchema.safeParse(json);
    if (!parsed.success)
      throw new HyenaError('bad-input', told`${name} is no tokenizer.json of Hugging Face's layout.`, {
        hint: 'Give the file called tokenizer.json of a model.',
      });
    try {
      const tokenizer = new HuggingFaceTokenizer(name, parsed.data);
      if (tokenizer.vocabularySize >= 2) return tokenizer;
    } catch (error) {
      throw new HyenaError('bad-input', told`The tokenizer ${name} cannot be used: ${said(error)}`, {
        cause: error,
      });
    }
    throw new HyenaError('bad-input', told`The tokenizer ${name} has no vocabulary.`);
  }

  encode(text: string): Int32Array {
    return this.encodeBytes(Buffer.from(text, 'utf8'));
  }

  encodeBytes(bytes: Uint8Array): Int32Array {
    const encoder = this.streamEncoder();
    const first = encoder.push(bytes);
    const rest = encoder.end();
    const ids = new Int32Array(first.length + rest.length);
    ids.set(first);
    ids.set(rest, first.length);
    return ids;
  }

  decode(ids: ArrayLike<number>): string {
    const kept = Array.from(ids, (id) => this.checked(id)).filter((id) => !this.specialIds.has(id));
    if (kept.length === 0) return '';
    return this.library.decode(kept, { skip_special_tokens: false, clean_up_tokenization_spaces: false });
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    const { byteTokens } = this;
    if (!byteTokens) return Buffer.from(this.decode(ids), 'utf8');
    return Buffer.concat(Array.from(ids, (id) => byteTokens[this.checked(id)]));
  }

  byteLengthOf(ids: ArrayLike<number>): number {
    return this.decodeBytes(ids).length;
  }

  /** Long texts are encoded in parts that end at a line's end, where tokens practically never run across. */
  streamEncoder(): StreamEncoder {
    let pending = '';
    let carry: Uint8Array = new Uint8Array(0);
    let isFirst = true;
    const encodePart = (part: string, ids: number[]) => {
      for (const id of isFirst ? this.encodeWhole(part) : this.encodeAfterLine(part)) ids.push(id);
      isFirst = false;
    };
    return {
      push: (piece) => {
        const bytes = carry.length > 0 ? Buffer.concat([carry, piece]) : piece;
        const whole = wholeCharacters(bytes);
        carry = Uint8Array.from(bytes.subarray(whole));
        pending += Buffer.from(bytes.buffer, bytes.byteOffset, whole).toString('utf8');
        const ids: number[] = [];
        while (pending.length > 2 * ENCODED_AT_ONCE) {
          const at = partEnd(pending);
          encodePart(pending.slice(0, at), ids);
          pending = pending.slice(at);
        }
        return Int32Array.from(ids);
      },
      end: () => {
        const ids: number[] = [];
        pending += Buffer.from(carry).toString('utf8');
        if (pending !== '') encodePart(pending, ids);
        pending = '';
        carry = new Uint8Array(0);
        isFirst = true;
        return Int32Array.from(ids);
      },
    };
  }

  streamDecoder(): StreamDecoder {
    let ids: number[] = [];
    let told = 0;
    const pendingText = (): string => this.decode(ids).slice(this.decode(ids.slice(0, told)).length);
    return {
      push: (id) => {
        ids.push(this.checked(id));
        const text = pendingText();
        // Half a character decodes as U+FFFD at the end: wait for the rest, but not for ever.
        if (text === '' || (text.endsWith('\ufffd') && ids.length - told < 8)) return '';
        told = ids.length;
        if (told > 2 * DECODED_BEFORE) {
          ids = ids.slice(-DECODED_BEFORE);
          told = ids.length;
        }
        return text;
      },
      end: () => {
        const rest = pendingText();
        ids = [];
        told = 0;
        return rest;
      },
    };
  }

  toJSON(): object {
    return this.json;
  }

  private encodeWhole(text: string): number[] {
    // A character that the vocabulary lacks, where it has nothing that stands for unknown ones, has no id.
    const { ids } = this.library.encode(text, { add_special_tokens: false });
    return ids.filter((id) => id !== undefined);
  }

  /** The ids of a text that follows a line's end, without what some tokenizers put before the beginning of a text. */
  private encodeAfterLine(text: string): number[] {
    const line = this.encodeWhole('\n');
    const ids = this.encodeWhole(`\n${text}`);
    return line.every((id, index) => ids[index] === id) ? ids.slice(line.length) : this.encodeWhole(text);
  }

  private bytesOfVocabulary(vocabulary: Map<string, number>, added: Map<string, number>): Uint8Array[] | null {
    const tokens = Array.from({ length: this.vocabularySize }, (): Uint8Array => new Uint8Array(0));
    for (const [content, id] of vocabulary) {
      if (this.specialIds.has(id)) continue;
      const bytes = added.has(content) ? Buffer.from(content, 'utf8') : charactersToBytes(content);
      if (!bytes) return null;
      tokens[id] = bytes;
    }
    return tokens;
  }

  private checked(id: number): number {
    if (Number.isInteger(id) && id >= 0 && id < this.vocabularySize) return id;
    throw new HyenaError(
      'usage',
      told`The tokenizer ${this.name} has the ids 0 to ${this.vocabularySize - 1}, not ${id}.`,
    );
  }
}

/** Where a long text is cut: after a line's end that a visible character follows, else a space, else anywhere. */
function partEnd(text: string): number {
  for (const border of [/\n(?=\S)/g, /\s(?=\S)/g]) {
    border.lastIndex = ENCODED_AT_ONCE;
    const found = border.exec(text);
    if (found && found.index < 2 * ENCODED_AT_ONCE) return found.index + 1;
  }
  const high = (text.charCodeAt(2 * ENCODED_AT_ONCE - 1) & 0xfc00) === 0xd800;
  return 2 * ENCODED_AT_ONCE - (high ? 1 : 0);
}
