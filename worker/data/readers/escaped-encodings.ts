import iconv from 'iconv-lite';

/**
 * Encodings of seven bits that switch between character sets: ISO-2022-JP, -KR and -CN, and HZ. Their double bytes are
 * those of EUC without the high bits, which iconv-lite decodes.
 */
export type EscapedName = 'iso-2022-jp' | 'iso-2022-kr' | 'iso-2022-cn' | 'hz-gb-2312';

const ESC = 0x1b;
/** What follows ESC, the set that it switches to, in which of the four slots, and the encodings that have it. */
const designations: readonly [sequence: string, slot: 0 | 1 | 2, set: string][] = [
  ['(B', 0, 'ascii'],
  ['(J', 0, 'ascii'],
  ['(H', 0, 'ascii'],
  ['(I', 0, 'kana'],
  ['$@', 0, 'euc-jp'],
  ['$B', 0, 'euc-jp'],
  ['$(@', 0, 'euc-jp'],
  ['$(B', 0, 'euc-jp'],
  ['$(D', 0, 'jis-x-0212'],
  ['$(O', 0, 'euc-jp'],
  ['$(Q', 0, 'euc-jp'],
  ['$(P', 0, 'unknown'],
  ['$A', 0, 'gb2312'],
  ['$(C', 0, 'cp949'],
  ['$)C', 1, 'cp949'],
  ['$)A', 1, 'gb2312'],
  ['$)E', 1, 'gb2312'],
  ['$)G', 1, 'unknown'],
  ['$*H', 2, 'unknown'],
];

/** Which of them a text is in, by its escape sequences; null if it has none. */
export function escapedEncoding(sample: Uint8Array): EscapedName | null {
  const text = Buffer.from(sample.buffer, sample.byteOffset, sample.length).toString('latin1');
  if (text.includes('\x1b$)C') && text.includes('\x0e')) return 'iso-2022-kr';
  if (/\x1b\$(?:\)[AEG]|\*H)/.test(text) && text.includes('\x0e')) return 'iso-2022-cn';
  if (/\x1b\$(?:[@AB]|\([@BCDOPQ])[\x21-\x7e]{2}|\x1b\(I[\x21-\x7e]/.test(text)) return 'iso-2022-jp';
  // Pairs of which nearly all are common characters, as none in braces of a program are.
  let [common, rare] = [0, 0];
  for (const [, pairs] of text.matchAll(/~\{((?:[\x21-\x77][\x21-\x7e])+)~\}/g))
    for (let at = 0; at < pairs.length; at += 2)
      if ((pairs[at] >= '0' && pairs[at] <= 'W') || pairs[at] === '!' || pairs[at] === '#') common++;
      else rare++;
  return common >= 2 && common > 4 * rare ? 'hz-gb-2312' : null;
}

/** Whether a byte may begin one of them: text before it is ASCII in all of them. */
const isEscape = (byte: number): boolean => byte === ESC || byte === 0x0e || byte === 0x7e;

/** Decodes one of these encodings in pieces. What it cannot becomes U+FFFD. */
export class EscapedDecoder {
  readonly #isHz: boolean;
  #carry: Uint8Array = new Uint8Array(0);
  #sets: [string, string, string] = ['ascii', 'unknown', 'unknown'];
  #shifted = false;

  constructor(name: EscapedName) {
    this.#isHz = name === 'hz-gb-2312';
    if (name === 'iso-2022-kr') this.#sets[1] = 'cp949';
  }

  write(piece: Uint8Array): string {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, piece]) : piece;
    return this.#decode(bytes, false);
  }

  end(): string {
    return this.#decode(this.#carry, true);
  }

  #decode(bytes: Uint8Array, whole: boolean): string {
    const out: string[] = [];
    let at = 0;
    while (at < bytes.length) {
      // A sequence that the piece cuts waits for the next.
      if (!whole && bytes.length - at < 4 && (isEscape(bytes[at]) || this.#set !== 'ascii')) break;
      const skipped = this.#isHz ? this.#hzSwitch(bytes, at, out) : this.#switch(bytes, at, out);
      if (skipped > 0) {
        at += skipped;
        continue;
      }
      let end = at + 1;
      while (end < bytes.length && !isEscape(bytes[end]) && bytes[end] !== 0x0f && bytes[end] !== 0x0a) end++;
      const isPairs = this.#set !== 'ascii' && this.#set !== 'kana';
      if (isPairs && (bytes[at] < 0x21 || bytes[at] > 0x7e)) end = at + 1;
      else if (isPairs) end = at + pairsIn(bytes.subarray(at));
      if (!whole && isPairs && end === at) break;
      if (end === at) end = at + 1;
      out.push(this.#text(bytes.subarray(at, end)));
      at = end;
    }
    this.#carry = Buffer.from(bytes.subarray(at));
    return out.join('');
  }

  get #set(): string {
    return this.#sets[this.#shifted ? 1 : 0];
  }

  /** How many bytes at a place switch sets. A line begins in ASCII. */
  #switch(bytes: Uint8Array, at: number, out: string[]): number {
    const byte = bytes[at];
    if (byte === 0x0a || byte === 0x0d) {
      this.#shifted = false;
      this.#sets[0] = 'ascii';
      return 0;
    }
    if (byte === 0x0e || byte === 0x0f) {
      this.#shifted = byte === 0x0e;
      return 1;
    }
    if (byte !== ESC) return 0;
    const rest = Buffer.from(bytes.subarray(at + 1, at + 4)).toString('latin1');
    // Single shifts to planes that are not known.
    if (rest.startsWith('N')) {
      out.push('\ufffd');
      return 4;
    }
    const found = designations.find(([sequence]) => rest.startsWith(sequence));
    if (!found) return 0;
    this.#sets[found[1]] = found[2];
    return 1 + found[0].length;
  }

  #hzSwitch(bytes: Uint8Array, at: number, out: string[]): number {
    if (bytes[at] === 0x0a) this.#sets[0] = 'ascii';
    if (bytes[at] !== 0x7e) return 0;
    const next = String.fromCharCode(bytes[at + 1] ?? 0);
    const isPairs = this.#sets[0] !== 'ascii';
    if (next === '{' && !isPairs) this.#sets[0] = 'gb2312';
    else if (next === '}' && isPairs) this.#sets[0] = 'ascii';
    else if (next === '~' && !isPairs) out.push('~');
    else if (next !== '\n') return 0;
    return 2;
  }

  #text(bytes: Uint8Array): string {
    const set = this.#set;
    const high = Buffer.from(bytes).map((byte) => byte | 0x80);
    if (set === 'ascii' || bytes[0] < 0x21)
      return Buffer.from(bytes)
        .toString('latin1')
        .replace(/[\x80-\xff]/g, '\ufffd');
    if (set === 'kana') return iconv.decode(high, 'shift_jis');
    if (set === 'unknown' || bytes.length < 2) return '\ufffd';
    if (set !== 'jis-x-0212') return iconv.decode(high, set);
    const triple: number[] = [];
    for (let index = 0; index + 1 < high.length; index += 2) triple.push(0x8f, high[index], high[index + 1]);
    return iconv.decode(Buffer.from(triple), 'euc-jp');
  }
}

/** Bytes from the start that are whole pairs. */
function pairsIn(bytes: Uint8Array): number {
  let end = 0;
  while (
    end + 1 < bytes.length &&
    bytes[end] >= 0x21 &&
    bytes[end] < 0x7f &&
    bytes[end + 1] >= 0x21 &&
    bytes[end + 1] < 0x7f
  )
    if (bytes[end] === 0x7e && end > 0) break;
    else end += 2;
  return end;
}
