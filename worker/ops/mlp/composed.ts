import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../devices/device.ts';
import { isWanted, type Attributes, type Implementation } from '../operation.ts';

export interface MlpAttributes extends Attributes {
  precision: Precision;
}

const slope = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** tanh(√(2/π)·(h + 0.044715·h³)) */
function innerTanh(h: tf.Tensor): tf.Tensor {
  return tf.tanh(tf.mul(tf.mul(h, tf.add(tf.mul(tf.square(h), cubic), 1)), slope));
}

/** Gaussian error linear units by tanh. */
export function gelu(h: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(h, 0.5), tf.add(innerTanh(h), 1));
}

/** d gelu / dh = 0.5·(1 + t) + 0.5·h·(1 - t²)·√(2/π)·(1 + 3·0.044715·h²) */
export function geluSlope(h: tf.Tensor): tf.Tensor {
  const t = innerTanh(h);
  const inner = tf.mul(tf.add(tf.mul(tf.square(h), 3 * cubic), 1), slope);
  return tf.mul(tf.add(tf.add(t, 1), tf.mul(tf.mul(h, tf.sub(1, tf.square(t))), inner)), 0.5);
}

/** Rows of the last dimension. */
export const matrix = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape.at(-1)!]);

export const composed: Implementation<MlpAttributes> = {
  forward([x, w1, b1, w2, b2]) {
    const hidden = tf.add(tf.matMul(matrix(x), w1 as tf.Tensor2D, false, true), b1);
    const y = tf.add(tf.matMul(gelu(hidden) as tf.Tensor2D, w2 as tf.Tensor2D, false, true), b2);
    return [tf.reshape(y, x.shape), tf.reshape(hidden, [...x.shape.slice(0, -1), w1.shape[0]])];
  },

  backward([dy], [x, w1, w2], [hidden], attributes) {
    const gradient = matrix(dy);
    const h = matrix(hidden);
    const dActivation = tf.matMul(gradient, w2);
    const dHidden: tf.Tensor2D = tf.mul(dActivation, geluSlope(h));
    const gradients = [
      () => tf.reshape(tf.matMul(dHidden, w1 as tf.Tensor2D), x.shape),
      () => tf.matMul(dHidden, matrix(x), true, false),
      () => tf.sum(dHidden, 0),
      () => tf.matMul(gradient, gelu(h), true, false),
      () => tf.sum(gradient, 0),
    ];
    return gradients.map((compute, position) => (isWanted(attributes, position) ? compute() : tf.zeros([0])));
  },
};
