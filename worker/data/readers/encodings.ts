import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { countInvalid, wholeCharacters } from '../utf8.ts';
import { readHead, type Input } from './input.ts';

/** `utf-8`: bytes pass as they are; `binary`: no text; else a name that iconv-lite knows. */
export interface Encoding {
  name: string;
  /** Bytes of a byte order mark at the start, which are no text. */
  markLength: number;
}

const SAMPLE_BYTES = 1 << 18;
const SPREAD_BLOCKS = 16;
const SPREAD_BYTES = 1 << 14;

const marks: readonly [bytes: readonly number[], name: string][] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * What a text is encoded in, told from its first bytes (and, of a large file, from blocks spread over it). Text that is
 * UTF-8 but for a little damage is UTF-8.
 */
export async function detectEncoding(input: Input, declared?: (head: string) => string | null): Promise<Encoding> {
  const head = await readHead(input, SAMPLE_BYTES);
  const encoding = encodingOf(head);
  const named = declared?.(Buffer.from(head.subarray(0, 4096)).toString('latin1')) ?? null;
  const isLegacy = encoding.name !== 'utf-8' && encoding.name !== 'binary' && encoding.markLength === 0;
  if (named !== null && isLegacy && !/^utf-?8/.test(named) && iconv.encodingExists(named))
    return { name: named === 'iso-8859-1' ? 'windows-1252' : named, markLength: 0 };
  if (encoding.name !== 'utf-8' || encoding.markLength > 0) return encoding;
  if (!input.range || input.size === null || input.size <= head.length) return encoding;
  // The head of a long file may be plain ASCII: look further before taking the rest for UTF-8.
  for (let block = 1; block <= SPREAD_BLOCKS; block++) {
    const start = Math.floor(((input.size - SPREAD_BYTES) * block) / SPREAD_BLOCKS);
    if (start < head.length) continue;
    let sample = await input.range(start, start + SPREAD_BYTES);
    while (sample.length > 0 && (sample[0] & 0xc0) === 0x80) sample = sample.subarray(1);
    const later = encodingOf(sample);
    if (later.name === 'binary') return later;
    // Only a head without any character beyond ASCII leaves the question open.
    if (later.name !== 'utf-8' && head.every((byte) => byte < 0x80)) return later;
  }
  return encoding;
}

/** The encoding of a sample from the start of a text. */
export function encodingOf(sample: Uint8Array): Encoding {
  for (const [mark, name] of marks)
    if (mark.every((byte, index) => sample[index] === byte)) return { name, markLength: mark.length };
  const wide = wideEncoding(sample);
  if (wide) return { name: wide, markLength: 0 };
  if (looksBinary(sample)) return { name: 'binary', markLength: 0 };
  const whole = sample.subarray(0, wholeCharacters(sample));
  if (isUtf8(whole) || mostlyUtf8(whole)) return { name: 'utf-8', markLength: 0 };
  return { name: legacyEncoding(sample), markLength: 0 };
}

/** UTF-16 or UTF-32 without a mark: zeros at every other place (Latin text), or all of it valid UTF-16 of few scripts. */
function wideEncoding(sample: Uint8Array): string | null {
  const units = Math.min(sample.length, 4096) & ~3;
  if (units < 4) return null;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < units; at++) if (sample[at] === 0) zeros[at & 3]++;
  const [first, second, third, fourth] = zeros.map((count) => count / (units / 4)) as [number, number, number, number];
  if (first < 0.05 && third > 0.95 && fourth > 0.95) return 'utf-32le';
  if (first > 0.95 && second > 0.95 && fourth < 0.05) return 'utf-32be';
  if (first + third < 0.05 && second > 0.4 && fourth > 0.4) return 'utf-16le';
  if (second + fourth < 0.05 && first > 0.4 && third > 0.4) return 'utf-16be';
  return null;
}

/** Control characters that no text holds, more than a stray few. */
function looksBinary(sample: Uint8Array): boolean {
  let controls = 0;
  for (const byte of sample)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) controls++;
  return controls > sample.length / 200;
}

/** Valid sequences far outnumber the damage: UTF-8 that was cut or pasted wrongly, rather than another encoding. */
function mostlyUtf8(sample: Uint8Array): boolean {
  const invalid = countInvalid(sample);
  let leads = 0;
  for (const byte of sample) if (byte >= 0xc2 && byte < 0xf5) leads++;
  return leads > 20 * invalid;
}

const controlOrReplaced = /[\ufffd\u0080-\u009f]/g;

/** One of the encodings from before Unicode, by the statistics of its letters, checked by decoding with it. */
function legacyEncoding(sample: Uint8Array): string {
  let best = { name: 'windows-1252', score: 0 };
  for (const { name, confidence } of chardet.analyse(sample)) {
    const usable = name === 'ISO-8859-1' ? 'windows-1252' : name;
    if (usable.startsWith('UTF-') || !iconv.encodingExists(usable)) continue;
    const text = iconv.decode(Buffer.from(sample), usable);
    const wrong = (text.match(controlOrReplaced) ?? []).length;
    const score = confidence - (1000 * wrong) / Math.max(1, text.length);
    if (score > best.score) best = { name: usable, score };
  }
  return best.name;
}

const endsInHighSurrogate = (text: string): boolean => (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800;

/** A text's bytes as UTF-8, in pieces that end at a character; invalid sequences of UTF-8 stay as they are. */
export async function* utf8Pieces(
  stream: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  onInvalid: (sequences: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  let mark = encoding.markLength;
  const decoder = encoding.name === 'utf-8' ? null : iconv.getDecoder(encoding.name, { stripBOM: false });
  let carry: Uint8Array = new Uint8Array(0);
  let high = '';
  for await (let piece of stream) {
    if (mark > 0) {
      const dropped = Math.min(mark, piece.length);
      mark -= dropped;
      piece = piece.subarray(dropped);
    }
    if (decoder) {
      const text = high + decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
      // The two halves of a character beyond the basic plane may come in two pieces.
      high = endsInHighSurrogate(text) ? text.slice(-1) : '';
      const whole = high ? text.slice(0, -1) : text;
      if (whole.length > 0) yield Buffer.from(whole, 'utf8');
      continue;
    }
    const joined = carry.length > 0 ? Buffer.concat([carry, piece]) : piece;
    const end = wholeCharacters(joined);
    carry = Buffer.from(joined.subarray(end));
    const whole = joined.subarray(0, end);
    if (whole.length === 0) continue;
    if (!isUtf8(whole)) onInvalid(countInvalid(whole));
    yield whole;
  }
  const rest = decoder ? Buffer.from(high + (decoder.end() ?? ''), 'utf8') : carry;
  if (rest.length > 0) {
    if (!isUtf8(rest)) onInvalid(countInvalid(rest));
    yield rest;
  }
}

/**
 * A text's pieces in UTF-8, its encoding detected. `declared` finds the encoding that a format names in its first bytes,
 * which decides where the bytes leave it open. Null for what is no text.
 */
export async function openText(
  input: Input,
  declared?: (head: string) => string | null,
): Promise<{
  encoding: Encoding;
  pieces: (onInvalid?: (sequences: number) => void) => AsyncGenerator<Uint8Array>;
} | null> {
  const encoding = await detectEncoding(input, declared);
  if (encoding.name === 'binary') return null;
  return { encoding, pieces: (onInvalid) => utf8Pieces(input.stream(), encoding, onInvalid) };
}
