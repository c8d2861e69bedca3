import { type FileHandle, open } from 'node:fs/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import {
  bytesOfDtype,
  elementCount,
  longestHeader,
  malformed,
  parseHeader,
  type Header,
  type SafetensorsDtype,
  type TensorEntry,
} from './safetensors-header.ts';

export type { SafetensorsDtype, TensorEntry } from './safetensors-header.ts';

/** What tensors are read as; F16 and BF16 are widened to Float32Array. */
export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array | Uint16Array | Uint32Array;

/** The types that are written, each from its own typed array. */
const writable = {
  F32: Float32Array,
  I32: Int32Array,
  I64: BigInt64Array,
  U8: Uint8Array,
  U16: Uint16Array,
  U32: Uint32Array,
} as const;
export type WritableDtype = keyof typeof writable;

export interface TensorToWrite {
  readonly name: string;
  readonly dtype: WritableDtype;
  readonly shape: readonly number[];
  /** The values, row-major, or a function that fetches them when their turn comes, so that one at a time is in memory. */
  readonly data: TensorData | (() => TensorData | Promise<TensorData>);
}

/** One read or write call moves at most this much: the system's own limit is below 2 GiB. */
const chunkBytes = 1 << 28;

/** An open safetensors file: the header is read and checked, values are read when asked for. */
export class SafetensorsFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #header: Header;

  private constructor(path: string, file: FileHandle, header: Header) {
    this.path = path;
    this.#file = file;
    this.#header = header;
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
      if (size < 10) throw malformed(path, told`it has ${size} bytes`);
      const length = new DataView(await readBytes(path, file, 0, 8)).getBigUint64(0, true);
      if (length > BigInt(Math.min(longestHeader, size - 8)))
        throw malformed(path, told`it claims a header of ${String(length)} bytes in a file of ${size}`);
      const headerBytes = await readBytes(path, file, 8, Number(length));
      let json: string;
      try {
        json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(headerBytes);
      } catch (error) {
        throw malformed(path, told`its header is not UTF-8`, error);
      }
      if (!json.startsWith('{')) throw malformed(path, told`its header does not begin with {`);
      return new SafetensorsFile(path, file, parseHeader(path, json, 8 + Number(length), size));
    } catch (error) {
      await file.close();
      throw HyenaError.from(error);
    }
  }

  get metadata(): ReadonlyMap<string, string> {
    return this.#header.metadata;
  }

  get names(): string[] {
    return [...this.#header.entries.keys()];
  }

  has(name: string): boolean {
    return this.#header.entries.has(name);
  }

  /** @throws HyenaError `bad-input` where there is no such tensor */
  entry(name: string): TensorEntry {
    const entry = this.#header.entries.get(name);
    if (!entry) throw new HyenaError('bad-input', told`${this.path} holds no tensor named '${name}'.`);
    return entry;
  }

  /**
   * The values of a tensor, row-major, or those of the elements `from` (included) to `to` (excluded).
   *
   * @throws HyenaError `bad-input` for a missing tensor, a range outside of it or a type that is not read (F64, U64,
   *   I16, I8, BOOL)
   */
  async read(name: string, from = 0, to?: number): Promise<TensorData> {
    const entry = this.entry(name);
    const count = elementCount(entry.shape);
    const end = to ?? count;
    if (!(Number.isInteger(from) && Number.isInteger(end) && 0 <= from && from <= end && end <= count))
      throw new HyenaError(
        'bad-input',
        told`Elements ${from} to ${end} lie outside of tensor '${name}', which has ${count}.`,
      );
    const width = bytesOfDtype[entry.dtype];
    const bytes = await readBytes(this.path, this.#file, entry.start + from * width, (end - from) * width);
    return decode(this.path, entry, bytes);
  }

  /** Like `read`, for tensors of floating point numbers. */
  async readFloats(name: string, from = 0, to?: number): Promise<Float32Array> {
    const data = await this.read(name, from, to);
    if (data instanceof Float32Array) return data;
    throw new HyenaError(
      'bad-input',
      told`Tensor '${name}' of ${this.path} is ${this.entry(name).dtype}, not floating point.`,
    );
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

export interface LoadedTensor {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** A whole safetensors file. @throws HyenaError as {@link SafetensorsFile} */
export async function readSafetensors(
  path: string,
): Promise<{ metadata: ReadonlyMap<string, string>; tensors: Map<string, LoadedTensor> }> {
  const file = await SafetensorsFile.open(path);
  try {
    const tensors = new Map<string, LoadedTensor>();
    for (const name of file.names) {
      const { dtype, shape } = file.entry(name);
      tensors.set(name, { dtype, shape, data: await file.read(name) });
    }
    return { metadata: file.metadata, tensors };
  } finally {
    await file.close();
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
  // Wider types first, so that every tensor is aligned; the order is otherwise that of the caller.
  const ordered = [...tensors].sort((a, b) => bytesOfDtype[b.dtype] - bytesOfDtype[a.dtype]);
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
  yield padded;
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
    if (bytesRead === 0) throw malformed(path, told`it ended while it was being read`);
    done += bytesRead;
  }
  return bytes.buffer;
}

function decode(path: string, entry: TensorEntry, bytes: ArrayBuffer): TensorData {
  switch (entry.dtype) {
    case 'F32':
      return new Float32Array(bytes);
    case 'BF16':
      return new Float32Array(Uint32Array.from(new Uint16Array(bytes), (bits) => bits << 16).buffer);
    case 'F16':
      return Float32Array.from(new Uint16Array(bytes), halfToSingle);
    case 'I32':
      return new Int32Array(bytes);
    case 'I64':
      return new BigInt64Array(bytes);
    case 'U8':
      return new Uint8Array(bytes);
    case 'U16':
      return new Uint16Array(bytes);
    case 'U32':
      return new Uint32Array(bytes);
    case 'F64':
    case 'U64':
    case 'I16':
    case 'I8':
    case 'BOOL':
      throw new HyenaError(
        'bad-input',
        told`Tensor '${entry.name}' of ${path} has the type ${entry.dtype}, which is not read.`,
        {
          hint: 'Convert the file to F32, F16 or BF16.',
        },
      );
  }
}

/** IEEE 754 binary16 to a number, subnormals, infinities and NaN included. */
function halfToSingle(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
