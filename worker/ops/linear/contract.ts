import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, toRows, shapeOf, type LinearAttributes } from './composed.ts';

export type { LinearLayout, LinearAttributes } from './composed.ts';

const operation = defineOperation({ name: 'Linear', composed, savedInputs: (index) => index < 2 });

/**
 * y = x·weightᵀ + bias for each token, changing the layout on the way where asked. The backward kernel is given dy, x,
 * weight and returns the gradients of x, weight, bias.
 *
 * @param x `[B,L,In]` for input `tokens`, `[In,B,L]` for `channels`
 * @param weight `[Out,In]`
 * @param bias `[Out]`
 * @param attributes layouts, and the precision of the product: `bf16-mixed`, `f16-mixed` and `tf32` round the factors and sum in fp32
 * @returns `[B,L,Out]` for output `tokens`, `[Out,B,L]` for `channels`
 */
export function linear(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, attributes: LinearAttributes): tf.Tensor {
  const [out = null, width = null] = weight.shape;
  checkTensor(operation.name, 'weight', weight, [null, null]);
  checkTensor(operation.name, 'x', x, shapeOf(toRows(x.shape, attributes.input), width!, attributes.input));
  checkTensor(operation.name, 'bias', bias, [out]);
  return operation.run([x, weight, bias], attributes)[0];
}
