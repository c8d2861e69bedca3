import { Readable } from 'node:stream';
import { parse, type Options } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { problem, textOf, type ReadContext, type ReaderEvent } from './reader.ts';
import { chooseText, rowsToDocuments } from './rows.ts';

/** How a table is written. */
interface Dialect {
  delimiter: string;
  quote: '"' | null;
}

const SAMPLE_BYTES = 1 << 18;
const SAMPLE_RECORDS = 50;
const LONGEST_RECORD = 1 << 27;

const dialects: readonly Dialect[] = [',', '\t', ';', '|'].flatMap((delimiter) => [
  { delimiter, quote: '"' as const },
  { delimiter, quote: null },
]);

const optionsFor = ({ delimiter, quote }: Dialect): Options => ({
  delimiter,
  quote,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: LONGEST_RECORD,
});

/** Tables of values with commas, tabs, semicolons or bars between: a row a document, from one of the columns. */
export async function* readDelimited(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', told`${input.name} is no table: it holds binary data.`);
  const sample = await sampleOf(text.pieces());
  const dialect = chooseDialect(sample);
  const records = parseSample(sample, dialect);
  if (records.length === 0) throw new HyenaError('bad-input', told`There are no rows in ${input.name}.`);
  const { field } = context.options;
  const names = headerOf(records) ?? records[0].map((_, column) => String(column + 1));
  const hasHeader = headerOf(records) !== null;
  // Tells early, and with the columns' names, where the text cannot be found.
  const body = records.slice(hasHeader ? 1 : 0);
  if (body.length > 0) chooseText(body.map(rowOf(names)), field, input.name);

  let skipped = 0;
  const parser = parse({ ...optionsFor(dialect), skip_records_with_error: true, on_skip: () => void skipped++ });
  const source = Readable.from(text.pieces());
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    yield* rowsToDocuments(toRows(parser, names, hasHeader), input.name, field);
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (skipped > 0)
    yield problem('partly-read', input.name, told`${skipped} rows were left out: they are not well formed.`);
}

async function* toRows(
  records: AsyncIterable<unknown>,
  names: readonly string[],
  hasHeader: boolean,
): AsyncGenerator<{ row: unknown; characters: number }> {
  const toRow = rowOf(names);
  let isFirst = hasHeader;
  for await (const record of records as AsyncIterable<string[]>) {
    if (isFirst) isFirst = false;
    else yield { row: toRow(record), characters: record.reduce((sum, cell) => sum + cell.length, 0) };
  }
}

const rowOf =
  (names: readonly string[]) =>
  (record: readonly string[]): Record<string, string> =>
    Object.fromEntries(record.map((cell, column) => [names[column] ?? String(column + 1), cell]));

async function sampleOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let sample = '';
  for await (const piece of pieces) {
    sample += textOf(piece);
    if (sample.length >= SAMPLE_BYTES) break;
  }
  return sample.slice(0, SAMPLE_BYTES);
}

/** The first records; the last one may have been cut and is left out where there are others. */
function parseSample(sample: string, dialect: Dialect): string[][] {
  const records = parseAtOnce(sample, {
    ...optionsFor(dialect),
    skip_records_with_error: true,
    to: SAMPLE_RECORDS,
  });
  return records.length > 1 && records.length < SAMPLE_RECORDS && sample.length >= SAMPLE_BYTES
    ? records.slice(0, -1)
    : records;
}

/** The dialect in which the most rows have the same number of cells, more than one; a single column otherwise. */
function chooseDialect(sample: string): Dialect {
  let best = { dialect: dialects[0], score: 0 };
  const firstLine = sample.slice(0, sample.search(/[\r\n]|$/));
  for (const dialect of dialects) {
    if (!firstLine.includes(dialect.delimiter)) continue;
    const widths = new Map<number, number>();
    let records: string[][];
    try {
      records = parseSample(sample, dialect);
    } catch {
      continue;
    }
    for (const record of records) widths.set(record.length, (widths.get(record.length) ?? 0) + 1);
    const [width, count] = [...widths].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0]);
    const score = width > 1 ? count / Math.max(1, records.length) : 0;
    if (score > best.score) best = { dialect, score };
  }
  // One column: the delimiter is a character that does not occur.
  return best.score >= 0.5 ? best.dialect : { delimiter: '\u0000', quote: sample.startsWith('"') ? '"' : null };
}

/** The columns' names, where the first row holds names rather than values. */
function headerOf(records: readonly string[][]): string[] | null {
  const [first, ...others] = records;
  const cells = first.map((cell) => cell.trim());
  const couldBe =
    new Set(cells).size === cells.length &&
    cells.every((cell) => cell !== '' && cell.length <= 60 && Number.isNaN(Number(cell)) && !/[.!?]$/.test(cell));
  if (!couldBe) return null;
  if (others.length === 0) return cells.length > 1 ? cells : null;
  const average = (column: number) =>
    others.reduce((sum, record) => sum + (record[column]?.length ?? 0), 0) / others.length;
  const isNamed = cells.some((cell) =>
    /^(text|content|body|title|label|id|name|message|sentence|review)s?$/i.test(cell),
  );
  return isNamed || cells.some((cell, column) => average(column) > 2 * cell.length) ? cells : null;
}
