import * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';

/** x one position later, zeros or `before` first. */
function delayed(x: tf.Tensor, before: tf.Tensor | null): tf.Tensor {
  const [batch, length, width] = x.shape as [number, number, number];
  return tf.concat([before ?? tf.zeros([batch, 1, width]), tf.slice(x, [0, 0, 0], [batch, length - 1, width])], 1);
}

/** x one position earlier, zeros last. */
function advanced(x: tf.Tensor): tf.Tensor {
  const [batch, length, width] = x.shape as [number, number, number];
  return tf.concat([tf.slice(x, [0, 1, 0], [batch, length - 1, width]), tf.zeros([batch, 1, width])], 1);
}

const composed: Implementation<Attributes> = {
  forward(inputs) {
    const [x, mix, before] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor?];
    const earlier = delayed(x, before ?? null);
    return [tf.add(earlier, tf.mul(tf.sub(x, earlier), mix))];
  },
  backward([dy], inputs) {
    const [x, mix, before] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor?];
    const ofPresent = tf.mul(dy, mix);
    const dx = tf.add(ofPresent, advanced(tf.sub(dy, ofPresent)));
    const difference = tf.sub(x, delayed(x, before ?? null));
    return [dx, tf.reshape(tf.sum(tf.mul(dy, difference), [0, 1]), mix.shape)];
  },
};

const operation = defineOperation({ name: 'TokenShift', composed, differentiable: (index) => index < 2 });

/**
 * Each channel as a mixture of itself and the token before: y[t] = mix·x[t] + (1 - mix)·x[t-1] (RWKV, arXiv 2305.13048,
 * equations 11 to 13). x and mix have gradients.
 *
 * @param x `[B,L,D]`
 * @param mix D values, of any shape that fits the last dimension of x
 * @param before the position before the first, `[B,1,D]`; null: zeros
 * @returns `[B,L,D]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function tokenShift(x: tf.Tensor, mix: tf.Tensor, before: tf.Tensor | null): tf.Tensor {
  const { name } = operation;
  checkTensor(name, 'x', x, [null, null, null]);
  const [batch, , width] = x.shape as [number, number, number];
  checkTensor(name, 'mix', mix, [...mix.shape.slice(0, -1).map(() => 1), width]);
  if (before) checkTensor(name, 'before', before, [batch, 1, width]);
  return operation.run(before ? [x, mix, before] : [x, mix], {})[0];
}
