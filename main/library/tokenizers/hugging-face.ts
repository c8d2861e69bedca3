import { z } from 'zod';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { wholeCharacters } from '../files/utf8.ts';
import { charactersToBytes } from './byte-alphabet.ts';
import { addedIds, addedTokenSchema, TokenFinder } from './parts/added-tokens.ts';
import { decoderOf, type TokenDecoder } from './parts/decoders.ts';
import { endByName } from './parts/end-of-text.ts';
import { LARGEST_ID, modelOf, modelType, type Model } from './parts/model.ts';
import { normalizerOf, type Normalizer } from './parts/normalizers.ts';
import { ConfigPart } from './parts/part.ts';
import { preTokenizerOf, type PreTokenizer } from './parts/pre-tokenizers.ts';
import type { StreamDecoder, StreamEncoder, Tokenizer } from './tokenizer.ts';

/** Characters that are encoded at once: models of whole texts keep tables as long as they are. */
const ENCODED_AT_ONCE = 1 << 16;
/** Tokens that are decoded with the next one, so that it is decoded as in the middle of a text. */
const DECODED_BEFORE = 6;
/** Ids up to this one may have gaps between them; beyond it a quarter of them has to be used. */
const WIDEST_GAPS = 1 << 18;
/** Pieces up to this length are remembered with their ids. */
const REMEMBERED_LENGTH = 48;
const REMEMBERED_PIECES = 1 << 17;

const layoutSchema = z.looseObject({
  model: z.looseObject({ type: z.string().optional() }),
  added_tokens: z
    .array(addedTokenSchema)
    .nullish()
    .transform((tokens) => tokens ?? []),
});

/** What the files beside a tokenizer.json say of the token that ends texts. */
export interface EndOfText {
  readonly token?: string;
  readonly id?: number;
}

interface Encoded {
  readonly ids: readonly number[];
  /** Characters that were left out. */
  readonly lost: number;
}

/**
 * Any other `tokenizer.json` of Hugging Face's layout, with the ids of Hugging Face's own library: normalizer,
 * pre-tokenizer, model and decoder as the file describes them. How exact round trips are is up to the tokenizer: many
 * normalize their input. Special tokens written out in a text are taken as such. Truncation, padding and what a
 * post-processor adds to a text are not done, as documents are learned as they are.
 */
export class HuggingFaceTokenizer implements Tokenizer {
  readonly name: string;
  readonly vocabularySize: number;
  readonly endOfText: number | null;
  readonly exactForBytes = false;

  private readonly json: object;
  private readonly specialIds: ReadonlySet<number>;
  /** The text of each id. */
  private readonly tokens: ReadonlyMap<number, string>;
  private readonly normalize: Normalizer;
  private readonly divide: PreTokenizer;
  private readonly model: Model;
  private readonly decodeTokens: TokenDecoder;
  /** Added tokens that are looked for in the text as it comes, and in what normalization makes of it. */
  private readonly finders: { raw: TokenFinder; normalized: TokenFinder };
  private readonly remembered = new Map<string, Encoded>();
  /** Bytes of each id where the vocabulary is byte-level, else null. */
  private readonly byteTokens: Uint8Array[] | null;

  private constructor(name: string, json: z.infer<typeof layoutSchema>, given: object, end: EndOfText) {
    this.name = name;
    this.json = given;
    this.model = modelOf(new ConfigPart('model', json.model, modelType(json.model)));
    this.normalize = normalizerOf(ConfigPart.under(json, 'normalizer', 'normalizer'));
    this.divide = preTokenizerOf(ConfigPart.under(json, 'pre_tokenizer', 'pre-tokenizer'));
    const decoder = ConfigPart.under(json, 'decoder', 'decoder');
    this.decodeTokens = decoderOf(decoder);

    const { vocabulary } = this.model;
    const added = addedIds(json.added_tokens, vocabulary);
    const raw = new Map([...added].filter(([{ normalized }]) => !normalized));
    const normalized = new Map([...added].filter(([token]) => token.normalized));
    this.finders = {
      raw: new TokenFinder(raw, (given) => given),
      normalized: new TokenFinder(normalized, this.normalize),
    };
    const tokens = new Map<number, string>();
    for (const [token, id] of vocabulary) tokens.set(id, token);
    for (const [token, id] of added)
      tokens.set(id, token.normalized ? this.normalize({ text: token.content, shifted: false }).text : token.content);
    this.tokens = tokens;
    let largest = -1;
    for (const id of tokens.keys()) largest = Math.max(largest, id);
    if (largest >= Math.max(WIDEST_GAPS, 4 * tokens.size))
      throw new HyenaError(
        'bad-input',
        msg`id ${String(largest)} of token '${tokens.get(largest) ?? ''}' is too large for a vocabulary of ${tokens.size} tokens`,
      );
    this.vocabularySize = largest + 1;
    this.specialIds = new Set([...added].filter(([{ special }]) => special).map(([, id]) => id));

    const idOf = new Map([...added].map(([{ content }, id]) => [content, id]));
    const named = [end.token, end.id === undefined ? undefined : tokens.get(end.id)].find(
      (token) => token !== undefined && (idOf.has(token) || vocabulary.has(token)),
    );
    const token = named ?? endByName(idOf.keys(), vocabulary.keys());
    this.endOfText = token === null ? null : (idOf.get(token) ?? vocabulary.get(token)!);
    this.byteTokens = decoder?.type === 'ByteLevel' ? this.bytesOfVocabulary(new Set(idOf.values())) : null;
  }

  /**
   * @param end what the files beside the tokenizer say of its end of text
   * @throws HyenaError `bad-input` for what is not a tokenizer, or has a part that is not supported, which is named
   */
  static fromJSON(json: unknown, name: string, end: EndOfText = {}): HuggingFaceTokenizer {
    const parsed = layoutSchema.safeParse(json);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      if (issue.path[0] === 'added_tokens')
        throw new HyenaError(
          'bad-input',
          msg`Cannot use tokenizer ${name}: entry ${String(issue.path[1] ?? 0)} of added_tokens is not a token with an id from 0 to ${LARGEST_ID}.`,
        );
      throw new HyenaError('bad-input', msg`${name} is not a tokenizer.json in the Hugging Face format.`, {
        hint: 'Use the tokenizer.json file of a model.',
      });
    }
    try {
      const tokenizer = new HuggingFaceTokenizer(name, parsed.data, json as object, end);
      if (tokenizer.vocabularySize >= 2) return tokenizer;
    } catch (error) {
      throw new HyenaError('bad-input', msg`Cannot use tokenizer ${name}: ${messageOf(error)}`, {
        cause: error,
      });
    }
    throw new HyenaError('bad-input', msg`Tokenizer ${name} has no vocabulary.`);
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
    return this.decodeTokens(kept.map((id) => this.tokens.get(id) ?? '')).join('');
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
    let lost = 0;
    const encodePart = (part: string, ids: number[]) => {
      const encoded = isFirst ? this.encodeWhole(part) : this.encodeAfterLine(part);
      for (const id of encoded.ids) ids.push(id);
      lost += encoded.lost;
      isFirst = false;
    };
    return {
      get lost() {
        return lost;
      },
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
    let decoded = 0;
    const pendingText = (): string => this.decode(ids).slice(this.decode(ids.slice(0, decoded)).length);
    return {
      push: (id) => {
        ids.push(this.checked(id));
        const text = pendingText();
        // Half a character decodes as U+FFFD at the end: wait for the rest, but not for ever.
        if (text === '' || (text.endsWith('\ufffd') && ids.length - decoded < 8)) return '';
        decoded = ids.length;
        if (decoded > 2 * DECODED_BEFORE) {
          ids = ids.slice(-DECODED_BEFORE);
          decoded = ids.length;
        }
        return text;
      },
      end: () => {
        const rest = pendingText();
        ids = [];
        decoded = 0;
        return rest;
      },
    };
  }

  toJSON(): object {
    return this.json;
  }

  private encodeWhole(text: string): Encoded {
    const ids: number[] = [];
    let lost = 0;
    for (const found of this.finders.raw.split(text, true)) {
      if (typeof found === 'number') {
        ids.push(found);
        continue;
      }
      const { text, shifted } = this.normalize({ text: found.text, shifted: false });
      for (const part of this.finders.normalized.split(text, found.first && !shifted)) {
        if (typeof part === 'number') ids.push(part);
        else for (const piece of this.divide(part)) lost += this.encodePiece(piece.text, ids);
      }
    }
    return { ids, lost };
  }

  private encodePiece(piece: string, ids: number[]): number {
    if (piece.length > REMEMBERED_LENGTH) return this.model.encode(piece, ids);
    let known = this.remembered.get(piece);
    if (!known) {
      const found: number[] = [];
      known = { ids: found, lost: this.model.encode(piece, found) };
      if (this.remembered.size >= REMEMBERED_PIECES) this.remembered.clear();
      this.remembered.set(piece, known);
    }
    for (const id of known.ids) ids.push(id);
    return known.lost;
  }

  /** The ids of a text that follows a line's end, without what some tokenizers put before the beginning of a text. */
  private encodeAfterLine(text: string): Encoded {
    const line = this.encodeWhole('\n');
    const { ids, lost } = this.encodeWhole(`\n${text}`);
    return line.ids.every((id, index) => ids[index] === id)
      ? { ids: ids.slice(line.ids.length), lost: lost - line.lost }
      : this.encodeWhole(text);
  }

  private bytesOfVocabulary(added: ReadonlySet<number>): Uint8Array[] {
    const tokens = new Array<Uint8Array>(this.vocabularySize).fill(new Uint8Array(0));
    for (const [id, token] of this.tokens)
      if (!this.specialIds.has(id))
        tokens[id] = (added.has(id) ? null : charactersToBytes(token)) ?? Buffer.from(token, 'utf8');
    return tokens;
  }

  private checked(id: number): number {
    if (Number.isInteger(id) && id >= 0 && id < this.vocabularySize) return id;
    throw new HyenaError(
      'usage',
      msg`Tokenizer ${this.name} has ids 0 to ${this.vocabularySize - 1}; id ${String(id)} is out of range.`,
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
