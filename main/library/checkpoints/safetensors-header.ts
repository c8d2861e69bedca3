import { z } from 'zod';
import { HyenaError } from '../../contract/errors.ts';
import { msg, toMessage, type Message } from '../../contract/message.ts';

/**
 * The header of a safetensors file (huggingface/safetensors, format 0.x): eight bytes little-endian length, then JSON
 * `{name: {dtype, shape, data_offsets}, __metadata__: {string: string}}`, then the data without gaps.
 */
export const bytesOfDtype = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
} as const;
type SafetensorsDtype = keyof typeof bytesOfDtype;

/** Where a tensor lies: `start` counts from the beginning of the file; `byteLength` is that of the stored values. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly byteLength: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, TensorEntry>;
}

/** The longest header that is read: that of the published implementation. */
export const longestHeader = 100_000_000;

const size = z.int().min(0);
const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(bytesOfDtype) as [SafetensorsDtype, ...SafetensorsDtype[]]),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});

export function malformed(path: string, what: Message, cause?: unknown): HyenaError {
  return new HyenaError('bad-input', msg`${path} is not a valid safetensors file: ${what}.`, {
    hint: 'The file may be truncated or damaged. Copy or download it again.',
    cause,
  });
}

/** How many values a tensor of this shape has. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * Checks and reads the JSON of a header.
 *
 * @param dataStart offset of the data in the file: 8 + the length of the header, bytes
 * @param fileSize bytes; the data must end there
 * @throws HyenaError `bad-input` for JSON that is not a header, duplicate keys, offsets that overlap, leave a gap,
 *   leave the file or do not fit the shape
 */
export function parseHeader(path: string, json: string, dataStart: number, fileSize: number): Header {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw malformed(path, msg`the header is not valid JSON`, error);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw malformed(path, msg`the header is not a JSON object`);
  const duplicate = findDuplicateKey(json);
  if (duplicate !== undefined) throw malformed(path, msg`the header has the duplicate key '${duplicate}'`);

  const metadata = new Map<string, string>();
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '__metadata__') {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw malformed(path, msg`__metadata__ is not an object`);
      for (const [key, text] of Object.entries(value as Record<string, unknown>)) {
        if (typeof text !== 'string') throw malformed(path, msg`the metadata value '${key}' is not a string`);
        metadata.set(key, text);
      }
      continue;
    }
    const result = entrySchema.safeParse(value);
    if (!result.success)
      throw malformed(
        path,
        msg`the entry for tensor '${name}' is malformed (${toMessage(z.prettifyError(result.error))})`,
      );
    const { dtype, shape, data_offsets } = result.data;
    const byteLength = elementCount(shape) * bytesOfDtype[dtype];
    if (!Number.isSafeInteger(byteLength) || data_offsets[1] - data_offsets[0] !== byteLength)
      throw malformed(
        path,
        msg`tensor '${name}' of shape [${shape.join(', ')}] does not match its offsets [${data_offsets.join(', ')}]`,
      );
    entries.push({ name, dtype, shape, start: dataStart + data_offsets[0], byteLength });
  }
  checkLayout(path, entries, dataStart, fileSize);
  return { metadata, entries: new Map(entries.map((entry) => [entry.name, entry])) };
}

/** The tensors must cover the data exactly: no overlap, no gap, nothing behind them. */
function checkLayout(path: string, entries: readonly TensorEntry[], dataStart: number, fileSize: number): void {
  let end = dataStart;
  for (const entry of [...entries].sort((a, b) => a.start - b.start || a.byteLength - b.byteLength)) {
    if (entry.start !== end)
      throw malformed(
        path,
        entry.start < end
          ? msg`tensor '${entry.name}' overlaps the previous tensor`
          : msg`there is a gap before tensor '${entry.name}'`,
      );
    end = entry.start + entry.byteLength;
  }
  if (end !== fileSize) throw malformed(path, msg`the tensors end at byte ${end}, but the file has ${fileSize} bytes`);
}

/** The first key that occurs twice in one object of `json`, which is valid JSON: JSON.parse keeps the last silently. */
function findDuplicateKey(json: string): string | undefined {
  const token = /"(?:[^"\\]|\\.)*"\s*:?|[{}]/gs;
  const seen: Set<string>[] = [];
  for (const [text] of json.matchAll(token)) {
    if (text === '{') seen.push(new Set());
    else if (text === '}') seen.pop();
    else if (text.endsWith(':')) {
      const key = JSON.parse(text.slice(0, -1)) as string;
      const keys = seen.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
