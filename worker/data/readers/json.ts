import { HyenaError } from '../../../main/contract/errors.ts';
import { told, asTold, type Told } from '../../../main/contract/told.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { JsonValueCutter, LONGEST_VALUE } from './json-values.ts';
import { problem, textOf, type ReadContext, type ReaderEvent } from './reader.ts';
import { undoubled } from './doubled-utf8.ts';
import { isObject, listed, type Fields } from './field-path.ts';
import { named, rowsIn } from './json-shapes.ts';
import { parseRelaxed } from './json-relaxed.ts';
import { parseMessages } from './messages.ts';
import type { Row } from './row-groups.ts';
import { rowsToDocuments } from './rows.ts';
import { headingOf } from './table-heading.ts';
import { readText } from './text.ts';

/** Up to this size an object without rows is a configuration file, which is read as the text that it is written in. */
const LARGEST_CONFIGURATION = 1 << 16;

/** Counts what could not be parsed. */
class Malformed {
  private count = 0;
  private first: Told = asTold('');
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
      const relaxed = parseRelaxed(text);
      if (relaxed) {
        this.parsed++;
        if (this.relaxed++ === 0) this.firstRelaxed = number;
        return { row: relaxed.value, characters: text.length };
      }
      this.note(number, (error as Error).message);
      return null;
    }
  }

  /** Strings whose UTF-8 was written byte by byte are put right, with a count. */
  repaired(text: string, value: unknown): unknown {
    const found = undoubled(text, value);
    this.doubled += found?.strings ?? 0;
    return found ? found.value : value;
  }

  note(number: number, message: string): void {
    if (this.count++ === 0) {
      const reason = asTold(message.slice(0, 200));
      this.first = this.unit === 'line' ? told`line ${number}: ${reason}` : told`value ${number}: ${reason}`;
    }
    // Rubbish to the end of a large file would otherwise be tried piece by piece.
    if (this.parsed === 0 && this.count >= 1000) throw this.failure();
  }

  failure(): HyenaError {
    return new HyenaError('bad-input', told`It is not JSON. ${this.first}`);
  }

  *problems(source: string): Generator<ReaderEvent> {
    if (this.count > 0)
      yield problem(
        'partly-read',
        source,
        this.unit === 'line'
          ? told`${this.count} lines that are not JSON were left out; ${this.first}`
          : told`${this.count} values that are not JSON were left out; ${this.first}`,
      );
    if (this.doubled > 0)
      yield problem(
        'note',
        source,
        told`${this.doubled} strings were written as the bytes of their UTF-8 (as Facebook exports them) and were read as they are meant.`,
      );
    if (this.relaxed > 0)
      yield problem(
        'note',
        source,
        this.unit === 'line'
          ? told`${this.relaxed} lines are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is line ${this.firstRelaxed}.`
          : told`${this.relaxed} values are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is value ${this.firstRelaxed}.`,
      );
  }

  get nothingParsed(): boolean {
    return this.parsed === 0 && this.count > 0;
  }
}

async function openJson(input: Input): Promise<AsyncIterable<Uint8Array>> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', 'It is not JSON: it holds binary data.');
  return text.pieces();
}

/**
 * JSON: an array whose elements are rows, an object that holds rows (json-shapes.ts), or objects one after another. A
 * small object without any (a configuration file) is read as the text it is written in, which is said.
 */
export async function* readJson(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const malformed = new Malformed('value');
  const { field } = context.options;
  const enough = context.enough;
  const single = await singleObject(input, malformed);
  if (single) {
    const found = rowsIn(single.object, field);
    const keys = listed(Object.keys(single.object));
    if (found) {
      if (found.from) yield problem('note', input.name, found.from);
      yield* rowsToDocuments(tabular(fromArray(found.rows)), input.name, field, { enough });
      yield* malformed.problems(input.name);
    } else if (field !== null)
      throw new HyenaError('bad-input', told`There is no '${field}' with text. Its fields are ${keys}.`);
    else if (single.length > LARGEST_CONFIGURATION || isMap(single.object))
      throw new HyenaError(
        'bad-input',
        told`It is an object without rows of text. Its fields are ${keys}. Name the field that holds the text, or save the texts as JSON lines.`,
      );
    else {
      yield* readText(input);
      yield problem(
        'note',
        input.name,
        told`No rows of text were found in it, so it was read as the text it is written in, as a configuration file. Its fields are ${keys}.`,
      );
    }
    return;
  }
  yield* rowsToDocuments(tabular(cutValues(await openJson(input), malformed)), input.name, field, { enough });
  yield* malformed.problems(input.name);
}

/** GeoJSON and its kin: coordinates rather than text. */
const isMap = (object: Fields): boolean =>
  object.type === 'FeatureCollection' || object.type === 'Feature' || object.type === 'Topology';

/** Rows that are lists of values become rows with names: those of the first list, if it is a heading, or numbers. */
async function* tabular(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let sample: Row[] = [];
  let names: string[] | null | undefined;
  const isCells = ({ row }: Row) => Array.isArray(row) && row.every((cell) => !isObject(cell) && !Array.isArray(cell));
  const cellsOf = ({ row }: Row) => (row as (string | number | boolean | null)[]).map((cell) => String(cell ?? ''));
  function* decide(): Generator<Row> {
    const isTable = sample.length > 0 && sample.every(isCells) && !sample.some(({ row }) => parseMessages(row));
    const heading = isTable ? headingOf(sample.map(cellsOf)) : null;
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

/** One JSON value a line. Lines that are not JSON are left out with a count. */
export async function* readJsonLines(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const lines = lineRows(await openJson(input), new Malformed('line'));
  const first = await lines.next();
  await lines.return(undefined);
  // Called lines, but one value is spread over several of them.
  if (first.done || first.value === null) {
    yield* readJson(input, context);
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
  for await (const line of linesOf(pieces)) {
    number++;
    if (line === null) {
      malformed.note(number, 'it is too long');
      continue;
    }
    const text = textOf(line);
    if (text.trim() !== '') yield malformed.parse(text, number);
  }
  if (malformed.nothingParsed) throw malformed.failure();
}

/** Lines without their ends; null for one that is too long to keep. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let kept: Uint8Array[] = [];
  let length = 0;
  const take = (last: Uint8Array): Uint8Array | null => {
    const whole = length === 0 ? last : length + last.length > LONGEST_VALUE ? null : Buffer.concat([...kept, last]);
    kept = [];
    length = 0;
    return whole;
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, start)) {
      yield take(piece.subarray(start, end));
      start = end + 1;
    }
    if (start === piece.length) continue;
    length += piece.length - start;
    if (length > LONGEST_VALUE) kept = [];
    else kept.push(Uint8Array.from(piece.subarray(start)));
  }
  if (length > 0) yield take(new Uint8Array(0));
}

async function* cutValues(pieces: AsyncIterable<Uint8Array>, malformed: Malformed): AsyncGenerator<Row> {
  const cutter = new JsonValueCutter();
  let number = 0;
  const parse = (bytes: Uint8Array | null): Row | null => {
    number++;
    if (bytes) return malformed.parse(textOf(bytes), number);
    malformed.note(number, 'it is too long');
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
async function singleObject(input: Input, malformed: Malformed): Promise<{ object: Fields; length: number } | null> {
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
  const text = textOf(found);
  const parsed = parseStrict(text) ?? parseRelaxed(text);
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
