import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../devices/device.ts';
import type { Attributes, Implementation } from '../operation.ts';

export interface LayerNormAttributes extends Attributes {
  epsilon: number;
  /** Of the matrix products that the result goes to. */
  precision: Precision;
}

/** x - mean and 1 / standard deviation over the last axis. */
function standardise(x: tf.Tensor, epsilon: number): { normal: tf.Tensor; inverse: tf.Tensor } {
  const centered = tf.sub(x, tf.mean(x, -1, true));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centered), -1, true), epsilon));
  return { normal: tf.mul(centered, inverse), inverse };
}

export function normalise(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.add(tf.mul(standardise(x, epsilon).normal, gamma), beta);
}

/** Gradients of x, gamma and beta: dx = (g - mean(g) - n·mean(g·n)) / deviation, with g = dy·gamma and n = normal x. */
export function normaliseBackward(
  dy: tf.Tensor,
  x: tf.Tensor,
  gamma: tf.Tensor,
  epsilon: number,
): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const { normal, inverse } = standardise(x, epsilon);
  const rows = x.shape.slice(0, -1).map((_, axis) => axis);
  const scaled = tf.mul(dy, gamma);
  const projection = tf.mul(normal, tf.mean(tf.mul(scaled, normal), -1, true));
  const dx = tf.mul(inverse, tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), projection));
  return [dx, tf.sum(tf.mul(dy, normal), rows), tf.sum(dy, rows)];
}

export const composed: Implementation<LayerNormAttributes> = {
  forward([x, gamma, beta], { epsilon }) {
    return [normalise(x, gamma, beta, epsilon)];
  },
  backward([dy], [x, gamma], _outputs, { epsilon }) {
    return normaliseBackward(dy, x, gamma, epsilon);
  },
};
