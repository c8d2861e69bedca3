import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({ name: 'Accumulate', composed });

/**
 * Adds many tensors to as many others, for gradients of several batches. Has no gradient.
 *
 * @param sums of any shapes; they are used up: the result may be written over them, and they are to be disposed of
 * @param others of the same shapes
 */
export function accumulate(sums: readonly tf.Tensor[], others: readonly tf.Tensor[]): tf.Tensor[] {
  const { name } = operation;
  checkThat(name, sums.length === others.length, () => `${others.length} tensors are added to ${sums.length}`);
  sums.forEach((sum, index) => checkTensor(name, `tensor ${index}`, others[index], sum.shape));
  return sums.length === 0 ? [] : operation.run([...sums, ...others], {});
}
