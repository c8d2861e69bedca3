import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { singlesOfBf16 } from '../../../main/contract/logic/bf16.ts';
import { singlesOfF16 } from '../../../main/library/checkpoints/half-precision.ts';
import { bytesOfType, countOf, isDense, type StoredTensor, type StoredType } from './stored-tensor.ts';

/** The largest tensor that may lie across its storage: all that it spans is read at once. */
const largestSpan = 1 << 29;

const floating: ReadonlySet<StoredType> = new Set(['F64', 'F32', 'F16', 'BF16']);

/**
 * Rows of a tensor along its first axis as fp32. Integers are not weights.
 *
 * @throws HyenaError `bad-input` for a type that weights do not have, or where the file ends before
 */
export async function readRows(tensor: StoredTensor, first: number, count: number): Promise<Float32Array> {
  return toSingles(await readStoredRows(tensor, first, count), tensor.dtype);
}

/** All of a tensor as fp32. */
export async function readWhole(tensor: StoredTensor): Promise<Float32Array> {
  return await readRows(tensor, 0, tensor.shape[0] ?? 1);
}

/** Rows as they are stored, little-endian, one after another. */
export async function readStoredRows(tensor: StoredTensor, first: number, count: number): Promise<Buffer> {
  const { name, dtype, shape, strides, offset, storage } = tensor;
  if (!floating.has(dtype))
    throw new HyenaError('bad-input', msg`Tensor '${name}' has type ${dtype}, which is not supported.`, {
      hint: 'Convert the file to F32, F16 or BF16.',
    });
  const width = bytesOfType[dtype];
  const rowShape = shape.slice(1);
  const rowCount = countOf(rowShape);
  let bytes: Buffer;
  if (isDense(tensor)) {
    bytes = await storage.bytes.read((offset + first * rowCount) * width, count * rowCount * width);
  } else {
    const reach = shape.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis], 1);
    if (reach * width > largestSpan)
      throw new HyenaError('bad-input', msg`Tensor '${name}' is too large to be read across its rows.`, {
        hint: 'Save it again after contiguous().',
      });
    const whole = await storage.bytes.read(offset * width, reach * width);
    bytes = gathered(whole, width, [count, ...rowShape], strides.length === 0 ? [1] : strides, first);
  }
  if (storage.bigEndian) swap(bytes, width);
  return bytes;
}

/** Numbers that lie apart, one after another. */
function gathered(
  whole: Buffer,
  width: number,
  shape: readonly number[],
  strides: readonly number[],
  firstRow: number,
): Buffer {
  const gathered = Buffer.allocUnsafe(countOf(shape) * width);
  const index = shape.map(() => 0);
  let from = firstRow * strides[0];
  for (let at = 0; at < gathered.length; at += width) {
    whole.copy(gathered, at, from * width, (from + 1) * width);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= index[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return gathered;
}

function swap(bytes: Buffer, width: number): void {
  if (width === 2) bytes.swap16();
  else if (width === 4) bytes.swap32();
  else if (width === 8) bytes.swap64();
}

/** @param bytes little-endian */
export function toSingles(bytes: Buffer, dtype: StoredType): Float32Array {
  // A copy, so that the numbers are aligned.
  const { buffer } = Uint8Array.from(bytes);
  if (dtype === 'F32') return new Float32Array(buffer);
  if (dtype === 'F64') return Float32Array.from(new Float64Array(buffer));
  const halves = new Uint16Array(buffer);
  if (dtype === 'BF16') return singlesOfBf16(halves);
  if (dtype !== 'F16') throw new HyenaError('internal', `Type ${dtype} is not one of weights.`);
  return singlesOfF16(halves);
}
