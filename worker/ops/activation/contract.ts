import * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';

/** `gelu`: by the error function, x·Φ(x) (arXiv 1606.08415); `silu`: x·σ(x); `none`: x. */
export type ActivationKind = 'gelu' | 'silu' | 'none';

interface ActivationAttributes extends Attributes {
  kind: ActivationKind;
}

/**
 * Φ(x), the normal distribution function, by kernels that every device has: erf as in Abramowitz and Stegun 7.1.26. What a
 * step no longer needs is freed at once: a hidden layer is large.
 */
function cumulative(x: tf.Tensor): tf.Tensor {
  const z = tf.mul(tf.abs(x), Math.SQRT1_2);
  const t = tf.tidy(() => tf.div(1, tf.add(tf.mul(z, 0.3275911), 1)));
  let series = tf.tidy(() => tf.add(tf.mul(t, 1.061405429), -1.453152027));
  for (const next of [1.421413741, -0.284496736, 0.254829592]) {
    const sum = tf.tidy(() => tf.add(tf.mul(series, t), next));
    series.dispose();
    series = sum;
  }
  // Half of the tail beyond |x|: precise where it is small.
  const tail = tf.tidy(() => tf.mul(tf.mul(tf.mul(series, t), tf.exp(tf.neg(tf.square(z)))), 0.5));
  tf.dispose([z, t, series]);
  return tf.tidy(() => tf.where(tf.greaterEqual(x, 0), tf.sub(1, tail), tail));
}

const value: Record<ActivationKind, (h: tf.Tensor) => tf.Tensor> = {
  gelu: (h) => tf.tidy(() => tf.mul(h, cumulative(h))),
  silu: (h) => tf.mul(h, tf.sigmoid(h)),
  none: (h) => h.clone(),
};

const slope: Record<ActivationKind, (h: tf.Tensor) => tf.Tensor> = {
  gelu: (h) =>
    tf.tidy(() => {
      const density = tf.tidy(() => tf.mul(tf.exp(tf.mul(tf.square(h), -0.5)), 1 / Math.sqrt(2 * Math.PI)));
      return tf.add(tf.mul(h, density), cumulative(h));
    }),
  silu: (h) =>
    tf.tidy(() => {
      const s = tf.sigmoid(h);
      return tf.mul(s, tf.add(1, tf.mul(h, tf.sub(1, s))));
    }),
  none: (h) => tf.onesLike(h),
};

const composed: Implementation<ActivationAttributes> = {
  forward: ([h, factor], { kind }) => [factor ? tf.mul(value[kind](h), factor) : value[kind](h)],
  backward([dy], [h, factor], _outputs, { kind }) {
    const dh = tf.tidy(() => tf.mul(dy, slope[kind](h)));
    if (!factor) return [dh];
    const dFactor = tf.tidy(() => tf.mul(dy, value[kind](h)));
    return [tf.mul(dh, factor), dFactor];
  },
};

const operation = defineOperation({ name: 'Activation', composed });

/**
 * act(h), or act(h)·factor, as gated MLPs have it (GLU variants, arXiv 2002.05202).
 *
 * @param h of any shape
 * @param factor of the same shape; null: none
 */
export function activation(h: tf.Tensor, factor: tf.Tensor | null, kind: ActivationKind): tf.Tensor {
  if (factor) checkTensor(operation.name, 'factor', factor, h.shape);
  return operation.run(factor ? [h, factor] : [h], { kind })[0];
}
