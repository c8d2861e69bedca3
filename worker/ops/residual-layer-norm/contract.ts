import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import type { Precision } from '../../devices/device.ts';
import { composed } from './composed.ts';

const operation = defineOperation({
  name: 'ResidualLayerNorm',
  composed,
  visibleOutputs: 2,
  savedInputs: (index) => index === 2,
  savedOutputs: (index) => index === 0,
});

/**
 * The residual sum and its layer normalisation in one pass: sum = x + residual, y = LayerNorm(sum). The backward
 * kernel is given the gradients of sum and y, gamma and sum, and returns those of x, residual (equal; they may share
 * memory), gamma, beta.
 *
 * @param x `[...,D]`, what a mixer or an MLP adds to the residual stream
 * @param residual `[...,D]`
 * @param gamma `[D]`
 * @param beta `[D]`
 * @param precision of the matrix products that y goes to: in `f16-mixed` a device may keep it in f16
 */
export function residualLayerNorm(
  x: tf.Tensor,
  residual: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  precision: Precision = 'fp32',
): { sum: tf.Tensor; y: tf.Tensor } {
  const width = x.shape.at(-1) ?? null;
  checkTensor(operation.name, 'x', x, x.shape);
  checkTensor(operation.name, 'residual', residual, x.shape);
  checkTensor(operation.name, 'gamma', gamma, [width]);
  checkTensor(operation.name, 'beta', beta, [width]);
  const [sum, y] = operation.run([x, residual, gamma, beta], { epsilon, precision });
  return { sum: sum, y: y };
}
