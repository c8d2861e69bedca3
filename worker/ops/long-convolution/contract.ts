import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type LongConvolutionAttributes } from './composed.ts';

export type { ConvolutionAlgorithm, LongConvolutionAttributes } from './composed.ts';

export const longConvolutionOperation = defineOperation({ name: 'LongConvolution', composed });

/**
 * Causal convolution with a filter as long as the sequence, and a skip: y[c,b,i] = Σ_{j≤i, j<T} h[c,j]·u[c,b,i-j] +
 * skip[c]·u[c,b,i]. In O(L log L). Hyena, arXiv 2302.10866, section 2.1; its gradients are convolutions too.
 *
 * @param u `[C,B,L]`
 * @param h `[C,T]`; taps past L are ignored, missing ones are zero
 * @param skip `[C]`
 * @returns `[C,B,L]`
 */
export function longConvolution(
  u: tf.Tensor,
  h: tf.Tensor,
  skip: tf.Tensor,
  attributes: LongConvolutionAttributes,
): tf.Tensor {
  const [channels = null] = u.shape;
  checkTensor(longConvolutionOperation.name, 'u', u, [null, null, null]);
  checkTensor(longConvolutionOperation.name, 'h', h, [channels, null]);
  checkTensor(longConvolutionOperation.name, 'skip', skip, [channels]);
  return longConvolutionOperation.run([u, h, skip], attributes)[0];
}
