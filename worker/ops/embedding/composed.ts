import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';

/** The one-hot matrix of a chunk of tokens has at most this many elements. */
const chunkElements = 1 << 22;

export const composed: Implementation<Attributes> = {
  forward([ids, weight]) {
    return [tf.gather(weight, ids)];
  },

  /** The scatter-add as products with one-hot matrices: in order on every backend, and no backend lacks them. */
  backward([dy], [ids, weight]) {
    const [vocabulary, width] = weight.shape as [number, number];
    const tokens = ids.size;
    const flatIds = tf.reshape<tf.Rank.R1>(ids, [tokens]);
    const flatDy = tf.reshape<tf.Rank.R2>(dy, [tokens, width]);
    const chunk = Math.max(1, Math.floor(chunkElements / vocabulary));
    let sum: tf.Tensor = tf.zeros([vocabulary, width]);
    for (let from = 0; from < tokens; from += chunk) {
      const count = Math.min(chunk, tokens - from);
      sum = tf.tidy(() => {
        const hot = tf.cast(tf.oneHot(tf.slice(flatIds, from, count), vocabulary), 'float32');
        return tf.add(sum, tf.matMul(hot as tf.Tensor2D, tf.slice(flatDy, [from, 0], [count, width]), true, false));
      });
    }
    return [sum];
  },
};
