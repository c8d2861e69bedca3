import * as tf from '@tensorflow/tfjs-core';
import { linear, type LinearAttributes } from '../ops/index.ts';
import { recordGradient } from '../ops/operation.ts';
import type { Adapter, Weights } from './mixers/mixer.ts';

/**
 * A linear layer by its name, whether or not it has a bias; with its adapter, if it has one.
 *
 * @param biased whether `<name>.bias` exists
 */
export function linearLayer(
  x: tf.Tensor,
  weights: Weights,
  name: string,
  biased: boolean,
  attributes: Parameters<typeof linear>[3],
): tf.Tensor {
  const weight = weights(`${name}.weight`);
  const y = withBias(weights, name, weight.shape[0], biased, (bias) => linear(x, weight, bias, attributes));
  const adapter = weights.adapter?.(`${name}.weight`);
  if (!adapter) return y;
  const change = adapterOutput(x, adapter, attributes);
  const sum = plus(y, change);
  tf.dispose([y, change]);
  return sum;
}

/** a + b; unlike the engine's own addition it keeps neither of them for its gradient. */
function plus(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [sum] = recordGradient(
    [a, b],
    () => [tf.add(a, b)],
    ([dy]) => new Map([0, 1].map((index) => [index, dy.clone()])),
  );
  return sum;
}

/** scale·b·a·x of each token (LoRA, arXiv 2106.09685, eq. 3). */
function adapterOutput(
  x: tf.Tensor,
  { a, b, scale }: Adapter,
  { input, output, precision }: Parameters<typeof linear>[3],
): tf.Tensor {
  const through = (from: tf.Tensor, factor: tf.Tensor, layouts: Pick<LinearAttributes, 'input' | 'output'>) => {
    const zeros = tf.zeros([factor.shape[0]]);
    const y = linear(from, factor, zeros, { ...layouts, precision });
    zeros.dispose();
    return y;
  };
  const narrow = through(x, a, { input, output: 'tokens' });
  const scaled = tf.mul(narrow, scale);
  const y = through(scaled, b, { input: 'tokens', output });
  tf.dispose([narrow, scaled]);
  return y;
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
