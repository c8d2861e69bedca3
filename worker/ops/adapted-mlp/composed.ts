import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../devices/device.ts';
import { gelu, geluSlope, matrix } from '../mlp/composed.ts';
import type { Attributes, Implementation } from '../operation.ts';

export interface AdaptedMlpAttributes extends Attributes {
  /** What b·a is multiplied by. */
  scale: number;
  precision: Precision;
}

/** x·weightᵀ + scale·(x·aᵀ)·bᵀ of rows. */
const adapted = (x: tf.Tensor2D, weight: tf.Tensor, a: tf.Tensor, b: tf.Tensor, scale: number): tf.Tensor =>
  tf.add(
    tf.matMul(x, weight as tf.Tensor2D, false, true),
    tf.matMul(tf.mul(tf.matMul(x, a as tf.Tensor2D, false, true), scale), b as tf.Tensor2D, false, true),
  );

/** The gradients of x, a and b by that of `adapted`. */
function adaptedGradients(
  dy: tf.Tensor2D,
  x: tf.Tensor2D,
  weight: tf.Tensor,
  a: tf.Tensor,
  b: tf.Tensor,
  scale: number,
) {
  const dNarrow: tf.Tensor2D = tf.mul(tf.matMul(dy, b as tf.Tensor2D), scale);
  const narrow: tf.Tensor2D = tf.mul(tf.matMul(x, a as tf.Tensor2D, false, true), scale);
  return {
    dx: tf.add(tf.matMul(dy, weight as tf.Tensor2D), tf.matMul(dNarrow, a as tf.Tensor2D)),
    da: tf.matMul(dNarrow, x, true, false),
    db: tf.matMul(dy, narrow, true, false),
  };
}

export const composed: Implementation<AdaptedMlpAttributes> = {
  forward([x, w1, bias1, w2, bias2, a1, b1, a2, b2], { scale }) {
    const hidden = tf.add(adapted(matrix(x), w1, a1, b1, scale), bias1);
    const y = tf.add(adapted(gelu(hidden) as tf.Tensor2D, w2, a2, b2, scale), bias2);
    return [tf.reshape(y, x.shape), tf.reshape(hidden, [...x.shape.slice(0, -1), w1.shape[0]])];
  },

  backward([dy], [x, w1, w2, a1, b1, a2, b2], [hidden], { scale }) {
    const gradient = matrix(dy);
    const h = matrix(hidden);
    const second = adaptedGradients(gradient, gelu(h) as tf.Tensor2D, w2, a2, b2, scale);
    const dHidden: tf.Tensor2D = tf.mul(second.dx, geluSlope(h));
    const first = adaptedGradients(dHidden, matrix(x), w1, a1, b1, scale);
    return [
      tf.reshape(first.dx, x.shape),
      ...[tf.sum(dHidden, 0), tf.sum(gradient, 0)],
      ...[first.da, first.db, second.da, second.db],
    ];
  },
};
