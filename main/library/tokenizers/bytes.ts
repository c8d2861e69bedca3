import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { byteCharacters } from './byte-alphabet.ts';
import { byteLevelJson } from './byte-level-json.ts';
import { byteStreamDecoder, noIds, type StreamEncoder, type Tokenizer } from './tokenizer.ts';

/**
 * The 256 bytes of UTF-8, each its own id: nothing to learn, nothing out of vocabulary, and losses that compare with any
 * other byte model's. Byte 0, which text does not hold, stands between documents; a single document holds none.
 */
class BytesTokenizer implements Tokenizer {
  readonly name = 'bytes';
  readonly vocabularySize = 256;
  readonly endOfText = 0;
  readonly exactForBytes = true;

  encode(text: string): Int32Array {
    return Int32Array.from(Buffer.from(text, 'utf8'));
  }

  encodeBytes(bytes: Uint8Array): Int32Array {
    return Int32Array.from(bytes);
  }

  decode(ids: ArrayLike<number>): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.decodeBytes(ids));
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    const bytes = new Uint8Array(ids.length);
    for (let index = 0; index < ids.length; index++) bytes[index] = checkedByte(ids[index]);
    return bytes;
  }

  byteLengthOf(ids: ArrayLike<number>): number {
    return ids.length;
  }

  streamEncoder(): StreamEncoder {
    let ids = noIds;
    return {
      push: (bytes) => {
        if (ids.length < bytes.length) ids = new Int32Array(bytes.length);
        ids.set(bytes);
        return ids.subarray(0, bytes.length);
      },
      end: () => noIds,
    };
  }

  streamDecoder() {
    return byteStreamDecoder((id) => Uint8Array.of(checkedByte(id)));
  }

  /** A byte-level BPE without merges whose ids are the byte values. */
  toJSON(): object {
    return byteLevelJson(false, Object.fromEntries(byteCharacters.map((character, byte) => [character, byte])), []);
  }
}

function checkedByte(id: number): number {
  if (!Number.isInteger(id) || id < 0 || id > 255)
    throw new HyenaError('usage', msg`Token id ${String(id)} is out of range: the bytes tokenizer has ids 0 to 255.`);
  return id;
}

/** The one tokenizer without a vocabulary to learn or load. */
export const bytesTokenizer: Tokenizer = new BytesTokenizer();
