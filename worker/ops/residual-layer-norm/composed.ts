import * as tf from '@tensorflow/tfjs-core';
import { normalise, normaliseBackward, type LayerNormAttributes } from '../layer-norm/composed.ts';
import type { Implementation } from '../operation.ts';

export const composed: Implementation<LayerNormAttributes> = {
  forward([x, residual, gamma, beta], { epsilon }) {
    const sum = tf.add(x, residual);
    return [sum, normalise(sum, gamma, beta, epsilon)];
  },
  backward([dSum, dy], [gamma], [sum], { epsilon }) {
    const [dNorm, dGamma, dBeta] = normaliseBackward(dy, sum, gamma, epsilon);
    const dx = tf.add(dNorm, dSum);
    return [dx, tf.clone(dx), dGamma, dBeta];
  },
};
