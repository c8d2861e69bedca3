import { StringDecoder } from 'node:string_decoder';

/** Where a text can be cut, and how much of it lies between. */
export interface TextBlockIndex {
  /** First character of each block, in UTF-16 units. */
  readonly starts: readonly number[];
  /** First byte of each block. */
  readonly offsets: readonly number[];
  /** Lines that each takes, where a line holds {@link lineWidth} letters. */
  readonly lines: readonly number[];
  readonly bytes: number;
  readonly hardWrapped: boolean;
}

const lineWidth = 68;
/**
 * A block ends at the first end of a line after this many characters, and in a line without end after this many more.
 */
const wanted = 1600;
const longest = 16_000;

/** Lines of a book as it was set: not quite as long as they may be, and hardly one longer. */
const setLine = { least: 40, most: 90 };

/** Divides a text that comes in pieces of UTF-8 into blocks of whole lines. */
export class TextBlocks {
  readonly #decoder = new StringDecoder('utf8');
  readonly #starts: number[] = [];
  readonly #offsets: number[] = [];
  readonly #lines: number[] = [];
  #rest = '';
  #characters = 0;
  #bytes = 0;
  #inSetLines = 0;
  #inLongLines = 0;
  /** Lines that follow one that was set, and those of them that begin with a capital, as verses do. */
  #following = 0;
  #capital = 0;

  push(piece: Buffer): void {
    this.#rest += this.#decoder.write(piece);
    let from = 0;
    while (this.#rest.length - from > longest) {
      const end = cut(this.#rest, from);
      this.#add(this.#rest.slice(from, end));
      from = end;
    }
    this.#rest = this.#rest.slice(from);
  }

  end(): TextBlockIndex & { readonly characters: number } {
    this.#rest += this.#decoder.end();
    for (let from = 0; from < this.#rest.length;) {
      const end = this.#rest.length - from <= wanted ? this.#rest.length : cut(this.#rest, from);
      this.#add(this.#rest.slice(from, end));
      from = end;
    }
    this.#rest = '';
    return {
      starts: this.#starts,
      offsets: this.#offsets,
      lines: this.#lines,
      characters: this.#characters,
      bytes: this.#bytes,
      hardWrapped:
        this.#inSetLines > 0.6 * this.#characters &&
        this.#inLongLines < 0.02 * this.#characters &&
        this.#capital < 0.5 * this.#following,
    };
  }

  #add(block: string): void {
    this.#starts.push(this.#characters);
    this.#offsets.push(this.#bytes);
    this.#characters += block.length;
    this.#bytes += Buffer.byteLength(block);
    let lines = 0;
    let before = 0;
    for (const line of block.replace(/\r?\n$/, '').split('\n')) {
      lines += Math.max(1, Math.ceil(widthOf(line) / lineWidth));
      if (before >= setLine.least && line.length > 1) {
        this.#following++;
        if (/^\p{Lu}/u.test(line)) this.#capital++;
      }
      before = line.length;
      if (line.length > setLine.most) this.#inLongLines += line.length;
      else if (line.length >= setLine.least) this.#inSetLines += line.length;
    }
    this.#lines.push(lines);
  }
}

/** Where a block that begins at a place ends: behind a line, else behind a word, else within one. */
function cut(text: string, from: number): number {
  const most = Math.min(text.length, from + longest);
  const line = text.indexOf('\n', from + wanted) + 1;
  if (line > 0 && line <= most) return line;
  if (most === text.length) return most;
  const space = text.lastIndexOf(' ', most - 1) + 1;
  if (space > from + wanted) return space;
  // Not between the halves of a character.
  const unit = text.charCodeAt(most - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? most - 1 : most;
}

/** Letters that a line is wide: those of East Asian scripts count twice. */
function widthOf(line: string): number {
  let width = line.length;
  for (let index = 0; index < line.length; index++) if (line.charCodeAt(index) >= 0x2e80) width++;
  return width;
}
