import type * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';

/**
 * Checks the shape and type of one tensor of a kernel.
 *
 * @param shape extents; `null` where any will do
 * @throws HyenaError `internal`, naming the kernel, the tensor and what it got
 */
export function checkTensor(
  kernel: string,
  name: string,
  tensor: tf.TensorInfo,
  shape: readonly (number | null)[],
  dtype: 'float32' | 'int32' = 'float32',
): void {
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((extent, axis) => extent === null || extent === tensor.shape[axis]);
  if (fits && tensor.dtype === dtype) return;
  const expected = `${dtype} [${shape.map((extent) => extent ?? 'any').join(', ')}]`;
  throw new HyenaError(
    'internal',
    `${kernel}: ${name} must be ${expected}, but is ${tensor.dtype} [${tensor.shape.join(', ')}].`,
  );
}

/** @throws HyenaError `internal`, naming the kernel */
export function checkThat(kernel: string, holds: boolean, message: () => string): void {
  if (!holds) throw new HyenaError('internal', `${kernel}: ${message()}.`);
}
