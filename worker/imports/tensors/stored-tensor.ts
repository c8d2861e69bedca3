import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import type { ByteSource } from '../bytes/byte-source.ts';

/** Bytes of a number of each type that files have, by the names of safetensors. */
export const bytesOfType = {
  ...{ F64: 8, I64: 8, U64: 8, F32: 4, I32: 4, U32: 4, F16: 2, BF16: 2, I16: 2, U16: 2 },
  ...{ I8: 1, U8: 1, BOOL: 1, F8_E4M3: 1, F8_E5M2: 1 },
} as const;
export type StoredType = keyof typeof bytesOfType;

/** Numbers as a file has them. Tensors with the same storage are views of the same numbers. */
export interface Storage {
  /** Differs from that of every other storage of the source. */
  readonly id: string;
  readonly bytes: ByteSource;
  readonly bigEndian: boolean;
  /** Reads it through and compares its checksum, where it has one. @throws HyenaError `bad-input` */
  readonly verify?: (check: (bytes: number) => void) => Promise<void>;
}

/** A tensor of a file, none of whose values have been read. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** Numbers between neighbours along each axis. */
  readonly strides: readonly number[];
  /** Numbers of the storage before the first. */
  readonly offset: number;
  readonly storage: Storage;
}

export const countOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Strides of a tensor whose rows lie one after another. */
export function denseStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * Math.max(1, shape[axis + 1]);
  return strides;
}

/** Whether the numbers of a tensor lie one after another. */
export function isDense({ shape, strides }: Pick<StoredTensor, 'shape' | 'strides'>): boolean {
  const dense = denseStrides(shape);
  return shape.every((extent, axis) => extent <= 1 || strides[axis] === dense[axis]);
}

/**
 * A tensor as a file describes it, checked: within its storage, no number of it twice.
 *
 * @throws HyenaError `bad-input`
 */
export function checkedTensor(tensor: StoredTensor): StoredTensor {
  const { name, dtype, shape, strides, offset, storage } = tensor;
  const refuse = () =>
    new HyenaError(
      'bad-input',
      msg`${storage.bytes.name}: tensor '${name}' of shape [${shape.join(', ')}] does not fit the numbers that are stored for it.`,
      { hint: 'The file may be truncated or damaged. Copy or download it again.' },
    );
  const available = storage.bytes.size / bytesOfType[dtype];
  const count = countOf(shape);
  if (!Number.isSafeInteger(count) || count > available) throw refuse();
  const last = shape.reduce((sum, extent, axis) => sum + Math.max(0, extent - 1) * strides[axis], offset);
  if (!Number.isSafeInteger(last) || (count > 0 && last >= available)) throw refuse();
  // Ordered by their strides, each axis must begin beyond what the ones before reach.
  const axes = shape.map((extent, axis) => ({ extent, stride: strides[axis] })).filter(({ extent }) => extent > 1);
  let reach = 0;
  for (const { extent, stride } of axes.sort((a, b) => a.stride - b.stride)) {
    if (stride <= reach) throw refuse();
    reach += (extent - 1) * stride;
  }
  return tensor;
}
