import { type FileHandle, open } from 'node:fs/promises';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import {
  bytesOfDtype,
  elementCount,
  longestHeader,
  malformed,
  parseHeader,
  type Header,
  type TensorEntry,
} from './safetensors-header.ts';
import { singlesOfBf16 } from '../../contract/logic/bf16.ts';
import { unpackRows, type PackedWeight, type WeightType } from '../../contract/logic/weight-format.ts';
import { singlesOfF16 } from './half-precision.ts';
import { parseQuantised, scalesName, type QuantisedWeights } from './quantised-weights.ts';

export type { TensorEntry } from './safetensors-header.ts';

/** What tensors are read as; F16 and BF16 are widened to Float32Array. */
export type TensorData = Float32Array | Int32Array | BigInt64Array | Int8Array | Uint8Array | Uint16Array | Uint32Array;

/** The types that are written, each from its own typed array. */
const writable = {
  F32: Float32Array,
  I32: Int32Array,
  I64: BigInt64Array,
  I8: Int8Array,
  U8: Uint8Array,
  U16: Uint16Array,
  U32: Uint32Array,
} as const;
type WritableDtype = keyof typeof writable;

export interface TensorToWrite {
  readonly name: string;
  readonly dtype: WritableDtype;
  readonly shape: readonly number[];
  /** The values, row-major, or a function that fetches them when their turn comes, so that one at a time is in memory. */
  readonly data: TensorData | (() => TensorData | Promise<TensorData>);
}

/** One read or write call moves at most this much: the system's own limit is below 2 GiB. */
const chunkBytes = 1 << 28;

/**
 * An open safetensors file: the header is read and checked, values are read when requested. A quantised weight
 * (quantised-weights.ts) is one tensor here: it is found under its own name, and read as the numbers that it stands for.
 */
export class SafetensorsFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #header: Header;
  readonly #quantised: QuantisedWeights;

  private constructor(path: string, file: FileHandle, header: Header) {
    this.path = path;
    this.#file = file;
    this.#header = header;
    this.#quantised = parseQuantised(path, header);
  }

  /** @throws HyenaError `not-found`, or `bad-input` where the header is malformed */
  static async open(path: string): Promise<SafetensorsFile> {
    let file: FileHandle;
    try {
      file = await open(path, 'r');
    } catch (error) {
      throw HyenaError.from(error);
    }
    try {
      const { size } = await file.stat();
      if (size < 10) throw malformed(path, msg`the file has only ${size} {0|one: byte|other: bytes}`);
      const length = new DataView(await readBytes(path, file, 0, 8)).getBigUint64(0, true);
      if (length > BigInt(Math.min(longestHeader, size - 8)))
        throw malformed(path, msg`the header length is ${String(length)} bytes in a file of ${size}`);
      const headerBytes = await readBytes(path, file, 8, Number(length));
      let json: string;
      try {
        json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(headerBytes);
      } catch (error) {
        throw malformed(path, msg`the header is not valid UTF-8`, error);
      }
      if (!json.startsWith('{')) throw malformed(path, msg`the header does not start with {`);
      return new SafetensorsFile(path, file, parseHeader(path, json, 8 + Number(length), size));
    } catch (error) {
      await file.close();
      throw HyenaError.from(error);
    }
  }

  get metadata(): ReadonlyMap<string, string> {
    return this.#header.metadata;
  }

  /** How its matrices are kept. */
  get weightType(): WeightType {
    const [quantised] = this.#quantised.values();
    if (quantised) return quantised.type;
    const isHalf = [...this.#header.entries.values()].some(
      ({ dtype, shape }) => dtype === 'BF16' && shape.length === 2,
    );
    return isHalf ? 'bf16' : 'fp32';
  }

  get names(): string[] {
    const scales = new Set([...this.#quantised.keys()].map(scalesName));
    return [...this.#header.entries.keys()].filter((name) => !scales.has(name));
  }

  has(name: string): boolean {
    return this.#header.entries.has(name);
  }

  /** @throws HyenaError `bad-input` if there is no such tensor */
  entry(name: string): TensorEntry {
    const entry = this.#header.entries.get(name);
    if (!entry) throw new HyenaError('bad-input', msg`${this.path} has no tensor named '${name}'.`);
    return entry;
  }

  /**
   * The values of a tensor, row-major, or those of the elements `from` (included) to `to` (excluded).
   *
   * @throws HyenaError `bad-input` for a missing tensor, a range outside of it or a type that is not read (F64, U64,
   *   I16, BOOL)
   */
  async read(name: string, from = 0, to?: number): Promise<TensorData> {
    const entry = this.entry(name);
    const count = elementCount(entry.shape);
    const end = to ?? count;
    if (!(Number.isInteger(from) && Number.isInteger(end) && 0 <= from && from <= end && end <= count))
      throw new HyenaError(
        'bad-input',
        msg`Elements ${from} to ${end} are out of range: tensor '${name}' has ${count}.`,
      );
    const width = bytesOfDtype[entry.dtype];
    const bytes = await readBytes(this.path, this.#file, entry.start + from * width, (end - from) * width);
    return decode(this.path, entry, bytes);
  }

  /** The shape of a tensor, of a quantised weight that of its numbers. @throws HyenaError `bad-input` if there is none */
  shapeOf(name: string): readonly number[] {
    return this.#quantised.get(name)?.shape ?? this.entry(name).shape;
  }

  /** A matrix as it is kept; null for types that are not packed. @throws HyenaError `bad-input` if there is none */
  async readPacked(name: string): Promise<PackedWeight | null> {
    const { dtype, shape, start, byteLength } = this.entry(name);
    const quantised = this.#quantised.get(name);
    if (!quantised && !(dtype === 'BF16' && shape.length === 2)) return null;
    const [rows, columns] = quantised?.shape ?? shape;
    const values = new Uint8Array(await readBytes(this.path, this.#file, start, byteLength));
    if (!quantised) return { type: 'bf16', rows, columns, values, scales: new Uint16Array(0) };
    const of = this.entry(scalesName(name));
    const scales = new Uint16Array(await readBytes(this.path, this.#file, of.start, of.byteLength));
    return { type: quantised.type, rows, columns, values, scales };
  }

  /** Like `read`, for tensors of floating point numbers; of a quantised weight all of them. */
  async readFloats(name: string, from = 0, to?: number): Promise<Float32Array> {
    if (this.#quantised.has(name)) {
      const whole = unpackRows((await this.readPacked(name))!);
      return from === 0 && to === undefined ? whole : whole.slice(from, to);
    }
    const data = await this.read(name, from, to);
    if (data instanceof Float32Array) return data;
    throw new HyenaError(
      'bad-input',
      msg`Tensor '${name}' in ${this.path} has type ${this.entry(name).dtype}, which is not a floating-point type.`,
    );
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/**
 * The bytes of a safetensors file, piece by piece: one tensor at a time is in memory.
 *
 * @throws HyenaError `internal` where names repeat or values do not fit shape and type
 */
export async function* safetensorsPieces(
  tensors: Iterable<TensorToWrite>,
  metadata: Readonly<Record<string, string>> = {},
): AsyncGenerator<Uint8Array> {
  const ordered = alignedOrder(tensors);
  yield safetensorsHeader(ordered, metadata);
  for (const tensor of ordered) {
    const data = typeof tensor.data === 'function' ? await tensor.data() : tensor.data;
    if (!(data instanceof writable[tensor.dtype]) || data.length !== elementCount(tensor.shape))
      throw new HyenaError(
        'internal',
        `Tensor '${tensor.name}' (${tensor.dtype} [${tensor.shape.join(', ')}]) was given ${data.length} values in a ${data.constructor.name}.`,
      );
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
}

/** Tensors in an order in which every one is aligned: wider types first, otherwise as they came. */
export const alignedOrder = <Tensor extends { readonly dtype: TensorEntry['dtype'] }>(
  tensors: Iterable<Tensor>,
): Tensor[] => [...tensors].sort((a, b) => bytesOfDtype[b.dtype] - bytesOfDtype[a.dtype]);

/**
 * What a safetensors file begins with.
 *
 * @param ordered the tensors in the order in which their values follow
 * @throws HyenaError `internal` where names repeat
 */
export function safetensorsHeader(
  ordered: readonly Pick<TensorEntry, 'name' | 'dtype' | 'shape'>[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [['__metadata__', metadata]] : [];
  const names = new Set(['__metadata__']);
  let offset = 0;
  for (const { name, dtype, shape } of ordered) {
    if (names.has(name)) throw new HyenaError('internal', `Two tensors to write have the name '${name}'.`);
    names.add(name);
    const end = offset + elementCount(shape) * bytesOfDtype[dtype];
    header.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  const json = Buffer.from(
    `{${header.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
  );
  const padded = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  padded.writeBigUInt64LE(BigInt(padded.length - 8));
  json.copy(padded, 8);
  return padded;
}

/**
 * Writes a safetensors file and flushes it to the disk. Existing content is replaced; for an atomic replacement write
 * {@link safetensorsPieces} with `writeFileAtomic`.
 *
 * @throws HyenaError `internal` as {@link safetensorsPieces}, `disk-full`, or the system's
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<TensorToWrite>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  try {
    const file = await open(path, 'w');
    try {
      for await (const piece of safetensorsPieces(tensors, metadata)) await writeBytes(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw HyenaError.from(error);
  }
}

async function writeBytes(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, Math.min(chunkBytes, bytes.length - done));
    done += bytesWritten;
  }
}

async function readBytes(path: string, file: FileHandle, start: number, length: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, Math.min(chunkBytes, length - done), start + done);
    if (bytesRead === 0) throw malformed(path, msg`the file was truncated while it was being read`);
    done += bytesRead;
  }
  return bytes.buffer;
}

function decode(path: string, entry: TensorEntry, bytes: ArrayBuffer): TensorData {
  switch (entry.dtype) {
    case 'F32':
      return new Float32Array(bytes);
    case 'BF16':
      return singlesOfBf16(new Uint16Array(bytes));
    case 'F16':
      return singlesOfF16(new Uint16Array(bytes));
    case 'I32':
      return new Int32Array(bytes);
    case 'I64':
      return new BigInt64Array(bytes);
    case 'I8':
      return new Int8Array(bytes);
    case 'U8':
      return new Uint8Array(bytes);
    case 'U16':
      return new Uint16Array(bytes);
    case 'U32':
      return new Uint32Array(bytes);
    case 'F64':
    case 'U64':
    case 'I16':
    case 'BOOL':
    case 'F8_E4M3':
    case 'F8_E5M2':
      throw new HyenaError(
        'bad-input',
        msg`Tensor '${entry.name}' in ${path} has type ${entry.dtype}, which is not supported.`,
        {
          hint: 'Convert the file to F32, F16 or BF16.',
        },
      );
  }
}
