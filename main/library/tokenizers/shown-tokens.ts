import type { ShownToken } from '../../contract/datasets.ts';
import { wholeCharacters } from '../files/utf8.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A character has at most four bytes: tokens that do not complete one within this many more never will. */
const longestRun = 8;

/**
 * Tokens as they are drawn. A token that ends within a character, or continues with one, has its bytes beside its text,
 * so that the character can be drawn whole over the bytes that make it.
 */
export function shownTokens(tokenizer: Tokenizer, ids: ArrayLike<number>): ShownToken[] {
  const shown: ShownToken[] = [];
  for (let at = 0; at < ids.length;) {
    const text = tokenizer.decode([ids[at]]);
    if (!text.includes('\ufffd')) {
      shown.push({ id: ids[at++], text });
      continue;
    }
    const run = byteRun(tokenizer, ids, at) ?? spelledRun(tokenizer, ids, at);
    if (!run) {
      shown.push({ id: ids[at++], text });
      continue;
    }
    run.forEach((bytes, index) =>
      shown.push({ id: ids[at + index], text: tokenizer.decode([ids[at + index]]), bytes: hexOf(bytes) }),
    );
    at += run.length;
  }
  return shown;
}

/** The bytes of tokens from one on, up to where all characters are whole; null where the tokenizer gives no bytes. */
function byteRun(tokenizer: Tokenizer, ids: ArrayLike<number>, from: number): Uint8Array[] | null {
  const run: Uint8Array[] = [];
  let open = Buffer.alloc(0);
  for (let at = from; at < ids.length; at++) {
    const bytes = tokenizer.decodeBytes([ids[at]]);
    // What is only decoded to text and back gives the bytes of U+FFFD, which no half of a character has.
    if (!tokenizer.exactForBytes && Buffer.from(tokenizer.decode([ids[at]]), 'utf8').equals(bytes)) return null;
    run.push(bytes);
    open = Buffer.concat([open, bytes]);
    open = open.subarray(wholeCharacters(open));
    if (open.length === 0) break;
  }
  return run;
}

/** As {@link byteRun}, of tokenizers that spell unknown characters byte by byte, a token each. */
function spelledRun(tokenizer: Tokenizer, ids: ArrayLike<number>, from: number): Uint8Array[] | null {
  for (let length = 2; length <= longestRun && from + length <= ids.length; length++) {
    const text = tokenizer.decode(Array.from({ length }, (_, index) => ids[from + index]));
    if (text.includes('\ufffd')) continue;
    const bytes = Buffer.from(text, 'utf8');
    return bytes.length === length ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : null;
  }
  return null;
}

/** One token by itself: its characters, and `<0xE5>` for each byte that is none alone. */
export function tokenLabel(tokenizer: Tokenizer, id: number): string {
  const text = tokenizer.decode([id]);
  const bytes = tokenizer.decodeBytes([id]);
  if (!text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(bytes)) return text;
  // Each byte for itself: what is not a character in a stretch of one to four is reported by its number.
  let label = '';
  for (let at = 0; at < bytes.length;) {
    let length = Math.min(4, bytes.length - at);
    let piece = '\ufffd';
    for (; length > 0; length--) {
      piece = Buffer.from(bytes.subarray(at, at + length)).toString('utf8');
      if ([...piece].length === 1 && piece !== '\ufffd') break;
    }
    label += length > 0 ? piece : `<0x${hexOf(bytes.subarray(at, at + 1))}>`;
    at += Math.max(1, length);
  }
  return label;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
