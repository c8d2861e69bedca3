import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import type { Precision } from '../../devices/device.ts';
import { composed } from './composed.ts';

const operation = defineOperation({ name: 'LayerNorm', composed, savedInputs: (index) => index < 2 });

/**
 * Layer normalisation over the last axis (arXiv 1607.06450): y = (x - mean) / sqrt(variance + epsilon) · gamma + beta.
 * The backward kernel is given dy, x, gamma and returns the gradients of x, gamma, beta.
 *
 * @param x `[...,D]`
 * @param gamma `[D]`
 * @param beta `[D]`
 * @param precision of the matrix products that the result goes to: in `f16-mixed` a device may keep it in f16
 * @returns `[...,D]`
 */
export function layerNorm(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  precision: Precision = 'fp32',
): tf.Tensor {
  const width = x.shape.at(-1) ?? null;
  checkTensor(operation.name, 'x', x, x.shape);
  checkTensor(operation.name, 'gamma', gamma, [width]);
  checkTensor(operation.name, 'beta', beta, [width]);
  return operation.run([x, gamma, beta], { epsilon, precision })[0];
}
