import * as tf from '@tensorflow/tfjs-core';

/** Complex numbers of tensors, elementwise with broadcasting. */
export interface Complex {
  readonly re: tf.Tensor;
  readonly im: tf.Tensor;
}

export const times = (a: Complex, b: Complex): Complex => ({
  re: tf.sub(tf.mul(a.re, b.re), tf.mul(a.im, b.im)),
  im: tf.add(tf.mul(a.re, b.im), tf.mul(a.im, b.re)),
});
export const plus = (a: Complex, b: Complex): Complex => ({ re: tf.add(a.re, b.re), im: tf.add(a.im, b.im) });
export const scaled = (a: Complex, factor: tf.Tensor | number): Complex => ({
  re: tf.mul(a.re, factor),
  im: tf.mul(a.im, factor),
});
export const conjugate = ({ re, im }: Complex): Complex => ({ re, im: tf.neg(im) });
export function reciprocal({ re, im }: Complex): Complex {
  const square = tf.add(tf.square(re), tf.square(im));
  return { re: tf.div(re, square), im: tf.neg(tf.div(im, square)) };
}

/** 1/9! … 1/1!: of e^x - 1, for |x| below 1/2. */
const series = [1 / 362880, 1 / 40320, 1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1];

/** e^x - 1, to fp32's relative accuracy also where x is small: not every backend's own is. */
export function realExpm1(x: tf.Tensor): tf.Tensor {
  const sum = series.reduce<tf.Tensor | number>((rest, factor) => tf.add(tf.mul(rest, x), factor), 0);
  return tf.where(tf.less(tf.abs(x), 0.5), tf.mul(sum, x), tf.sub(tf.exp(x), 1));
}

/** e^z - 1 to fp32's relative accuracy. */
export function expm1({ re, im }: Complex): Complex {
  const grown = realExpm1(re);
  const half = tf.sin(tf.mul(im, 0.5));
  // e^a·cos b - 1 = (e^a - 1)·cos b - 2·sin²(b/2)
  return {
    re: tf.sub(tf.mul(grown, tf.cos(im)), tf.mul(2, tf.square(half))),
    im: tf.mul(tf.add(grown, 1), tf.sin(im)),
  };
}

/** The parts of what has them in its last dimension, `[…,2]` or the first two of `[…,4]`. */
export function fromParts(x: tf.Tensor): Complex {
  const shape = x.shape.slice(0, -1);
  const part = (index: number) => {
    const begin = x.shape.map((_, axis) => (axis === x.rank - 1 ? index : 0));
    return tf.reshape(tf.slice(x, begin, [...shape, 1]), shape);
  };
  return { re: part(0), im: part(1) };
}

export function toParts(...parts: tf.Tensor[]): tf.Tensor {
  return tf.concat(
    parts.map((part) => tf.expandDims(part, -1)),
    -1,
  );
}

/**
 * The pole 1 + q as `Modes` keeps it, `[…,4]`. q has fp32's relative accuracy: what is raised to high powers is near 1,
 * so that q is small and the sum, in two parts, far more accurate than fp32.
 */
export function poleFrom(q: Complex): tf.Tensor {
  const sum = tf.add(q.re, 1);
  // Knuth's sum of two numbers: what rounding took, exactly.
  const added = tf.sub(sum, q.re);
  const lacking = tf.add(tf.sub(q.re, tf.sub(sum, added)), tf.sub(1, added));
  return toParts(sum, q.im, lacking, tf.zerosLike(q.im));
}
