import * as tf from '@tensorflow/tfjs-core';
import { linear } from '../ops/index.ts';
import type { Weights } from './mixers/mixer.ts';

/** A linear layer by its name, whether or not it has a bias. @param biased whether `<name>.bias` exists */
export function linearLayer(
  x: tf.Tensor,
  weights: Weights,
  name: string,
  biased: boolean,
  attributes: Parameters<typeof linear>[3],
): tf.Tensor {
  const weight = weights(`${name}.weight`);
  return withBias(weights, name, weight.shape[0], biased, (bias) => linear(x, weight, bias, attributes));
}

/** Computes with a bias, or with zeros in its place, which it frees. @param size `[size]` */
export function withBias<T>(
  weights: Weights,
  name: string,
  size: number,
  biased: boolean,
  compute: (bias: tf.Tensor) => T,
): T {
  if (biased) return compute(weights(`${name}.bias`));
  const zeros = tf.zeros([size]);
  try {
    return compute(zeros);
  } finally {
    zeros.dispose();
  }
}
