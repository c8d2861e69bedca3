import type { DocumentPlace } from '../../main/contract/documents.ts';
import type { LongText } from '../../main/contract/logic/reading/segments.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';

/** What of a document a model reads at once. */
export interface TokenizedPart {
  readonly ids: Int32Array;
  /** Where it begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  /** Where each token ends in the text; one more value, the start, before them. */
  readonly offsets: Int32Array;
  /** Tokens of the whole document, and before the part. */
  readonly total: number;
  readonly from: number;
}

/** Characters that are turned into tokens to count them; of longer texts the number is estimated. */
const countedCharacters = 4_000_000;

/**
 * Where in a text a part is to begin.
 *
 * @param from a share of the text (`40%`), the label of a place, or a position in UTF-16 units (`@1234`)
 * @throws HyenaError `usage`
 */
export function resolveStart(text: LongText, places: readonly DocumentPlace[], from: string): number {
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(from);
  if (share) {
    const rough = Math.floor((Math.min(100, Number(share[1])) / 100) * text.length);
    if (rough === 0) return 0;
    // At the next beginning of a paragraph or sentence, if one is near.
    const near = /(?:\n\s*\n|[.!?]["”’)]?\s)\s*/;
    const found = near.exec(text.slice(rough, rough + 2000));
    return Math.min(found ? rough + found.index + found[0].length : rough, Math.max(0, text.length - 1));
  }
  const exact = /^@(\d+)$/.exec(from);
  if (exact) return Math.min(Number(exact[1]), text.length);
  const wanted = from.toLowerCase().trim();
  const place =
    places.find(({ label }) => label.toLowerCase() === wanted) ??
    places.find(({ label }) => label.toLowerCase().startsWith(wanted));
  if (place) return place.offset;
  throw new HyenaError('usage', msg`Place '${from}' not found in the document.`, {
    hint: "Use a percentage of the text such as '40%', or the label of a page, chapter or heading.",
  });
}

/** As many tokens of a text as fit, from a position on. */
export function tokenizePart(text: LongText, tokenizer: Tokenizer, start: number, limit: number): TokenizedPart {
  // Tokens stand for a few characters each; a part that turns out too short is taken longer.
  let characters = Math.min(text.length - start, 8 * limit);
  let ids = tokenizer.encode(text.slice(start, start + characters));
  while (ids.length < limit && start + characters < text.length) {
    characters = Math.min(text.length - start, 4 * characters);
    ids = tokenizer.encode(text.slice(start, start + characters));
  }
  const whole = ids.length <= limit && start + characters === text.length;
  ids = ids.slice(0, limit);
  const offsets = offsetsOf(text, tokenizer, ids, start);
  const rate = ids.length / Math.max(1, offsets[ids.length] - start);
  const count = (from: number, to: number) =>
    to - from <= countedCharacters ? tokenizer.encode(text.slice(from, to)).length : Math.round((to - from) * rate);
  const before = start === 0 ? 0 : count(0, start);
  return {
    ids,
    start,
    end: whole ? text.length : offsets[ids.length],
    offsets,
    from: before,
    total: before + (whole ? ids.length : count(start, text.length)),
  };
}

/** Where each token ends, in UTF-16 units of the text and not behind `end`, by the bytes that it stands for. */
export function offsetsOf(
  text: LongText,
  tokenizer: Tokenizer,
  ids: Int32Array,
  start: number,
  end = text.length,
): Int32Array {
  const offsets = new Int32Array(ids.length + 1).fill(start);
  // A unit takes a byte at least.
  const part = text.slice(start, Math.min(end, start + tokenizer.byteLengthOf(ids)));
  let position = 0;
  // Bytes of the part up to `position`, and of the tokens so far.
  let [passed, bytes] = [0, 0];
  for (let index = 0; index < ids.length; index++) {
    bytes += tokenizer.byteLengthOf(ids.subarray(index, index + 1));
    while (position < part.length) {
      const code = part.codePointAt(position)!;
      const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (passed + length > bytes) break;
      passed += length;
      position += code > 0xffff ? 2 : 1;
    }
    offsets[index + 1] = start + position;
  }
  return offsets;
}

/**
 * The tokens of a text up to a position, as many of the last ones as fit.
 *
 * @returns the ids and where they begin in the text
 */
export function upTo(
  text: LongText,
  tokenizer: Tokenizer,
  end: number,
  limit: number,
): { ids: Int32Array; start: number } {
  let start = Math.max(0, end - 8 * limit);
  let ids = tokenizer.encode(text.slice(start, end));
  while (ids.length < limit && start > 0) {
    start = Math.max(0, end - 4 * (end - start));
    ids = tokenizer.encode(text.slice(start, end));
  }
  if (ids.length <= limit) return { ids, start };
  ids = ids.slice(ids.length - limit);
  return { ids, start: Math.max(0, end - tokenizer.decode(ids).length) };
}
