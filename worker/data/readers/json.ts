import { HyenaError } from '../../../main/contract/errors.ts';
import { told, asTold, type Told } from '../../../main/contract/told.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { JsonValueCutter, LONGEST_VALUE } from './json-values.ts';
import { problem, textOf, type ReadContext, type ReaderEvent } from './reader.ts';
import { hasKnownField, rowsToDocuments } from './rows.ts';
import { readText } from './text.ts';

interface Row {
  row: unknown;
  characters: number;
}

/** Counts what could not be parsed. */
class Malformed {
  private count = 0;
  private first: Told = asTold('');
  private parsed = 0;
  private readonly unit: 'line' | 'value';

  constructor(unit: 'line' | 'value') {
    this.unit = unit;
  }

  parse(text: string, number: number): Row | null {
    try {
      const row: unknown = JSON.parse(text);
      this.parsed++;
      return { row, characters: text.length };
    } catch (error) {
      this.note(number, (error as Error).message);
      return null;
    }
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
  }

  get nothingParsed(): boolean {
    return this.parsed === 0 && this.count > 0;
  }
}

async function openJson(input: Input): Promise<AsyncIterable<Uint8Array>> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', told`${input.name} is not JSON: it holds binary data.`);
  return text.pieces();
}

/**
 * JSON: an array whose elements are rows, an object with such an array, or objects one after another. A single object of
 * any other kind (a configuration file) is read as the text it is written in.
 */
export async function* readJson(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const malformed = new Malformed('value');
  const { field } = context.options;
  const single = await singleObject(input);
  if (single) {
    const rows = rowsWithin(single.object, field);
    if (!rows) yield* readText(input);
    else yield* rowsToDocuments(fromArray(rows), input.name, field);
    return;
  }
  yield* rowsToDocuments(cutValues(await openJson(input), malformed), input.name, field);
  yield* malformed.problems(input.name);
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
  yield* rowsToDocuments(withoutNull(rows), input.name, context.options.field);
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
async function singleObject(input: Input): Promise<{ object: Record<string, unknown> } | null> {
  const cutter = new JsonValueCutter();
  let found: Uint8Array | null = null;
  for await (const piece of await openJson(input)) {
    for (const value of cutter.push(piece)) {
      if (found || !value) return null;
      found = Uint8Array.from(value);
    }
    if (cutter.isArray) return null;
  }
  if (!found || found[0] !== 0x7b) return null;
  try {
    return { object: JSON.parse(textOf(found)) as Record<string, unknown> };
  } catch {
    return null;
  }
}

/** The rows of an object: it is one itself, or its longest list holds them. Null where it is neither. */
function rowsWithin(object: Record<string, unknown>, field: string | null): unknown[] | null {
  if (field === null ? hasKnownField(object) : Object.hasOwn(object, field)) return [object];
  const lists = Object.values(object).filter((value): value is unknown[] => Array.isArray(value) && value.length > 0);
  lists.sort((a, b) => b.length - a.length);
  return lists.find((list) => list.slice(0, 20).some((row) => hasKnownField(row))) ?? null;
}
