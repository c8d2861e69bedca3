import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';

/** Encodings that are recognised by their bytes before their letters are looked at, and data that is not text at all. */

/** UTF-16 or UTF-32 without a mark, in any script; null for all else. */
export function wideEncoding(sample: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | null {
  const length = Math.min(sample.length, 1 << 15) & ~1;
  if (length < 2 || (sample.length % 2 === 1 && sample.length < SHORT_BYTES)) return null;
  const bytes = sample.subarray(0, length);
  const quads = length & ~3;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < quads; at++) if (bytes[at] === 0) zeros[at & 3]++;
  const [first, second, third, fourth] = zeros.map((count) => (4 * count) / Math.max(1, quads));
  if (first < 0.1 && third > 0.9 && fourth > 0.99) return 'utf-32le';
  if (first > 0.99 && second > 0.9 && fourth < 0.1) return 'utf-32be';
  // Texts in bytes hold no controls; of two bytes per character some are, in every script.
  if (!bytes.includes(0) && controlsIn(bytes) <= length / 200) return null;
  const [little, big] = [unitsOf(bytes, 1), unitsOf(bytes, 0)];
  const [better, name] = little.pages <= big.pages ? ([little, 'utf-16le'] as const) : ([big, 'utf-16be'] as const);
  if (better.isText) return name;
  const [other, otherName] = name === 'utf-16le' ? ([big, 'utf-16be'] as const) : ([little, 'utf-16le'] as const);
  return other.isText ? otherName : null;
}

/** Of fewer bytes any pairs may be letters of some script: they must be of one. */
const SHORT_BYTES = 64;
/** Fewer letters of scripts with thousands of them may be chance. */
const LEAST_IDEOGRAPHS = 4;

/** Whether letters are those of one script, beside Latin ones. */
function isOneScript(text: string): boolean {
  const letters = text.match(/(?!\p{Script=Latin})\p{L}/gu) ?? [];
  if (letters.length === 0) return true;
  const syllables = letters.filter((letter) => /[\uac00-\ud7a3]/.test(letter)).length;
  const ideographs = letters.filter((letter) => /[\u3005\u3040-\u30ff\u4e00-\u9fff]/.test(letter)).length;
  const eastern = Math.max(syllables, ideographs);
  if (eastern > 0) return eastern === letters.length && eastern >= LEAST_IDEOGRAPHS;
  const pages = letters.map((letter) => letter.codePointAt(0)! >> 8);
  return Math.max(...pages) - Math.min(...pages) <= 1;
}

/** What units of two bytes are if the more significant one stands at an even (0) or odd (1) place. */
function unitsOf(bytes: Uint8Array, high: 0 | 1): { isText: boolean; pages: number } {
  const swapped = Buffer.from(bytes);
  if (high === 0) swapped.swap16();
  const text = swapped.toString('utf16le');
  let [wrong, words, all] = [0, 0, 0];
  for (const character of text) {
    all++;
    if (/[\p{Cn}\p{Co}\p{Cs}]|(?![\t\n\f\r\x1b])\p{Cc}/u.test(character)) wrong++;
    else if (/[\p{L}\p{M}\p{N}]/u.test(character)) words++;
  }
  const pages = new Set<number>();
  for (let at = high; at < bytes.length; at += 2) pages.add(bytes[at]);
  const isText = wrong <= all / 50 && words >= all / 4;
  return { isText: isText && (bytes.length >= SHORT_BYTES || isOneScript(text)), pages: pages.size };
}

function controlsIn(bytes: Uint8Array): number {
  let controls = 0;
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) controls++;
  return controls;
}

/** Control characters that no text holds, more than a stray few. */
export const looksBinary = (sample: Uint8Array): boolean => controlsIn(sample) > sample.length / 200;

/** EBCDIC: blanks are 0x40, letters lie in runs of nine above 0x80. */
export function isEbcdic(sample: Uint8Array): boolean {
  if (sample.length < 16) return false;
  let [blanks, letters, ascii] = [0, 0, 0];
  for (const byte of sample) {
    if (byte === 0x40) blanks++;
    else if (byte === 0x20 || (byte > 0x60 && byte < 0x7b)) ascii++;
    else if (byte > 0x80 && byte < 0xea && (byte & 0xf) > 0 && (byte & 0xf) < 10) letters++;
  }
  return blanks > 0.05 * sample.length && letters > 0.5 * sample.length && ascii < 0.1 * sample.length;
}

/** UTF-7: stretches of Base64 between `+` and `-` of which each is letters beyond ASCII. */
export function looksUtf7(sample: Uint8Array): boolean {
  if (!isAscii(sample)) return false;
  const text = Buffer.from(sample.buffer, sample.byteOffset, sample.length).toString('latin1');
  let [stretches, letters] = [0, 0];
  for (const [stretch] of text.matchAll(/\+[A-Za-z0-9+/]{3,}-/g)) {
    const decoded = iconv.decode(Buffer.from(stretch, 'latin1'), 'utf-7');
    if (!/^[\u00a0-\u{10ffff}]+$/u.test(decoded) || /[\p{Cn}\p{Co}\ufffd]/u.test(decoded)) return false;
    const found = decoded.match(/\p{L}/gu)?.length ?? 0;
    letters += found;
    if (found > 0) stretches++;
  }
  // One long stretch of letters is not an accident either: the whole of a text in another script.
  return stretches >= 3 || letters >= 12;
}
