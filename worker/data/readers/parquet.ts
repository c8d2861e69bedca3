import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { ExpansionGuard } from './archive.ts';
import { readAll, type Input } from './input.ts';
import { checkMetadata, checkPages, chunkRange } from './parquet-check.ts';
import type { ReadContext, ReaderEvent } from './reader.ts';
import { chooseText, RowsToDocuments } from './rows.ts';

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
    throw new HyenaError('bad-input', told`It is not a Parquet file, or damaged: ${said(error)}.`, {
      cause: error,
    });
  }
  const { field } = context.options;
  const rowCount = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  if (rowCount === 0) throw new HyenaError('bad-input', 'It has no rows.');
  const whole = new Set<string>();
  const read = async (columns: string[], rowStart: number, rowEnd: number) => {
    await checkColumns(file, metadata, columns, [rowStart, rowEnd], whole);
    return parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors });
  };

  const columns = textColumns(metadata);
  if (field !== null && !columns.includes(field.split('.')[0]))
    throw new HyenaError(
      'bad-input',
      columns.length === 0
        ? told`There is no text column '${field}'; there are none.`
        : told`There is no text column '${field}'; there are ${columns.join(', ')}.`,
    );
  if (columns.length === 0) throw new HyenaError('bad-input', 'It has no column of text.');
  const sample = await read(field === null ? columns : [field.split('.')[0]], 0, Math.min(SAMPLE_ROWS, rowCount));
  const choice = chooseText(sample, field, input.name);
  const documents = new RowsToDocuments(input.name, choice, sample);
  const wanted = [...new Set(documents.fields.map((name) => name.split('.')[0]))];
  if (columns.includes('title') && !wanted.includes('title')) wanted.push('title');
  // A dictionary of few words can stand for more text than any disk holds.
  const guard = new ExpansionGuard(() => file.byteLength);
  for (const [start, end] of rowRanges(metadata, wanted))
    for (const row of await read(wanted, start, end)) {
      context.signal.throwIfAborted();
      for (const event of documents.add(row)) {
        if (event.type === 'text') guard.add(event.content.length);
        yield event;
      }
    }
  yield* documents.end();
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

/** Columns that may hold text: strings, and lists of messages. */
function textColumns(metadata: FileMetaData): string[] {
  return parquetSchema(metadata)
    .children.filter(({ element, children }) => {
      if (children.length > 0) return true;
      const isString = element.converted_type === 'UTF8' || element.logical_type?.type === 'STRING';
      return isString || (element.type === 'BYTE_ARRAY' && element.logical_type === undefined);
    })
    .map(({ element }) => element.name);
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
