import { crc32 } from 'node:zlib';

/** Writes files as torch.save does, so that tests can break them. */
export class PickleWriter {
  readonly #pieces: Buffer[] = [Buffer.from([0x80, 2])];

  raw(...codes: (number | string | Buffer)[]): this {
    for (const code of codes)
      this.#pieces.push(
        typeof code === 'number' ? Buffer.of(code) : typeof code === 'string' ? Buffer.from(code, 'latin1') : code,
      );
    return this;
  }

  text(text: string): this {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return this.raw('X', length, bytes);
  }

  integer(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return this.raw('J', bytes);
  }

  global(module: string, name: string): this {
    return this.raw(`c${module}\n${name}\n`);
  }

  integers(values: readonly number[]): this {
    this.raw('(');
    for (const value of values) this.integer(value);
    return this.raw('t');
  }

  /** A tensor by the call of `_rebuild_tensor_v2`. */
  tensor({ key, type, count, offset = 0, shape, strides, legacy = false }: TensorToPickle): this {
    this.global('torch._utils', '_rebuild_tensor_v2').raw('(', '(').text('storage').global('torch', type);
    this.text(key).text('cpu').integer(count);
    if (legacy) this.raw('N');
    this.raw('t', 'Q').integer(offset).integers(shape).integers(strides).raw('\x89');
    return this.global('collections', 'OrderedDict').raw(')', 'R', 't', 'R');
  }

  bytes(): Buffer {
    return Buffer.concat([...this.#pieces, Buffer.from('.')]);
  }
}

export interface TensorToPickle {
  key: string;
  type: string;
  count: number;
  offset?: number;
  shape: readonly number[];
  strides: readonly number[];
  legacy?: boolean;
}

/** A state dict of tensors. */
export function stateDict(tensors: Record<string, TensorToPickle>): Buffer {
  const writer = new PickleWriter().raw('}', '(');
  for (const [name, tensor] of Object.entries(tensors)) writer.text(name).tensor(tensor);
  return writer.raw('u').bytes();
}

/** A zip file of stored entries. */
export function zipOf(files: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    local.copy(central, 16, 14, 26);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    directory.push(central, Buffer.from(name));
    parts.push(local, Buffer.from(name), content);
    at += 30 + name.length + content.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

/** A file as torch.save writes it. @param storages bytes by their keys */
export const torchZip = (pickle: Buffer, storages: Record<string, Buffer>, byteOrder = 'little'): Buffer =>
  zipOf({
    'archive/data.pkl': pickle,
    'archive/byteorder': Buffer.from(byteOrder),
    ...Object.fromEntries(Object.entries(storages).map(([key, bytes]) => [`archive/data/${key}`, bytes])),
  });

/** A file of the format before zip files. */
export function torchLegacy(
  pickle: Buffer,
  storages: Record<string, { bytes: Buffer; count: number }>,
  little = true,
): Buffer {
  const magic = Buffer.from([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]);
  const protocol = Buffer.from([0x80, 2, 0x4d, 0xe9, 0x03, 0x2e]);
  const system = new PickleWriter()
    .raw('}', '(')
    .text('little_endian')
    .raw(little ? '\x88' : '\x89', 'u')
    .bytes();
  const keys = new PickleWriter().raw(']', '(');
  for (const key of Object.keys(storages)) keys.text(key);
  const data = Object.values(storages).flatMap(({ bytes, count }) => {
    const size = Buffer.alloc(8);
    size.writeBigInt64LE(BigInt(count));
    return [size, bytes];
  });
  return Buffer.concat([magic, protocol, system, pickle, keys.raw('e').bytes(), ...data]);
}

export const floats = (...values: number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);
