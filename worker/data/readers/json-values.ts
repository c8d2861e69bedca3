/** Longest single value that is kept in memory. */
export const LONGEST_VALUE = 1 << 28;

const [QUOTE, BACKSLASH, COMMA, SLASH, STAR, LINE_END] = [0x22, 0x5c, 0x2c, 0x2f, 0x2a, 0x0a];
// 1e stands before each value of a JSON text sequence.
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e;
const isOpening = (byte: number) => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number) => byte === 0x5d || byte === 0x7d;

/**
 * Cuts JSON that comes in pieces into its values: the elements of an array at the top, or values that stand one after
 * another (JSON lines, or spread over several lines). Only borders are found here, nothing is parsed and nothing nests, so
 * that neither size nor depth of the whole matters; each value is parsed by JSON.parse.
 */
export class JsonValueCutter {
  /** Whether the values are the elements of an array. */
  isArray = false;
  /** Whether they were at any time: an array may have ended. */
  wasArray = false;
  private comment: '' | '/' | 'line' | 'block' | '*' = '';
  private depth = 0;
  private inString = false;
  private escaped = false;
  private inValue = false;
  private pieces: Uint8Array[] = [];
  private length = 0;

  /** The bytes of the values that end within this piece; null for one that is too long to keep. */
  *push(piece: Uint8Array): Generator<Uint8Array | null> {
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) {
          this.inString = false;
          if (this.depth === 0) {
            yield this.take(piece, start, at + 1);
            start = at + 1;
          }
        }
        continue;
      }
      if (this.inComment(byte)) {
        // Between values it is nothing; within one it is the parser's to leave out.
        if (!this.inValue) start = at + 1;
        continue;
      }
      if (!this.inValue) {
        if (isSpace(byte) || byte === COMMA) continue;
        if (!this.isArray && byte === 0x5b) {
          this.isArray = this.wasArray = true;
          continue;
        }
        if (this.isArray && byte === 0x5d) {
          this.isArray = false;
          continue;
        }
        this.inValue = true;
        start = at;
      }
      if (byte === QUOTE) this.inString = true;
      else if (isOpening(byte)) this.depth++;
      else if (isClosing(byte)) {
        if (this.depth > 0) this.depth--;
        else {
          // The array ends right after a number or a word.
          yield this.take(piece, start, at);
          this.isArray = false;
          continue;
        }
        if (this.depth === 0) {
          yield this.take(piece, start, at + 1);
          start = at + 1;
        }
      } else if (this.depth === 0 && (isSpace(byte) || byte === COMMA)) {
        yield this.take(piece, start, at);
        start = at + 1;
      }
    }
    if (this.inValue) this.keep(piece.subarray(start));
  }

  /** What is left: a number or a word at the very end, or a value that was cut off. */
  *end(): Generator<Uint8Array | null> {
    if (this.inValue) yield this.take(new Uint8Array(0), 0, 0);
  }

  /** Whether a byte outside of strings belongs to a comment, `//` to the end of a line or between marks. */
  private inComment(byte: number): boolean {
    switch (this.comment) {
      case '':
        if (byte !== SLASH) return false;
        this.comment = '/';
        return true;
      case '/':
        this.comment = byte === SLASH ? 'line' : byte === STAR ? 'block' : '';
        return this.comment !== '';
      case 'line':
        if (byte === LINE_END) this.comment = '';
        return true;
      case 'block':
      case '*':
        if (this.comment === '*' && byte === SLASH) this.comment = '';
        else this.comment = byte === STAR ? '*' : 'block';
        return true;
    }
  }

  private keep(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.length > LONGEST_VALUE) this.pieces = [];
    else this.pieces.push(Uint8Array.from(bytes));
  }

  private take(piece: Uint8Array, start: number, end: number): Uint8Array | null {
    const last = piece.subarray(start, end);
    const total = this.length + last.length;
    const whole = this.length === 0 ? last : total > LONGEST_VALUE ? null : Buffer.concat([...this.pieces, last]);
    this.pieces = [];
    this.length = 0;
    this.inValue = this.inString = this.escaped = false;
    this.depth = 0;
    return whole;
  }
}
