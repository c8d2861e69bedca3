/**
 * Text to token ids and back. Every tokenizer of this project works on UTF-8 bytes where it can, so that whatever bytes
 * come in come out again. Strings are well-formed Unicode; an unpaired surrogate counts as U+FFFD, as everywhere that
 * strings become UTF-8.
 */
export interface Tokenizer {
  /** For a person: `bytes`, `gpt2`, `bpe:4096`, or the name of a file. */
  readonly name: string;
  /** Ids are 0 … vocabularySize − 1. */
  readonly vocabularySize: number;
  /** The id between documents, and after an answer in a chat; null where the vocabulary has none. */
  readonly endOfText: number | null;
  /** Whether `decodeBytes(encodeBytes(bytes))` gives the same bytes whatever they are. */
  readonly exactForBytes: boolean;
  /** Ids of a text. Texts like `<|endoftext|>` in it are ordinary text, never special tokens, where `exactForBytes`. */
  encode(text: string): Int32Array;
  /** Ids of UTF-8 bytes; invalid sequences are kept where `exactForBytes`, else become U+FFFD. */
  encodeBytes(bytes: Uint8Array): Int32Array;
  /** Text of ids; sequences that are not valid UTF-8 become U+FFFD. Throws `usage` for an id out of range. */
  decode(ids: ArrayLike<number>): string;
  /** Bytes of ids. The end of text has none, but for the bytes tokenizer, where it is the byte 0. */
  decodeBytes(ids: ArrayLike<number>): Uint8Array;
  /** Bytes of UTF-8 text that the ids stand for: what bits per byte divide by. */
  byteLengthOf(ids: ArrayLike<number>): number;
  /** Encodes a text that comes in pieces, as one. */
  streamEncoder(): StreamEncoder;
  /** Decodes ids that come one by one; never gives half a character. */
  streamDecoder(): StreamDecoder;
  /** The `tokenizer.json` of Hugging Face's library that encodes alike. */
  toJSON(): object;
}

/** Pieces in, ids out. A piece may end anywhere, within a character too. */
export interface StreamEncoder {
  /** The ids that no later piece can change. The array is valid until the next call. */
  push(bytes: Uint8Array): Int32Array;
  /** The rest; the encoder is then as new. */
  end(): Int32Array;
  /** Characters left out so far, as the vocabulary has neither them nor an unknown token; none if it is not there. */
  readonly lost?: number;
}

/** Ids in, whole characters out. */
export interface StreamDecoder {
  push(id: number): string;
  /** What is left of an unfinished character, as U+FFFD; the decoder is then as new. */
  end(): string;
}

export const noIds = new Int32Array(0);

/** A stream decoder over any tokenizer whose ids stand for bytes. */
export function byteStreamDecoder(bytesOf: (id: number) => Uint8Array): StreamDecoder {
  let decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    push: (id) => decoder.decode(bytesOf(id), { stream: true }),
    end: () => {
      const rest = decoder.decode();
      decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      return rest;
    },
  };
}
