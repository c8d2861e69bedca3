import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { longestHeader, malformed, parseHeader } from '../../../main/library/checkpoints/safetensors-header.ts';
import { sliceOf, type ByteSource } from '../bytes/byte-source.ts';
import { denseStrides, type StoredTensor } from './stored-tensor.ts';

/** Tensors that were split off their names so that several files hold one model. */
export interface TensorsAndMetadata {
  readonly tensors: StoredTensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** The tensors of a safetensors file; only its header is read. @throws HyenaError `bad-input` */
export async function safetensorsTensors(source: ByteSource): Promise<TensorsAndMetadata> {
  const { name, size } = source;
  if (size < 10) throw malformed(name, msg`the file has only ${size} {0|one: byte|other: bytes}`);
  const length = (await source.read(0, 8)).readBigUInt64LE();
  if (length > BigInt(Math.min(longestHeader, size - 8)))
    throw malformed(name, msg`the header length is ${String(length)} bytes in a file of ${size}`);
  const bytes = await source.read(8, Number(length));
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw malformed(name, msg`the header is not valid UTF-8`, error);
  }
  const { entries, metadata } = parseHeader(name, json, 8 + Number(length), size);
  const tensors = [...entries.values()].map(({ name: tensor, dtype, shape, start, byteLength }): StoredTensor => ({
    ...{ name: tensor, dtype, shape, strides: denseStrides(shape), offset: 0 },
    storage: {
      ...{ id: `${name}/${tensor}`, bytes: sliceOf(source, start, byteLength), bigEndian: false },
    },
  }));
  return { tensors, metadata };
}

/** Whether a file starts as safetensors files do. */
export async function looksLikeSafetensors(source: ByteSource): Promise<boolean> {
  return source.size >= 10 && (await source.read(8, 1))[0] === 0x7b;
}

/** Two files must not hold one name. @throws HyenaError `bad-input` */
export function joinTensors(files: readonly (readonly StoredTensor[])[]): StoredTensor[] {
  const names = new Set<string>();
  for (const { name, storage } of files.flat()) {
    if (names.has(name))
      throw new HyenaError('bad-input', msg`Tensor '${name}' occurs twice, the second time in ${storage.bytes.name}.`);
    names.add(name);
  }
  return files.flat();
}
