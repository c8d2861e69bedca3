/**
 * GPT-2's division of text into words, over UTF-8 bytes: the pattern
 * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
 * (openai/gpt-2, src/encoder.py), where `\s` is Unicode's White_Space. A byte that belongs to no valid character counts
 * as a character that is neither letter, number nor space, so that every byte is in exactly one word.
 */
const LETTER = 1;
const NUMBER = 2;
const SPACE = 3;
const OTHER = 4;

const classes = new Uint8Array(0x110000);
const [letter, number, space] = [/\p{L}/u, /\p{N}/u, /\p{White_Space}/u];

/** Fills the classes of 256 code points when one of them is first met. */
function classify(codePoint: number): number {
  const first = codePoint & ~0xff;
  for (let point = first; point < first + 256; point++) {
    const character = String.fromCodePoint(point);
    classes[point] = letter.test(character) ? LETTER : number.test(character) ? NUMBER : OTHER;
    if (space.test(character)) classes[point] = SPACE;
  }
  return classes[codePoint];
}
classify(0);

const APOSTROPHE = 0x27;
const BLANK = 0x20;

/** Divides bytes that are given in turn; `last` says that no more will come. */
class WordScanner {
  private bytes: Uint8Array = new Uint8Array(0);
  private end = 0;
  /** Bytes of the character that `classAt` looked at. */
  private width = 1;

  /** Divides `bytes` up to `end` from now on. */
  reset(bytes: Uint8Array, end: number): void {
    this.bytes = bytes;
    this.end = end;
  }

  /**
   * Where the word that begins at `start` ends. The end of the bytes counts as the end of the text: a word that reaches
   * it may be longer if more text follows.
   */
  wordEnd(start: number): number {
    const { bytes, end } = this;
    let at = start;
    const first = bytes[at];
    if (first === APOSTROPHE) {
      const length = contraction(bytes, at, end);
      if (length > 0) return at + length;
    }
    if (first === BLANK && at + 1 < end) at++;
    const kind = this.classAt(at);
    if (kind !== SPACE) {
      do at += this.width;
      while (at < end && this.classAt(at) === kind);
      return at;
    }
    // Spaces: all but the last, which goes with the next word or stands alone.
    at = start;
    let last = start;
    while (at < end && this.classAt(at) === SPACE) {
      last = at;
      at += this.width;
    }
    return at === end || last === start ? at : last;
  }

  private classAt(at: number): number {
    const { bytes, end } = this;
    const lead = bytes[at];
    this.width = 1;
    if (lead < 0x80) return classes[lead];
    if (lead < 0xc2 || lead > 0xf4) return OTHER;
    const second = at + 1 < end ? bytes[at + 1] : 0;
    if ((second & 0xc0) !== 0x80) return OTHER;
    if (lead < 0xe0) {
      this.width = 2;
      return classOf(((lead & 0x1f) << 6) | (second & 0x3f));
    }
    const third = at + 2 < end ? bytes[at + 2] : 0;
    if ((third & 0xc0) !== 0x80) return OTHER;
    if (lead < 0xf0) {
      const point = ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
      if (point < 0x800 || (point >= 0xd800 && point <= 0xdfff)) return OTHER;
      this.width = 3;
      return classOf(point);
    }
    const fourth = at + 3 < end ? bytes[at + 3] : 0;
    if ((fourth & 0xc0) !== 0x80) return OTHER;
    const point = ((lead & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
    if (point < 0x10000 || point > 0x10ffff) return OTHER;
    this.width = 4;
    return classOf(point);
  }
}

function classOf(codePoint: number): number {
  const known = classes[codePoint];
  return known !== 0 ? known : classify(codePoint);
}

/** Bytes of `'s`, `'t`, `'m`, `'d`, `'re`, `'ve` or `'ll` at a place, 0 for none. */
function contraction(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return 0;
  const first = bytes[at + 1];
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return 2;
  if (at + 2 >= end) return 0;
  const second = bytes[at + 2];
  if ((first === 0x72 || first === 0x76) && second === 0x65) return 3;
  return first === 0x6c && second === 0x6c ? 3 : 0;
}

/** A word of more bytes than this is cut, so that text without any spaces needs no endless memory. */
const LONGEST_WORD = 1 << 24;

/**
 * Divides a text that comes in pieces and hands each word on, as soon as no later piece can change it. The bytes handed
 * on are valid during the call only.
 */
export class WordStream {
  private readonly scanner = new WordScanner();
  private readonly onWord: (bytes: Uint8Array, start: number, end: number) => void;
  private carry: Uint8Array = new Uint8Array(0);

  constructor(onWord: (bytes: Uint8Array, start: number, end: number) => void) {
    this.onWord = onWord;
  }

  push(piece: Uint8Array): void {
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, piece]) : piece;
    // A word is final once what follows it, two characters at most, is there as a whole.
    const rest = this.scan(bytes, bytes.length - 8);
    this.carry = rest < bytes.length ? Uint8Array.prototype.slice.call(bytes, rest) : new Uint8Array(0);
    if (this.carry.length > LONGEST_WORD) this.end();
  }

  /** No more comes: what is left are whole words. */
  end(): void {
    const bytes = this.carry;
    this.carry = new Uint8Array(0);
    this.scan(bytes, bytes.length);
  }

  /** Hands on the words that end at `limit` or before; returns where the first that does not begins. */
  private scan(bytes: Uint8Array, limit: number): number {
    const { scanner, onWord } = this;
    scanner.reset(bytes, bytes.length);
    let start = 0;
    while (start < limit) {
      const end = scanner.wordEnd(start);
      if (end > limit) break;
      onWord(bytes, start, end);
      start = end;
    }
    return start;
  }
}
