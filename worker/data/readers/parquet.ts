import { isUtf8 } from 'node:buffer';
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
  type SchemaTree,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { mappedColumns, type Columns, type RowMapping } from '../../../main/contract/columns.ts';
import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg, joinMessages, type Message } from '../../../main/contract/message.ts';
import { countInvalid } from '../../../main/library/files/utf8.ts';
import { ExpansionGuard } from './expansion.ts';
import { readAll, type Input } from './input.ts';
import { checkMetadata, checkPages, chunkRange } from './parquet-check.ts';
import { joinList, type JsonObject } from './field-path.ts';
import { foundColumns } from './mapped-rows.ts';
import { problem, decodeText, type ReadContext, type ReaderEvent } from './reader.ts';
import { isRanking } from './ranked-answers.ts';
import { areMessages, type Row } from './row-groups.ts';
import { rowsToDocuments } from './rows.ts';
import { besideFields, describeChoice, chooseText, choiceFields } from './text-choice.ts';

/** Within an archive the whole file has to be in memory. */
const LARGEST_IN_MEMORY = 1 << 29;
/** Text of one column that is unpacked at once. */
const UNPACKED_AT_ONCE = 1 << 25;
const ROWS_AT_ONCE = 1 << 18;
const SAMPLE_ROWS = 100;

/** Parquet, as Hugging Face's data sets come: one column is read, some rows at a time. */
export async function* readParquet(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const file = await asyncBuffer(input);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
    checkMetadata(metadata, file.byteLength);
  } catch (error) {
    if (error instanceof HyenaError) throw error;
    throw new HyenaError('bad-input', msg`Not a Parquet file, or damaged: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  const rowCount = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  if (rowCount === 0) throw new HyenaError('bad-input', 'The file has no rows.');
  const columns = columnsOf(metadata);
  const table = new Table(file, metadata, columns);
  const { field } = context.options;
  yield { type: 'columns', columns: foundColumns(await table.examples(), table.columnNames) };
  const sampled = await table.sampleColumns(field, Math.min(SAMPLE_ROWS, rowCount));
  // Which of several answers is preferred is a number more often than a text.
  const ranking = field === null ? columns.flatMap(({ name }) => (isRanking(name) ? [name] : [])) : [];
  const sample = await table.read([...new Set([...sampled, ...ranking])], 0, Math.min(SAMPLE_ROWS, rowCount));
  const { wanted, note } = wantedOf(sample, columns, sampled, field);
  if (note) yield problem('note', input.name, note);
  const asBytes = wanted.filter((name) => table.bytesAsText.has(name));
  if (asBytes.length > 0)
    yield problem(
      'note',
      input.name,
      msg`Column ${joinList(asBytes)} is not marked as text; its bytes were read as UTF-8.`,
    );
  // A dictionary of few words can stand for more text than any disk holds.
  const guard = new ExpansionGuard(() => file.byteLength);
  async function* rows(): AsyncGenerator<Row> {
    for (const [start, end] of rowRanges(metadata, wanted))
      for (const row of await table.read(wanted, start, end)) {
        context.signal.throwIfAborted();
        yield { row, characters: 0 };
      }
  }
  for await (const event of rowsToDocuments(rows(), input.name, field, {
    enough: context.enough,
    reportChoice: true,
    reportColumns: false,
  })) {
    if (event.type === 'text') guard.add(event.content.length);
    yield event;
  }
  if (table.invalid > 0)
    yield problem(
      'partly-read',
      input.name,
      msg`${table.invalid} byte {0|one: sequence is|other: sequences are} not valid ${'UTF-8'} and {0|one: was|other: were} replaced with U+FFFD.`,
    );
}

/**
 * Which columns are read of all rows, found by looking at the first; what is left out is said as of all rows, the
 * columns without text among it.
 */
function wantedOf(
  sample: readonly JsonObject[],
  columns: readonly Column[],
  sampled: readonly string[],
  field: RowMapping | null,
): { wanted: string[]; note: Message | null } {
  const choice = chooseText(sample, field);
  // One message a row: all that says who speaks and in which chat.
  if (field === null && areMessages(sample.slice(0, 20)))
    return {
      wanted: columns.filter(({ texts, isFlat }) => texts !== 'none' || isFlat).map(({ name }) => name),
      note: null,
    };
  const topOf = (path: string) =>
    columns.find(({ name }) => name === path || path.startsWith(`${name}.`))?.name ?? path;
  const wanted = new Set(choiceFields(choice).map(topOf));
  if (wanted.size === 0) sampled.forEach((name) => wanted.add(name));
  const beside = ['text', 'summary', 'dialogue', 'template'].includes(choice.kind)
    ? ['title']
    : ['title', ...besideFields];
  for (const { name } of columns) if (beside.includes(name.toLowerCase())) wanted.add(name);
  for (const { name } of columns) if (choice.kind === 'ranked' && isRanking(name)) wanted.add(name);
  if (choice.kind === 'preference') wanted.add(topOf(choice.rejected));
  const empty = Object.fromEntries(columns.map(({ name }) => [name, undefined]));
  const whole = sample.map((row) => ({ ...empty, ...row }));
  return { wanted: [...wanted], note: field === null ? describeChoice(choice, whole) : null };
}

/** The rows of a file, checked before they are read. */
class Table {
  /** Columns of bytes that turned out to be text. */
  readonly bytesAsText = new Set<string>();
  /** Sequences in them that are not UTF-8 after all. */
  invalid = 0;
  private readonly file: AsyncBuffer;
  private readonly metadata: FileMetaData;
  private readonly columns: readonly Column[];
  private readonly checked = new Set<string>();

  constructor(file: AsyncBuffer, metadata: FileMetaData, columns: readonly Column[]) {
    this.file = file;
    this.metadata = metadata;
    this.columns = columns;
  }

  /** The columns that may hold the text: all with text in them, or the one that is named. Throws `bad-input` for none. */
  async sampleColumns(field: RowMapping | null, rows: number): Promise<string[]> {
    const { columns } = this;
    const withText = columns.filter(({ texts }) => texts === 'typed').map(({ name }) => name);
    for (const { name } of columns.filter(({ texts }) => texts === 'bytes'))
      if (await this.areTexts(name, rows)) {
        this.bytesAsText.add(name);
        withText.push(name);
      }
    const known = columns.filter(({ name }) => withText.includes(name));
    const paths = joinList(known.flatMap((column) => column.paths));
    if (field !== null && typeof field !== 'string') return this.mapped(field);
    if (field !== null) {
      const top = known.find(({ name }) => name === field) ?? known.find(({ name }) => field.startsWith(`${name}.`));
      if (top) return [top.name];
      if (columns.some(({ name }) => name === field))
        throw new HyenaError(
          'bad-input',
          joinMessages([
            msg`Column '${field}' contains no text.`,
            ...(known.length > 0 ? [msg`Text columns: ${paths}.`] : []),
          ]),
        );
      throw new HyenaError(
        'bad-input',
        known.length === 0
          ? msg`Text column '${field}' not found; the file has no text columns.`
          : msg`Text column '${field}' not found. Text columns: ${paths}.`,
      );
    }
    if (known.length === 0)
      throw new HyenaError(
        'bad-input',
        joinMessages([
          msg`The file has no text column.`,
          msg`Available columns: ${joinList(columns.map(({ name }) => name))}.`,
        ]),
      );
    return known.map(({ name }) => name);
  }

  /** What `--field` and `--columns` take: the paths of texts, and the names of all columns with a value a row. */
  get columnNames(): string[] {
    return this.columns.flatMap(({ name, paths, isFlat }) => (paths.length > 0 ? paths : isFlat ? [name] : []));
  }

  /** The first rows, as far as they can be read: for examples of values. */
  async examples(): Promise<JsonObject[]> {
    const names = this.columns.filter(({ texts, isFlat }) => texts === 'typed' || isFlat).map(({ name }) => name);
    return await this.read(names.slice(0, 50), 0, 3).catch(() => []);
  }

  /** The columns that hold what was put together. Throws `bad-input` for a name that is not there. */
  private mapped(field: Columns): string[] {
    const found = mappedColumns(field).map((wanted) => {
      const plain = wanted.trim().toLowerCase();
      const column =
        this.columns.find(({ name }) => name === wanted) ??
        this.columns.find(({ name }) => wanted.startsWith(`${name}.`)) ??
        this.columns.find(({ name }) => name.trim().toLowerCase() === plain);
      if (column) return column.name;
      throw new HyenaError(
        'bad-input',
        joinMessages([
          msg`Column '${wanted}' not found.`,
          msg`Available columns: ${joinList(this.columns.map(({ name }) => name))}.`,
        ]),
      );
    });
    return [...new Set(found)];
  }

  /** Rows from `start` to `end`, exclusive, with these columns. */
  async read(names: readonly string[], start: number, end: number): Promise<JsonObject[]> {
    const { file, metadata } = this;
    checkCodecs(metadata, names);
    await checkColumns(file, metadata, names, [start, end], this.checked);
    let rows: JsonObject[];
    try {
      rows = (await parquetReadObjects({
        ...{ file, metadata, columns: [...names], rowStart: start, rowEnd: end, compressors },
        utf8: false,
        // As it is written: chats in it are read as those in tables are.
        parsers: { jsonFromBytes: (bytes: Uint8Array) => decodeText(bytes) },
      })) as JsonObject[];
    } catch (error) {
      if (error instanceof HyenaError) throw error;
      throw new HyenaError(
        'bad-input',
        msg`Cannot read the columns ${joinList(names)}: ${messageOf(error)}. Rewrite the file, or save it as JSON Lines.`,
        {
          cause: error,
        },
      );
    }
    const bytes = names.filter((name) => this.bytesAsText.has(name));
    for (const row of rows)
      for (const name of bytes) {
        const value = row[name];
        if (!ArrayBuffer.isView(value)) continue;
        this.invalid += countInvalid(value as Uint8Array);
        row[name] = decodeText(value as Uint8Array);
      }
    return rows;
  }

  /** Whether a column of bytes holds UTF-8 without control characters, so far as the first rows show. */
  private async areTexts(name: string, rows: number): Promise<boolean> {
    const values = (await this.read([name], 0, rows))
      .map((row) => row[name])
      .filter((value) => ArrayBuffer.isView(value)) as Uint8Array[];
    return (
      values.length > 0 &&
      values.every((value) => isUtf8(value) && !value.some((byte) => byte < 9 || (byte > 13 && byte < 32)))
    );
  }
}

const codecs = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'];

function checkCodecs(metadata: FileMetaData, names: readonly string[]): void {
  for (const { columns } of metadata.row_groups)
    for (const { meta_data: meta } of columns)
      if (meta && names.includes(meta.path_in_schema[0]) && !codecs.includes(meta.codec))
        throw new HyenaError(
          'bad-input',
          msg`Column ${meta.path_in_schema[0]} is compressed with ${String(meta.codec)}, which is not supported. Rewrite the file with Snappy, gzip or Zstandard.`,
        );
}

async function asyncBuffer(input: Input): Promise<AsyncBuffer> {
  const { range, size } = input;
  if (!range || size === null) {
    const bytes = await readAll(input, LARGEST_IN_MEMORY);
    return { byteLength: bytes.length, slice: (start, end) => exactBuffer(bytes.subarray(start, end)) };
  }
  // Ranges of rows within a group read the same part of the file again and again.
  let last: { start: number; end: number; buffer: Promise<ArrayBuffer> } | null = null;
  return {
    byteLength: size,
    slice(start, end = size) {
      if (last?.start !== start || last.end !== end)
        last = { start, end, buffer: range(start, end).then((bytes) => exactBuffer(bytes)) };
      return last.buffer;
    },
  };
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}

/** Goes through the pages that are about to be read, those of each group and column once. */
async function checkColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly string[],
  [rowStart, rowEnd]: [number, number],
  known: Set<string>,
): Promise<void> {
  let first = 0;
  for (const [index, group] of metadata.row_groups.entries()) {
    const end = first + Number(group.num_rows);
    const isWanted = first < rowEnd && end > rowStart;
    first = end;
    for (const [column, { meta_data: meta }] of group.columns.entries()) {
      const key = `${index} ${column}`;
      if (!isWanted || !meta || !columns.includes(meta.path_in_schema[0]) || known.has(key)) continue;
      checkPages(await file.slice(...chunkRange(meta, file.byteLength)), meta, metadata);
      known.add(key);
    }
  }
}

/** A column at the top of the schema. */
interface Column {
  name: string;
  /** `typed`: its type says text, or there is such a type within; `bytes`: it may be text. */
  texts: 'typed' | 'bytes' | 'none';
  isFlat: boolean;
  /** What `--field` takes: its name, or the paths of the texts within. */
  paths: string[];
}

function columnsOf(metadata: FileMetaData): Column[] {
  return parquetSchema(metadata).children.map((node) => {
    const { element, children } = node;
    const isFlat = children.length === 0;
    const isBytes =
      isFlat &&
      element.type === 'BYTE_ARRAY' &&
      element.logical_type === undefined &&
      element.converted_type === undefined;
    const paths = textPathsOf(node, element.name);
    return {
      name: element.name,
      texts: paths.length > 0 ? 'typed' : isBytes ? 'bytes' : 'none',
      isFlat,
      paths: isBytes ? [element.name] : paths,
    };
  });
}

const isText = ({ element }: SchemaTree): boolean =>
  element.type === 'BYTE_ARRAY' &&
  (['UTF8', 'JSON', 'ENUM'].includes(element.converted_type ?? '') ||
    ['STRING', 'JSON', 'ENUM'].includes(element.logical_type?.type ?? ''));

/** Lists are three levels deep in a file and one for a person. */
function textPathsOf(node: SchemaTree, path: string): string[] {
  const { children, element } = node;
  if (children.length === 0) return isText(node) ? [path] : [];
  const isList = element.converted_type === 'LIST' || element.logical_type?.type === 'LIST';
  if (isList && children.length === 1) {
    const [repeated] = children;
    const item = repeated.children.length === 1 ? repeated.children[0] : repeated;
    return item.children.length === 0
      ? isText(item)
        ? [path]
        : []
      : item.children.flatMap((child) => textPathsOf(child, `${path}.${child.element.name}`));
  }
  return children.flatMap((child) => textPathsOf(child, `${path}.${child.element.name}`));
}

/** Ranges of rows that unpack to a bounded size, by what the file says of its groups. */
function* rowRanges(metadata: FileMetaData, columns: readonly string[]): Generator<[start: number, end: number]> {
  let first = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const bytes = group.columns
      .filter(({ meta_data }) => meta_data && columns.includes(meta_data.path_in_schema[0]))
      .reduce((sum, { meta_data }) => sum + Number(meta_data!.total_uncompressed_size), 0);
    const parts = Math.max(
      1,
      Math.min(rows, Math.max(Math.ceil(bytes / UNPACKED_AT_ONCE), Math.ceil(rows / ROWS_AT_ONCE))),
    );
    for (let part = 0; part < parts; part++)
      yield [first + Math.floor((rows * part) / parts), first + Math.floor((rows * (part + 1)) / parts)];
    first += rows;
  }
}
