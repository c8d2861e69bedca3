import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type RotaryAttributes } from './composed.ts';

const operation = defineOperation({ name: 'Rotary', composed, savedInputs: () => false });

/**
 * Rotary position embedding (RoFormer, arXiv 2104.09864, section 3.4.2) in its half-split form: in each head of E
 * channels, the pair (j, j+E/2) turns by the angle (offset+t)/interpolation·base^(-2j/E) at row t. Turned so, the product
 * of a query and a key depends on their distance alone. The backward kernel is given dy, which it turns back.
 *
 * @param x `[B,L,heads·E]`, E even
 * @param attributes `heads`, `base`, `interpolation` that positions are divided by, `offset` of the first row
 * @returns `[B,L,heads·E]`
 * @throws HyenaError `internal` where the channels do not divide into heads of an even size
 */
export function rotary(x: tf.Tensor, attributes: RotaryAttributes): tf.Tensor {
  const { heads } = attributes;
  const width = x.shape[2] ?? 0;
  checkTensor(operation.name, 'x', x, [null, null, null]);
  checkThat(
    operation.name,
    heads >= 1 && width % (2 * heads) === 0,
    () => `${width} channels do not divide into ${heads} heads of an even size`,
  );
  return operation.run([x], attributes)[0];
}
