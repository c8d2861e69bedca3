import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';
import { randomBits, randomKey } from '../../../main/contract/logic/random.ts';

export interface DropoutAttributes extends Attributes {
  rate: number;
  seed: number;
}

/** An element is kept where the upper 24 of its random bits are at least this. */
export function dropoutThreshold(rate: number): number {
  return Math.round(rate * 2 ** 24);
}

/** 1/(1 - rate) where an element is kept, else 0. */
function dropoutFactors(count: number, { rate, seed }: DropoutAttributes): Float32Array {
  const key = randomKey(seed);
  const threshold = dropoutThreshold(rate);
  const scale = 1 / (1 - rate);
  return Float32Array.from({ length: count }, (_, index) => (randomBits(key, index) >>> 8 >= threshold ? scale : 0));
}

/** The hash needs 32-bit integer products, which tfjs lacks: the factors are made here and uploaded. */
function drop(x: tf.Tensor, attributes: DropoutAttributes): tf.Tensor {
  return tf.mul(x, tf.tensor(dropoutFactors(x.size, attributes), x.shape));
}

export const composed: Implementation<DropoutAttributes> = {
  forward: ([x], attributes) => [drop(x, attributes)],
  backward: ([dy], _saved, _outputs, attributes) => [drop(dy, attributes)],
};
