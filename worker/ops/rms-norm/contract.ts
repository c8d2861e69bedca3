import * as tf from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks.ts';
import { defineOperation, type Attributes, type Implementation } from '../operation.ts';

interface RmsNormAttributes extends Attributes {
  epsilon: number;
  /** Whether epsilon is added to the root of the mean square, not to the mean square. */
  outside: boolean;
}

/** The root mean square of the last axis as it is divided by, and what it is without an epsilon outside of the root. */
function roots(x: tf.Tensor, { epsilon, outside }: RmsNormAttributes): { divisor: tf.Tensor; root: tf.Tensor } {
  const mean = tf.mean(tf.square(x), -1, true);
  const root = tf.sqrt(outside ? mean : tf.add(mean, epsilon));
  return { root, divisor: outside ? tf.add(root, epsilon) : root };
}

const composed: Implementation<RmsNormAttributes> = {
  forward: ([x, scale], attributes) => [tf.mul(tf.div(x, roots(x, attributes).divisor), scale)],

  /** With g = dy·scale, r the root and s the divisor: dx = g/s - x·mean(g·x)/(r·s²), 0 where x and epsilon vanish. */
  backward([dy], [x, scale], _outputs, attributes) {
    const { divisor, root } = roots(x, attributes);
    const scaled = tf.mul(dy, scale);
    const slope = tf.div(tf.mean(tf.mul(scaled, x), -1, true), tf.mul(tf.maximum(root, 1e-30), tf.square(divisor)));
    const rows = x.shape.slice(0, -1).map((_, axis) => axis);
    return [tf.sub(tf.div(scaled, divisor), tf.mul(x, slope)), tf.sum(tf.mul(dy, tf.div(x, divisor)), rows)];
  },
};

const operation = defineOperation({ name: 'RmsNorm', composed });

/**
 * Root-mean-square normalisation over the last axis (arXiv 1910.07467): y = x / √(mean(x²) + ε) · scale; with `outside`,
 * as StripedHyena has it, y = x / (√mean(x²) + ε) · scale.
 *
 * @param x `[...,D]`
 * @param scale `[D]`
 * @returns `[...,D]`
 */
export function rmsNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  { epsilon, outside }: { epsilon: number; outside: boolean },
): tf.Tensor {
  checkTensor(operation.name, 'scale', scale, [x.shape.at(-1) ?? null]);
  return operation.run([x, scale], { epsilon, outside })[0];
}
