import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type DropoutAttributes } from './composed.ts';

export type { DropoutAttributes } from './composed.ts';

const operation = defineOperation({ name: 'Dropout', composed, savedInputs: () => false });

/**
 * y = x/(1 - rate) where an element is kept, else 0. Element i, counted row-major, is kept where
 * `randomBits(seed, i) >>> 8 >= round(rate·2^24)` (`random.ts`), the same on every device. The backward kernel is given
 * dy alone.
 *
 * @param x any shape of fewer than 2^32 elements
 * @param attributes rate from 0 (kept as it is) to below 1; seed a non-negative integer below 2^53
 */
export function dropout(x: tf.Tensor, attributes: DropoutAttributes): tf.Tensor {
  const { rate, seed } = attributes;
  checkTensor(operation.name, 'x', x, x.shape);
  checkThat(operation.name, rate >= 0 && rate < 1, () => `the rate must be at least 0 and below 1, but is ${rate}`);
  checkThat(
    operation.name,
    Number.isSafeInteger(seed) && seed >= 0,
    () => `the seed must be an integer, but is ${seed}`,
  );
  return rate === 0 ? x.clone() : operation.run([x], attributes)[0];
}
