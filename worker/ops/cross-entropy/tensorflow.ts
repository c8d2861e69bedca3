import * as tf from '@tensorflow/tfjs-core';
import { opWithOutputs } from '../../devices/tensorflow/raw-ops.ts';
import { overridesOf } from '../tensorflow-kernel.ts';
import type { CrossEntropyAttributes } from './composed.ts';

/** The logits of a chunk of tokens have at most this many elements. */
const chunkElements = 1 << 24;

export const tensorflow = overridesOf<CrossEntropyAttributes>('CrossEntropy', {
  /** Losses and gradients of the logits by one op of TensorFlow, in chunks of tokens. */
  forward([x, weight, targets, mask], { gradients }) {
    const [tokens, width] = x.shape as [number, number];
    const [vocabulary] = weight.shape as [number, number];
    const share = tf.divNoNan(mask, tf.sum(mask));
    const chunk = Math.max(1, Math.floor(chunkElements / vocabulary));
    const losses: tf.Tensor[] = [];
    const gradX: tf.Tensor[] = [];
    let gradWeight: tf.Tensor = tf.zeros(gradients ? [vocabulary, width] : [0]);
    for (let from = 0; from < tokens; from += chunk) {
      const count = Math.min(chunk, tokens - from);
      const parts = tf.tidy(() => {
        const rows = tf.slice(x as tf.Tensor2D, [from, 0], [count, width]);
        const logits = tf.matMul(rows, weight, false, true);
        const labels = tf.slice(targets as tf.Tensor1D, from, count);
        const [loss, slope] = opWithOutputs('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], 2);
        if (!gradients) return { loss };
        const shares = tf.expandDims(tf.slice(share as tf.Tensor1D, from, count), 1);
        const dLogits = tf.mul<tf.Tensor2D>(slope, shares);
        return {
          loss,
          dx: tf.matMul(dLogits, weight),
          dWeight: tf.add(gradWeight, tf.matMul(dLogits, rows, true, false)),
        };
      });
      losses.push(parts.loss);
      if (parts.dx && parts.dWeight) {
        gradX.push(parts.dx);
        gradWeight.dispose();
        gradWeight = parts.dWeight;
      }
    }
    const tokenLoss = tf.concat(losses, 0);
    const loss = tf.sum(tf.mul(tokenLoss, share));
    return [loss, tokenLoss, gradients ? tf.concat(gradX, 0) : tf.zeros([0]), gradWeight];
  },
});
