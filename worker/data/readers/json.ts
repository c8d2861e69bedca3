import { mappedColumns } from '../../../main/contract/columns.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, toMessage, type Message } from '../../../main/contract/message.ts';
import { linesOf } from '../../../main/library/files/lines.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { JsonValueCutter, LONGEST_VALUE } from './json-values.ts';
import { problem, decodeText, type ReadContext, type ReaderEvent } from './reader.ts';
import { repairDoubleUtf8 } from './doubled-utf8.ts';
import { isObject, isProse, joinList, type JsonObject } from './field-path.ts';
import { named, rowsIn } from './json-shapes.ts';
import { parseRelaxed } from './json-relaxed.ts';
import { parseMessages } from './messages.ts';
import type { Row } from './row-groups.ts';
import { rowsToDocuments } from './rows.ts';
import { detectHeading } from './table-heading.ts';
import { readText } from './text.ts';

/** Up to this size an object without rows is a configuration file, which is read as the text that it is written in. */
const LARGEST_CONFIGURATION = 1 << 16;

/** Counts what could not be parsed. */
class Malformed {
  private count = 0;
  private first: Message = toMessage('');
  private parsed = 0;
  private relaxed = 0;
  private firstRelaxed = 0;
  private doubled = 0;
  private readonly unit: 'line' | 'value';

  constructor(unit: 'line' | 'value') {
    this.unit = unit;
  }

  parse(text: string, number: number): Row | null {
    try {
      const row = this.repaired(text, JSON.parse(text));
      this.parsed++;
      return { row, characters: text.length };
    } catch (error) {
      const relaxed = this.relax(text, number);
      if (relaxed) {
        this.parsed++;
        return { row: relaxed.value, characters: text.length };
      }
      this.note(number, (error as Error).message);
      return null;
    }
  }

  /** A value that is not strict JSON, with a count; null for what is not a value at all. */
  relax(text: string, number: number): { value: unknown } | null {
    const relaxed = parseRelaxed(text);
    if (relaxed && this.relaxed++ === 0) this.firstRelaxed = number;
    return relaxed;
  }

  /** Strings whose UTF-8 was written byte by byte are put right, with a count. */
  repaired(text: string, value: unknown): unknown {
    const found = repairDoubleUtf8(text, value);
    this.doubled += found?.strings ?? 0;
    return found ? found.value : value;
  }

  note(number: number, message: string): void {
    if (this.count++ === 0) {
      const reason = toMessage(message.slice(0, 200));
      this.first = this.unit === 'line' ? msg`line ${number}: ${reason}` : msg`value ${number}: ${reason}`;
    }
    // Rubbish to the end of a large file would otherwise be tried piece by piece.
    if (this.parsed === 0 && this.count >= 1000) throw this.failure();
  }

  failure(): HyenaError {
    return new HyenaError('bad-input', msg`Not valid JSON. ${this.first}`);
  }

  *problems(source: string): Generator<ReaderEvent> {
    if (this.count > 0)
      yield problem(
        'partly-read',
        source,
        this.unit === 'line'
          ? msg`${this.count} {0|one: line is|other: lines are} not valid JSON and {0|one: was|other: were} skipped; ${this.first}`
          : msg`${this.count} {0|one: value is|other: values are} not valid JSON and {0|one: was|other: were} skipped; ${this.first}`,
      );
    if (this.doubled > 0)
      yield problem(
        'note',
        source,
        msg`${this.doubled} {0|one: string was|other: strings were} double-encoded UTF-8 (as in Facebook exports) and {0|one: was|other: were} decoded.`,
      );
    if (this.relaxed > 0)
      yield problem(
        'note',
        source,
        this.unit === 'line'
          ? msg`${this.relaxed} {0|one: line is|other: lines are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: line ${this.firstRelaxed}.`
          : msg`${this.relaxed} {0|one: value is|other: values are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: value ${this.firstRelaxed}.`,
      );
  }

  get nothingParsed(): boolean {
    return this.parsed === 0 && this.count > 0;
  }
}

async function openJson(input: Input): Promise<AsyncIterable<Uint8Array>> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', 'Not JSON: the file contains binary data.');
  return text.pieces();
}

/**
 * JSON: an array whose elements are rows, an object that holds rows (json-shapes.ts), or objects one after another. A
 * small object without any (a configuration file) is read as the text it is written in, which is said.
 */
export async function* readJsonDocuments(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const malformed = new Malformed('value');
  const { field } = context.options;
  const enough = context.enough;
  const single = await singleObject(input, malformed);
  if (single) {
    const found = rowsIn(single.object, field);
    const keys = joinList(Object.keys(single.object));
    if (found) {
      if (found.from) yield problem('note', input.name, found.from);
      yield* rowsToDocuments(tabular(fromArray(found.rows)), input.name, field, { enough });
      yield* malformed.problems(input.name);
    } else if (field !== null)
      throw new HyenaError(
        'bad-input',
        msg`No field '${mappedColumns(field).join(', ')}' with text. Available fields: ${keys}.`,
      );
    else if (Object.keys(single.object).length === 0) throw new HyenaError('bad-input', 'No rows found.');
    else if (single.length > LARGEST_CONFIGURATION || isMap(single.object))
      throw new HyenaError(
        'bad-input',
        msg`The file is an object without rows of text. Available fields: ${keys}. Choose the text field, or save the texts as JSON Lines.`,
      );
    else {
      yield* readText(input);
      yield problem(
        'note',
        input.name,
        msg`No rows of text found; the file was read as plain text, like a configuration file. Available fields: ${keys}.`,
      );
    }
    return;
  }
  yield* rowsToDocuments(tabular(cutValues(await openJson(input), malformed)), input.name, field, { enough });
  yield* malformed.problems(input.name);
}

/** GeoJSON and its kin: coordinates rather than text. */
const isMap = (object: JsonObject): boolean =>
  object.type === 'FeatureCollection' || object.type === 'Feature' || object.type === 'Topology';

/** Rows that are lists of values become rows with names: those of the first list, if it is a heading, or numbers. */
async function* tabular(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let sample: Row[] = [];
  let names: string[] | null | undefined;
  const isCells = ({ row }: Row) => Array.isArray(row) && row.every((cell) => !isObject(cell) && !Array.isArray(cell));
  const cellsOf = ({ row }: Row) => (row as (string | number | boolean | null)[]).map((cell) => String(cell ?? ''));
  function* decide(): Generator<Row> {
    const isTable =
      sample.length > 0 &&
      sample.every(isCells) &&
      !areParagraphs(sample.map(({ row }) => row as unknown[])) &&
      !sample.some(({ row }) => parseMessages(row));
    const heading = isTable ? detectHeading(sample.map(cellsOf)) : null;
    names = isTable ? (heading?.names ?? []) : null;
    for (const row of heading ? sample.slice(1) : sample) yield name(row);
    sample = [];
  }
  const name = (row: Row): Row =>
    names && Array.isArray(row.row) ? { ...row, row: named(names, row.row as unknown[]) } : row;
  for await (const row of rows) {
    if (names !== undefined) yield name(row);
    else {
      sample.push(row);
      if (sample.length >= 50 || !isCells(row)) yield* decide();
    }
  }
  if (names === undefined) yield* decide();
}

/** Lists of different lengths that hold sentences are texts in paragraphs rather than the cells of a table. */
const areParagraphs = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.some(({ length }) => length !== rows[0].length) &&
  rows.flat().every((cell) => typeof cell === 'string' && isProse(cell));

/** One JSON value a line. Lines that are not JSON are left out with a count. */
export async function* readJsonLines(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const lines = lineRows(await openJson(input), new Malformed('line'));
  const first = await lines.next();
  await lines.return(undefined);
  // Called lines, but one value is spread over several of them.
  if (first.done || first.value === null) {
    yield* readJsonDocuments(input, context);
    return;
  }
  const malformed = new Malformed('line');
  const rows = lineRows(await openJson(input), malformed);
  yield* rowsToDocuments(tabular(withoutNull(rows)), input.name, context.options.field, { enough: context.enough });
  yield* malformed.problems(input.name);
}

async function* withoutNull(rows: AsyncIterable<Row | null>): AsyncGenerator<Row> {
  for await (const row of rows) if (row) yield row;
}

async function* fromArray(rows: readonly unknown[]): AsyncGenerator<Row> {
  for (const row of rows) yield await Promise.resolve({ row, characters: 0 });
}

/** The rows of lines; null for a line that is not JSON. */
async function* lineRows(pieces: AsyncIterable<Uint8Array>, malformed: Malformed): AsyncGenerator<Row | null> {
  let number = 0;
  for await (const line of linesOf(pieces, LONGEST_VALUE)) {
    number++;
    if (line === null) {
      malformed.note(number, 'too long');
      continue;
    }
    const text = decodeText(line);
    if (text.trim() !== '') yield malformed.parse(text, number);
  }
  if (malformed.nothingParsed) throw malformed.failure();
}

async function* cutValues(pieces: AsyncIterable<Uint8Array>, malformed: Malformed): AsyncGenerator<Row> {
  const cutter = new JsonValueCutter();
  let number = 0;
  const parse = (bytes: Uint8Array | null): Row | null => {
    number++;
    if (bytes) return malformed.parse(decodeText(bytes), number);
    malformed.note(number, 'too long');
    return null;
  };
  for await (const piece of pieces) {
    for (const bytes of cutter.push(piece)) {
      const row = parse(bytes);
      if (row) yield row;
    }
  }
  for (const bytes of cutter.end()) {
    const row = parse(bytes);
    if (row) yield row;
  }
  if (malformed.nothingParsed) throw malformed.failure();
}

/** Whether the file is one object, and that object; null for an array, several values, or what does not parse. */
async function singleObject(
  input: Input,
  malformed: Malformed,
): Promise<{ object: JsonObject; length: number } | null> {
  const cutter = new JsonValueCutter();
  let found: Uint8Array | null = null;
  for await (const piece of await openJson(input)) {
    for (const value of cutter.push(piece)) {
      if (found || !value) return null;
      found = Uint8Array.from(value);
    }
    if (cutter.wasArray) return null;
  }
  if (!found || found[0] !== 0x7b) return null;
  const text = decodeText(found);
  const parsed = parseStrict(text) ?? malformed.relax(text, 1);
  const object = parsed && malformed.repaired(text, parsed.value);
  return isObject(object) ? { object, length: found.length } : null;
}

function parseStrict(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
