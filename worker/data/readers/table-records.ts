import { decodeText } from './reader.ts';

/** How a table is written. */
export interface Dialect {
  /** Null: one column. */
  delimiter: string | null;
  quote: boolean;
  /** Quotes within quotes have a backslash before them rather than being doubled. */
  backslash: boolean;
}

/** A row of a table: its cells and the line, from 1, that it begins in. */
export interface TableRecord {
  cells: string[];
  line: number;
  /** A quote that is never closed stood in it: it was read as a line, quotes and all. */
  open?: boolean;
}

/** A cell may be as long as this; what is longer is a quote that is never closed. */
const LONGEST_CELL = 1 << 27;
/** A cell of several lines with more quotes in it that do not close it was not meant to be one. */
const MOST_STRAYS = 50;
const WHITE = /\s/;

/**
 * Cuts the text of a table, which may come in pieces, into records. Where a quoted cell runs over lines that look like
 * rows of their own, its quote was not meant as one: the line is a row by itself and reading continues with the next, so
 * that one stray quote does not swallow the rows behind it.
 */
export class RecordReader {
  private text = '';
  private at = 0;
  private line: number;
  private ended = false;
  /** How many cells rows have, as far as it is known. */
  width: number;
  private readonly delimiter: string;
  private readonly dialect: Dialect;
  /** A mark outside of quotes that a backslash takes its meaning from. */
  private readonly escaped: RegExp;
  /** From here on an unclosed quote was looked for in vain; looking again only helps with more text. */
  private lookedTo = 0;

  constructor(dialect: Dialect, width = 0, line = 1) {
    this.dialect = dialect;
    this.delimiter = dialect.delimiter ?? '\n';
    const mark = this.delimiter[0];
    this.escaped = new RegExp(`\\\\(["\\\\]|${/\w/.test(mark) ? '' : '\\'}${mark})`, 'g');
    this.width = width;
    this.line = line;
  }

  *push(piece: string): Generator<TableRecord> {
    this.text = this.at === 0 ? this.text + piece : this.text.slice(this.at) + piece;
    this.at = 0;
    yield* this.records();
  }

  *end(): Generator<TableRecord> {
    this.ended = true;
    yield* this.records();
  }

  private *records(): Generator<TableRecord> {
    while (this.at < this.text.length) {
      const { text } = this;
      // An unfinished quoted cell is looked through again only when there is twice as much of it.
      if (!this.ended && text.length - this.at < this.lookedTo) return;
      const record = this.record();
      if (!record) {
        this.lookedTo = Math.max(1 << 16, 2 * (text.length - this.at));
        return;
      }
      this.lookedTo = 0;
      if (record.cells.length > 1 || record.cells[0].trim() !== '' || record.open) yield record;
    }
  }

  /** The next record; null if more text may belong to it. */
  private record(): TableRecord | null {
    const { text, line } = this;
    const cells: string[] = [];
    let at = this.at;
    let open = false;
    for (;;) {
      const cell = this.cell(at, cells.length, open);
      if (!cell) return null;
      cells.push(cell.text);
      open ||= cell.open;
      at = cell.end;
      if (at >= text.length) {
        if (!this.ended) return null;
        break;
      }
      if (text.startsWith(this.delimiter, at) && this.dialect.delimiter !== null) {
        at += this.delimiter.length;
        continue;
      }
      // A line end: one, or the two of Windows.
      if (text[at] === '\r') {
        if (at + 1 >= text.length && !this.ended) return null;
        if (text[at + 1] === '\n') at++;
      }
      at++;
      break;
    }
    for (let index = this.at; index < at; index++) {
      const code = text.charCodeAt(index);
      if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) this.line++;
    }
    this.at = at;
    return { cells, line, ...(open && { open }) };
  }

  /** A cell that begins at `at`; null if more text may belong to it. `plain`: quotes in this line mean nothing. */
  private cell(at: number, column: number, plain: boolean): { text: string; end: number; open: boolean } | null {
    const { text, dialect } = this;
    // Some set a space after each comma.
    let first = at;
    while (text[first] === ' ') first++;
    if (first >= text.length && !this.ended) return null;
    if (dialect.quote && !plain && text[first] === '"') {
      const quoted = this.quoted(first, column);
      if (quoted === null) return null;
      if (quoted !== 'literal' && quoted !== 'open') return { ...quoted, open: false };
      return this.unquoted(at, quoted === 'open');
    }
    return this.unquoted(at, false);
  }

  private unquoted(at: number, open: boolean): { text: string; end: number; open: boolean } | null {
    const { text } = this;
    let end = at;
    const [first] = this.delimiter;
    let isEscaping = false;
    for (; end < text.length; end++) {
      const unit = text[end];
      if (unit === '\\' && this.dialect.backslash) {
        isEscaping = true;
        if (text[end + 1] !== '\n' && text[end + 1] !== '\r') end++;
        continue;
      }
      if (unit === '\n' || unit === '\r') break;
      if (unit === first && this.dialect.delimiter !== null && text.startsWith(this.delimiter, end)) break;
    }
    if (end >= text.length && !this.ended) return null;
    end = Math.min(end, text.length);
    const cell = text.slice(at, end);
    return { text: isEscaping ? cell.replaceAll(this.escaped, '$1') : cell, end, open };
  }

  /** What stands after a closing quote: the next cell, the next line or nothing. -1: it does not close. */
  private closes(after: number): number {
    const { text } = this;
    let at = after;
    while (text[at] === ' ') at++;
    if (at >= text.length) return this.ended ? at : -2;
    if (text[at] === '\n' || text[at] === '\r') return at;
    return this.dialect.delimiter !== null && text.startsWith(this.delimiter, at) ? at : -1;
  }

  private quoted(at: number, column: number): { text: string; end: number } | 'literal' | 'open' | null {
    const { text, dialect } = this;
    let content = '';
    let start = at + 1;
    let strays = 0;
    const lineEnd = lineEndFrom(text, at);
    const isOneLine = (to: number) => lineEnd < 0 || lineEnd >= to;
    for (let look = at + 1; ;) {
      const quote = text.indexOf('"', look);
      if (quote < 0) {
        if (!this.ended && text.length - at < LONGEST_CELL) return null;
        return isOneLine(text.length) ? 'literal' : 'open';
      }
      if (dialect.backslash && isEscaped(text, quote, start)) {
        look = quote + 1;
        continue;
      }
      if (!dialect.backslash || text[quote + 1] === '"') {
        if (quote + 1 >= text.length && !this.ended) return null;
        // Two quotes are one, except at the end of an empty cell, which begins with the first of them.
        if (text[quote + 1] === '"') {
          content += text.slice(start, quote + 1);
          start = look = quote + 2;
          continue;
        }
      }
      const end = this.closes(quote + 1);
      if (end === -2) return null;
      if (end < 0) {
        // It closes a word that stands in quotes at the beginning of a cell: `"Cable 2m" braided`.
        const isClosing = !WHITE.test(text[quote - 1]) && WHITE.test(text[quote + 1]);
        if (strays === 0 && isClosing && isOneLine(quote)) return 'literal';
        strays++;
        if (strays > MOST_STRAYS && !isOneLine(quote)) return 'open';
        look = quote + 1;
        continue;
      }
      if (!isOneLine(quote) && this.areRows(at, quote, column, strays > 0)) return 'open';
      if (strays > 0 && strays % 2 === 1 && isOneLine(quote) && dialect.delimiter === null) return 'literal';
      const whole = content + text.slice(start, quote);
      return { text: dialect.backslash ? whole.replaceAll(/\\(["\\])/g, '$1') : whole, end };
    }
  }

  /**
   * Whether the lines that a quoted cell runs over are rows of the table: most have as many cells as the table. With
   * commas or semicolons, which prose has too, only where the cell holds stray quotes.
   */
  private areRows(from: number, to: number, column: number, hasStrays: boolean): boolean {
    const { dialect, width } = this;
    if (dialect.delimiter === null || width < 2 || (!hasStrays && dialect.delimiter !== '\t')) return false;
    const [first, ...lines] = this.text.slice(from, to).split(/\r?\n|\r/);
    const cellsIn = (line: string) => line.split(this.delimiter).length;
    const whole = lines.filter((line) => cellsIn(line) === width).length;
    // The last line is cut off at the quote.
    const isRow = column + cellsIn(first) === width || hasStrays;
    return isRow && whole >= Math.max(1, 0.8 * (lines.length - 1));
  }
}

/** Where the line ends, by whatever mark; -1 if it does not. */
function lineEndFrom(text: string, from: number): number {
  lineEnds.lastIndex = from;
  return lineEnds.exec(text)?.index ?? -1;
}
const lineEnds = /[\r\n]/g;

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number, from: number): boolean {
  let count = 0;
  while (at - 1 - count >= from && text[at - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

/** The first records of a text; of one that is cut off, without what the cut leaves open. */
export function recordsIn(text: string, dialect: Dialect, limit: number, isCut: boolean, width = 0): TableRecord[] {
  const reader = new RecordReader(dialect, width);
  const records: TableRecord[] = [];
  const take = (found: Generator<TableRecord>) => {
    for (const record of found) {
      records.push(record);
      if (records.length >= limit) return;
    }
  };
  take(reader.push(text));
  if (records.length < limit && !(isCut && records.length > 0)) take(reader.end());
  return records;
}

/** The records of a text that comes in pieces of UTF-8. */
export async function* readRecords(
  pieces: AsyncIterable<Uint8Array>,
  reader: RecordReader,
  skip = 0,
): AsyncGenerator<TableRecord> {
  let left = skip;
  for await (const piece of pieces) {
    const text = decodeText(piece);
    const skipped = Math.min(left, text.length);
    left -= skipped;
    yield* reader.push(skipped > 0 ? text.slice(skipped) : text);
  }
  yield* reader.end();
}
