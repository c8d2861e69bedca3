import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { byteCharacters } from './byte-alphabet.ts';
import { byteLevelJson } from './byte-level-json.ts';
import { noIds, type StreamEncoder, type Tokenizer } from './tokenizer.ts';

/** The smallest id that is shown as itself: what Evo writes below is shown as a space. */
const firstShown = 32;
const bytes = 256;

const paddingToken = (id: number): string => `<${id}>`;

/**
 * The tokenizer of Evo: every byte its own id, byte 0 the end of a text, and ids beyond 255 that no text has but the model
 * might write. As in the authors' program, an id is shown as the character of that number, at least a space.
 */
export class PaddedBytesTokenizer implements Tokenizer {
  readonly name = 'evo-bytes';
  readonly vocabularySize: number;
  readonly endOfText = 0;
  readonly exactForBytes = true;

  constructor(vocabularySize: number) {
    this.vocabularySize = vocabularySize;
  }

  /** The tokenizer that a tokenizer.json of {@link toJSON} describes; null for any other. */
  static fromJSON(json: unknown): PaddedBytesTokenizer | null {
    const { model, added_tokens: added } = (json ?? {}) as {
      model?: { vocab?: unknown; merges?: unknown };
      added_tokens?: unknown;
    };
    if (!Array.isArray(added) || added.length === 0 || !Array.isArray(model?.merges) || model.merges.length > 0)
      return null;
    const isPadding = added.every(
      (token: { id?: unknown; content?: unknown } | null, index) =>
        token?.id === bytes + index && token.content === paddingToken(bytes + index),
    );
    const vocab = (model.vocab ?? {}) as Record<string, unknown>;
    const isBytes =
      Object.keys(vocab).length === bytes && byteCharacters.every((character, byte) => vocab[character] === byte);
    return isPadding && isBytes ? new PaddedBytesTokenizer(bytes + added.length) : null;
  }

  encode(text: string): Int32Array {
    return Int32Array.from(Buffer.from(text, 'utf8'));
  }

  encodeBytes(given: Uint8Array): Int32Array {
    return Int32Array.from(given);
  }

  decode(ids: ArrayLike<number>): string {
    return Array.from(ids, (id) => String.fromCharCode(Math.max(firstShown, this.#checked(id)))).join('');
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    return Buffer.concat(
      Array.from(ids, (id) =>
        this.#checked(id) < bytes ? Buffer.of(id) : Buffer.from(String.fromCharCode(id), 'utf8'),
      ),
    );
  }

  byteLengthOf(ids: ArrayLike<number>): number {
    return ids.length;
  }

  streamEncoder(): StreamEncoder {
    return { push: (piece) => Int32Array.from(piece), end: () => noIds };
  }

  streamDecoder() {
    return { push: (id: number) => this.decode([id]), end: () => '' };
  }

  /** A byte-level BPE without merges whose ids are the byte values, with tokens for the ids beyond. */
  toJSON(): object {
    const vocabulary = Object.fromEntries(byteCharacters.map((character, byte) => [character, byte]));
    const padding = Array.from({ length: this.vocabularySize - bytes }, (_, index) => ({
      id: bytes + index,
      content: paddingToken(bytes + index),
    }));
    return byteLevelJson(false, vocabulary, [], padding);
  }

  #checked(id: number): number {
    if (Number.isInteger(id) && id >= 0 && id < this.vocabularySize) return id;
    throw new HyenaError(
      'usage',
      msg`Tokenizer ${this.name} has ids 0 to ${this.vocabularySize - 1}; id ${String(id)} is out of range.`,
    );
  }
}
