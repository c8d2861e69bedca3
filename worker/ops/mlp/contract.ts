import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type MlpAttributes } from './composed.ts';

export type { MlpAttributes } from './composed.ts';

const operation = defineOperation({
  name: 'Mlp',
  composed,
  savedInputs: (index) => index === 0 || index === 1 || index === 3,
  savedOutputs: (index) => index === 1,
});

/**
 * y = w2·gelu(w1·x + b1) + b2 for each token; gelu(h) = 0.5·h·(1 + tanh(√(2/π)·(h + 0.044715·h³))), arXiv 1606.08415.
 * The forward kernel returns y and hidden `[B,L,F]`, the values before the activation, which only the backward kernel
 * sees: it is given dy, x, w1, w2, hidden and returns the gradients of x, w1, b1, w2, b2.
 *
 * @param x `[B,L,D]`
 * @param w1 `[F,D]`
 * @param b1 `[F]`
 * @param w2 `[D,F]`
 * @param b2 `[D]`
 * @returns `[B,L,D]`
 */
export function mlp(
  x: tf.Tensor,
  w1: tf.Tensor,
  b1: tf.Tensor,
  w2: tf.Tensor,
  b2: tf.Tensor,
  attributes: MlpAttributes,
): tf.Tensor {
  const width = x.shape[2] ?? null;
  const inner = w1.shape[0] ?? null;
  checkTensor(operation.name, 'x', x, [null, null, null]);
  checkTensor(operation.name, 'w1', w1, [null, width]);
  checkTensor(operation.name, 'b1', b1, [inner]);
  checkTensor(operation.name, 'w2', w2, [width, inner]);
  checkTensor(operation.name, 'b2', b2, [width]);
  return operation.run([x, w1, b1, w2, b2], attributes)[0];
}
