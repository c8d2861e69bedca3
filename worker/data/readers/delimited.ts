import { extname } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { openText } from './encodings.ts';
import { joinList } from './field-path.ts';
import type { Input } from './input.ts';
import { foundColumns } from './mapped-rows.ts';
import { problem, decodeText, type ReadContext, type ReaderEvent } from './reader.ts';
import type { Row } from './row-groups.ts';
import { rowsToDocuments } from './rows.ts';
import { chooseText } from './text-choice.ts';
import { detectLayout } from './table-dialect.ts';
import { detectHeading, type Heading } from './table-heading.ts';
import { readRecords, RecordReader, recordsIn, type TableRecord } from './table-records.ts';

const SAMPLE_CHARACTERS = 1 << 18;
const SAMPLE_RECORDS = 50;

/** How MySQL and PostgreSQL write a cell without a value. */
const NULL_CELL = '\\N';

/** What did not fit the table, and where it was met first. */
class Irregular {
  count = 0;
  line = 0;
  add(line: number): void {
    if (this.count++ === 0) this.line = line;
  }
}

/** Tables of values with commas, tabs, semicolons or bars between: a row a document, from one of the columns. */
export async function* readDelimited(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', 'Not a table: the file contains binary data.');
  const { field } = context.options;
  const sample = await sampleOf(text.pieces());
  const isCut = sample.length >= SAMPLE_CHARACTERS;
  const { dialect, width, skip, comments, lines } = detectLayout(sample, extname(input.name), isCut);
  const records = recordsIn(sample.slice(skip), dialect, SAMPLE_RECORDS, isCut, width);
  if (records.length === 0) throw new HyenaError('bad-input', 'No rows found.');
  const heading = headingOfTable(records, width, isCut);
  const names = heading?.names ?? Array.from({ length: Math.max(width, 1) }, (_, column) => String(column + 1));
  const toRow = rowOf(names, dialect.delimiter ?? '');
  // Tells early, and with the columns' names, where the text cannot be found.
  const body = records.slice(heading ? 1 : 0);
  const first = body.map(toRow);
  if (first.length > 0) {
    yield { type: 'columns', columns: foundColumns(first) };
    chooseText(first, field);
  }
  if (comments > 0)
    yield problem(
      'note',
      input.name,
      msg`${comments} {0|one: line before the table was|other: lines before the table were} skipped.`,
    );
  if (heading && heading.doubled.length > 0)
    yield problem(
      'note',
      input.name,
      msg`Several columns are named ${joinList(heading.doubled)}; duplicates were numbered: ${joinList(names)}.`,
    );
  if (!heading && names.length > 1 && field === null)
    yield problem('note', input.name, msg`The first row is not a header; the columns were named ${joinList(names)}.`);

  const open = new Irregular();
  const long = new Irregular();
  const short = new Irregular();
  const note = ({ cells, line, open: isOpen }: TableRecord) => {
    // Marks at the end of a row stand for nothing.
    while (cells.length > names.length && cells.at(-1)!.trim() === '') cells.pop();
    if (isOpen) open.add(line);
    if (cells.length > names.length) long.add(line);
    if (cells.length < names.length) short.add(line);
  };
  const reader = new RecordReader(dialect, width, lines + 1);
  const all = readRecords(text.pieces(), reader, skip);
  const repeated = new Irregular();
  const rows = rowsOf(all, { toRow, heading: heading ? records[0].cells : null, note, repeated });
  yield* rowsToDocuments(rows, input.name, field, { enough: context.enough, reportColumns: false });
  if (repeated.count > 0)
    yield problem(
      'note',
      input.name,
      msg`${repeated.count} {0|one: row repeats the header and was|other: rows repeat the header and were} skipped (first: line ${repeated.line}).`,
    );
  if (open.count > 0)
    yield problem(
      'note',
      input.name,
      msg`${open.count} {0|one: row has|other: rows have} an unclosed quote; each was read as one line including the quote (first: line ${open.line}).`,
    );
  if (long.count > 0)
    yield problem(
      'note',
      input.name,
      msg`${long.count} {0|one: row has|other: rows have} more cells than the table has columns; extra cells were joined to the last column (first: line ${long.line}).`,
    );
  if (short.count > 0)
    yield problem(
      'note',
      input.name,
      msg`${short.count} {0|one: row has|other: rows have} fewer cells than the table has columns (first: line ${short.line}).`,
    );
}

/**
 * The heading of the table. R writes none over the names of rows, so that it is a cell shorter than they are; of a sample
 * that ends within the first row, its first line alone has to tell.
 */
function headingOfTable(records: readonly TableRecord[], width: number, isCut: boolean): Heading | null {
  const [first, ...others] = records.map(({ cells }) => cells);
  if (others.length === 0 && isCut) return detectHeading([first, first.map(() => 'words '.repeat(100))]);
  const areNumbered =
    others.length > 0 && others.every((cells, index) => Number(cells[0]) === Number(others[0][0]) + index);
  const isShort = first.length + 1 === width && others.every((cells) => cells.length === width);
  if (isShort && areNumbered && !/^(id|index|idx|key|no|nr|number|#)$/i.test(first[0].trim()))
    return detectHeading([['', ...first], ...others]);
  return detectHeading([first, ...others]);
}

interface RowSettings {
  toRow: (record: TableRecord) => Record<string, string>;
  /** The first record, if it is a heading. */
  heading: readonly string[] | null;
  note: (record: TableRecord) => void;
  /** Headings in the middle: tables that were joined. */
  repeated: Irregular;
}

async function* rowsOf(
  records: AsyncIterable<TableRecord>,
  { toRow, heading, note, repeated }: RowSettings,
): AsyncGenerator<Row> {
  let isFirst = heading !== null;
  for await (const record of records) {
    if (isFirst) isFirst = false;
    else if (heading && isHeadingAgain(record.cells, heading)) repeated.add(record.line);
    else {
      note(record);
      yield { row: toRow(record), characters: record.cells.reduce((sum, cell) => sum + cell.length, 0) };
    }
  }
}

/** Whether a row says the same as the heading; a single short name may be a text like any other. */
const isHeadingAgain = (cells: readonly string[], heading: readonly string[]): boolean =>
  heading.length > 1 &&
  cells.length === heading.length &&
  cells.every((cell, column) => cell.replace(/^\ufeff/, '').trim() === heading[column].replace(/^\ufeff/, '').trim());

/** A record as a row; what is over goes to the last column, where unquoted text with commas stands most. */
const rowOf =
  (names: readonly string[], delimiter: string) =>
  ({ cells }: TableRecord): Record<string, string> => {
    const last = names.length - 1;
    const fitted = cells.length > names.length ? [...cells.slice(0, last), cells.slice(last).join(delimiter)] : cells;
    return Object.fromEntries(fitted.map((cell, column) => [names[column], cell === NULL_CELL ? '' : cell]));
  };

async function sampleOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let sample = '';
  for await (const piece of pieces) {
    sample += decodeText(piece);
    if (sample.length >= SAMPLE_CHARACTERS) break;
  }
  return sample.slice(0, SAMPLE_CHARACTERS);
}
