import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({
  name: 'Wkv',
  composed,
  visibleOutputs: 2,
  savedInputs: (index) => index < 4,
  differentiable: (index) => index < 4,
});

export interface WkvInputs {
  /** Keys `[B,L,D]`. */
  k: tf.Tensor;
  /** Values, as k. */
  v: tf.Tensor;
  /** What an exponent loses with every position, `[D]`, not negative. */
  rate: tf.Tensor;
  /** What the exponent of the present has besides, `[D]`. */
  bonus: tf.Tensor;
  /** What the call for the positions before gave as `after`; null where the sequence begins. */
  before: tf.Tensor | null;
}

/**
 * An average of the values so far (RWKV, arXiv 2305.13048, equation 14): y[t] is the mean of v[t], with the weight
 * exp(bonus + k[t]), and of all v[i] before it, with the weights exp(k[i] - (t-1-i)·rate). Exponents are taken relative to
 * the largest so far, as the paper's appendix on numerical stability has it: no key is too large or too small. y has
 * gradients where `before` is null.
 *
 * @returns y `[B,L,D]`, after `[3,B,D]`: sum of weighted values, sum of weights, and the exponent that both are relative to;
 *   zeros where nothing was seen
 * @throws HyenaError `internal` where sizes do not fit
 */
export function wkv({ k, v, rate, bonus, before }: WkvInputs): { y: tf.Tensor; after: tf.Tensor } {
  const { name } = operation;
  checkTensor(name, 'k', k, [null, null, null]);
  const [batch, , width] = k.shape as [number, number, number];
  checkTensor(name, 'v', v, k.shape);
  checkTensor(name, 'rate', rate, [width]);
  checkTensor(name, 'bonus', bonus, [width]);
  if (before) checkTensor(name, 'before', before, [3, batch, width]);
  const [y, after] = operation.run([k, v, rate, bonus, ...(before ? [before] : [])], {});
  return { y, after };
}
