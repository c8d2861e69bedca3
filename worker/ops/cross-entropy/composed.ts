import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../devices/device.ts';
import type { Attributes, Implementation } from '../operation.ts';

export interface CrossEntropyAttributes extends Attributes {
  gradients: boolean;
  /** Whether the gradient of the weight is among them. */
  weightGradient: boolean;
  precision: Precision;
}

/**
 * Of logits `[n, V]` and labels `[n]`: the loss of each token, and its gradient by the logits, `[n, V]`, where
 * requested.
 */
type LossesOfLogits = (logits: tf.Tensor2D, labels: tf.Tensor1D) => { losses: tf.Tensor; slope: () => tf.Tensor };

/** @param chunkElements the logits of a chunk of tokens have at most this many elements */
export function forwardInChunks(
  chunkElements: number,
  lossesOf: LossesOfLogits,
): Implementation<CrossEntropyAttributes>['forward'] {
  return ([x, weight, targets, mask], { gradients, weightGradient }) => {
    const [tokens, width] = x.shape as [number, number];
    const [vocabulary] = weight.shape as [number, number];
    const w = weight as tf.Tensor2D;
    const share = tf.divNoNan(mask, tf.sum(mask));
    const chunk = Math.max(1, Math.floor(chunkElements / vocabulary));
    const tokenLosses: tf.Tensor[] = [];
    const gradX: tf.Tensor[] = [];
    let gradWeight: tf.Tensor = tf.zeros(gradients && weightGradient ? [vocabulary, width] : [0]);
    for (let from = 0; from < tokens; from += chunk) {
      const count = Math.min(chunk, tokens - from);
      const parts = tf.tidy((): { losses: tf.Tensor; dx?: tf.Tensor; dWeight?: tf.Tensor } => {
        const rows = tf.slice(x as tf.Tensor2D, [from, 0], [count, width]);
        const logits: tf.Tensor2D = tf.matMul(rows, w, false, true);
        const { losses, slope } = lossesOf(logits, tf.slice(targets as tf.Tensor1D, from, count));
        if (!gradients) return { losses };
        const shares = tf.expandDims(tf.slice(share as tf.Tensor1D, from, count), 1);
        const dLogits: tf.Tensor2D = tf.mul(slope(), shares);
        return {
          losses,
          dx: tf.matMul(dLogits, w),
          ...(weightGradient && { dWeight: tf.add(gradWeight, tf.matMul(dLogits, rows, true, false)) }),
        };
      });
      tokenLosses.push(parts.losses);
      if (parts.dx) gradX.push(parts.dx);
      if (parts.dWeight) {
        gradWeight.dispose();
        gradWeight = parts.dWeight;
      }
    }
    const tokenLoss = tf.concat(tokenLosses, 0);
    const loss = tf.sum(tf.mul(tokenLoss, share));
    return [loss, tokenLoss, gradients ? tf.concat(gradX, 0) : tf.zeros([0]), gradWeight];
  };
}

export const composed: Implementation<CrossEntropyAttributes> = {
  forward: forwardInChunks(1 << 22, (logits, labels) => {
    const hot = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32');
    const logSum = tf.logSumExp(logits, 1, true);
    const losses = tf.sub(tf.squeeze(logSum, [1]), tf.sum(tf.mul(logits, hot), 1));
    return { losses, slope: () => tf.sub(tf.exp(tf.sub(logits, logSum)), hot) };
  }),

  backward([dLoss], _saved, [gradX, gradWeight]) {
    return [tf.mul(gradX, dLoss), tf.mul(gradWeight, dLoss)];
  },
};
