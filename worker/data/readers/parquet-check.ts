import { parquetSchema, type ColumnMetaData, type Encoding, type FileMetaData, type SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';

/**
 * Damage that the library does not notice before it is too late: lengths and counts in a broken file that make it fill
 * memory until the process is ended, or leave a promise that nobody hears. Everything here throws `bad-input`.
 */
const MOST_VALUES = 50_000_000;
const LARGEST_PAGE = 1 << 28;

function damaged(what: Message): HyenaError {
  return new HyenaError('bad-input', msg`The Parquet file is damaged: ${what}.`);
}

/** A number of the file's, within bounds. */
function checked(value: unknown, what: Message, least: number, most: number): number {
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : NaN;
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  throw damaged(msg`${what} (${String(value)})`);
}

/** The leaves of the schema, each as the path of nodes that leads to it. */
function leavesOf(tree: SchemaTree, above: readonly SchemaTree[] = []): SchemaTree[][] {
  const path = [...above, tree];
  return tree.children.length === 0 ? [path] : tree.children.flatMap((child) => leavesOf(child, path));
}

/** Where the bytes of a column of a group lie. */
export function chunkRange(meta: ColumnMetaData, fileSize: number): [start: number, end: number] {
  const start = checked(meta.dictionary_page_offset || meta.data_page_offset, msg`invalid column offset`, 4, fileSize);
  return [
    start,
    start + checked(meta.total_compressed_size, msg`invalid compressed size of a column`, 0, fileSize - start),
  ];
}

/** Checks that what the file says of its groups and columns agrees with itself. */
export function checkMetadata(metadata: FileMetaData, fileSize: number): void {
  const leaves = leavesOf(parquetSchema(metadata));
  for (const group of metadata.row_groups) {
    const rows = checked(group.num_rows, msg`invalid row count of a row group`, 0, MOST_VALUES);
    if (group.columns.length !== leaves.length) throw damaged(msg`a row group and the file have different columns`);
    group.columns.forEach(({ meta_data: meta }, index) => {
      const path = leaves[index];
      const expected = path.slice(1).map(({ element }) => element.name);
      if (!meta || meta.path_in_schema.join('\0') !== expected.join('\0'))
        throw damaged(msg`a column has an unexpected name`);
      const values = checked(meta.num_values, msg`invalid value count of a column`, 0, MOST_VALUES);
      const isFlat = getMaxRepetitionLevel(path) === 0;
      if (isFlat ? values !== rows : values < rows)
        throw damaged(msg`a column and its row group have different row counts`);
      checked(meta.total_uncompressed_size, msg`invalid uncompressed size of a column`, 0, Number.MAX_SAFE_INTEGER);
      chunkRange(meta, fileSize);
    });
  }
}

/** Goes through the pages of one column of a group, as far as their counts and lengths. */
export function checkPages(chunk: ArrayBuffer, meta: ColumnMetaData, metadata: FileMetaData): void {
  const path = leavesOf(parquetSchema(metadata)).find(
    (nodes) =>
      nodes
        .slice(1)
        .map(({ element }) => element.name)
        .join('\0') === meta.path_in_schema.join('\0'),
  )!;
  const widths = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)].map(bitWidth);
  const reader = { view: new DataView(chunk), offset: 0 };
  const total = Number(meta.num_values);
  let seen = 0;
  while (seen < total && reader.offset < chunk.byteLength - 1) {
    const header = parquetHeader(reader);
    const packed = checked(
      header.compressed_page_size,
      msg`invalid compressed size of a page`,
      0,
      chunk.byteLength - reader.offset,
    );
    const unpacked = checked(header.uncompressed_page_size, msg`invalid uncompressed size of a page`, 0, LARGEST_PAGE);
    const bytes = new Uint8Array(chunk, reader.offset, packed);
    reader.offset += packed;
    const { dictionary_page_header: dictionary, data_page_header: first, data_page_header_v2: second } = header;
    if (header.type === 'DICTIONARY_PAGE' && dictionary) {
      checked(dictionary.num_values, msg`invalid dictionary size`, 0, Math.min(MOST_VALUES, 8 * unpacked));
    } else if (header.type === 'DATA_PAGE' && first) {
      const count = checked(first.num_values, msg`invalid value count of a page`, 0, total - seen);
      const page = decompressPage(bytes, unpacked, meta.codec, compressors);
      checkFirstVersion(page, first.encoding, widths, count);
      seen += count;
    } else if (header.type === 'DATA_PAGE_V2' && second) {
      const count = checked(second.num_values, msg`invalid value count of a page`, 0, total - seen);
      checked(second.num_nulls, msg`invalid null count of a page`, 0, count);
      checked(second.num_rows, msg`invalid row count of a page`, 0, count);
      const lengths = [second.repetition_levels_byte_length, second.definition_levels_byte_length].map((length) =>
        checked(length, msg`invalid level length of a page`, 0, Math.min(packed, unpacked)),
      );
      const levels = lengths[0] + lengths[1];
      if (levels > Math.min(packed, unpacked)) throw damaged(msg`the levels of a page are longer than the page`);
      if (widths[0] > 0) checkRuns(bytes.subarray(0, lengths[0]), widths[0], count);
      if (widths[1] > 0) checkRuns(bytes.subarray(lengths[0], levels), widths[1], count);
      const body = bytes.subarray(levels);
      const page =
        second.is_compressed === false ? body : decompressPage(body, unpacked - levels, meta.codec, compressors);
      checkDictionaryIndices(page, second.encoding, count);
      seen += count;
    } else throw damaged(msg`unsupported page type ${String(header.type)}`);
  }
}

const bitWidth = (largest: number): number => 32 - Math.clz32(largest);

function checkFirstVersion(page: Uint8Array, encoding: Encoding, widths: readonly number[], count: number): void {
  let at = 0;
  for (const width of widths) {
    if (width === 0) continue;
    if (at + 4 > page.length) throw damaged(msg`a page is truncated within its levels`);
    const length = new DataView(page.buffer, page.byteOffset + at, 4).getUint32(0, true);
    at += 4;
    if (length > page.length - at) throw damaged(msg`the levels of a page are longer than the page`);
    checkRuns(page.subarray(at, at + length), width, count);
    at += length;
  }
  checkDictionaryIndices(page.subarray(at), encoding, count);
}

function checkDictionaryIndices(values: Uint8Array, encoding: Encoding, count: number): void {
  if (encoding !== 'RLE_DICTIONARY' && encoding !== 'PLAIN_DICTIONARY') return;
  // Where all values are empty nothing may follow.
  if (values.length < 2 || values[0] === 0) return;
  if (values[0] > 32) throw damaged(msg`invalid bit width ${values[0]} in a page`);
  // How many are not empty is not known here; more than there are values are too many in any case.
  checkRuns(values.subarray(1), values[0], count, true);
}

/** Walks runs of repeated and of packed numbers (Parquet's RLE/bit-packing hybrid) without reading them. */
function checkRuns(bytes: Uint8Array, width: number, count: number, mayBeFewer = false): void {
  let at = 0;
  let seen = 0;
  while (seen < count && at < bytes.length) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 28) throw damaged(msg`a run of values has no valid length`);
      header += (bytes[at] & 0x7f) * 2 ** shift;
      if ((bytes[at++] & 0x80) === 0) break;
    }
    if (header > 0x7fffffff) throw damaged(msg`a run of values is too long`);
    const isPacked = (header & 1) === 1;
    const values = isPacked ? 8 * (header >>> 1) : header >>> 1;
    // The last packed eight may be filled up, and the last of them be left out.
    if (values > count - seen + (isPacked ? 7 : 0)) throw damaged(msg`a run of values is longer than its page`);
    at += isPacked ? (values * width) / 8 : Math.ceil(width / 8);
    if (values === 0 && mayBeFewer) continue;
    seen += values;
  }
  if (seen < count && !mayBeFewer) throw damaged(msg`a page has fewer levels than values`);
}
