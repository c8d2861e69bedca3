import * as tf from '@tensorflow/tfjs-core';

/**
 * The Fourier transform as matrix products: the Monarch decomposition of FlashFFTConv (arXiv 2311.05908). A transform
 * of length n = n1·n2·… is, for each factor, a product with a small Fourier matrix and a multiplication by twiddle
 * factors. The spectrum stays in the order in which the products leave it, since convolution multiplies pointwise.
 *
 * Rows are real and the convolution causal, so the transform is that of the residues modulo x^n - i: the row is
 * multiplied by ω^j, ω = exp(iπ/2n), before a complex transform of the same length. What of the full convolution lies
 * past n comes back multiplied by i and is dropped with the imaginary part: no padding to twice the length.
 */
export interface ComplexArray {
  re: tf.Tensor;
  im: tf.Tensor;
}

/** As many factors of about the same size as requested, whose product is at least `length` and close to it. */
export function factorsFor(length: number, count: number): number[] {
  if (count === 1) return [length];
  const first = Math.max(1, Math.ceil(length ** (1 / count) - 1e-9));
  return [first, ...factorsFor(Math.ceil(length / first), count - 1)];
}

/** cos and sin of 2π·sign·(row·column)/n as `[rows, columns]` tensors, by exact reduction of the product modulo n. */
function roots(rows: number, columns: number, n: number): ComplexArray {
  const re = new Float32Array(rows * columns);
  const im = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const angle = (-2 * Math.PI * ((row * column) % n)) / n;
      re[row * columns + column] = Math.cos(angle);
      im[row * columns + column] = Math.sin(angle);
    }
  return { re: tf.tensor2d(re, [rows, columns]), im: tf.tensor2d(im, [rows, columns]) };
}

const conjugate = ({ re, im }: ComplexArray): ComplexArray => ({ re, im: tf.neg(im) });

export function multiply(a: ComplexArray, b: ComplexArray): ComplexArray {
  return {
    re: tf.sub(tf.mul(a.re, b.re), tf.mul(a.im, b.im)),
    im: tf.add(tf.mul(a.re, b.im), tf.mul(a.im, b.re)),
  };
}

/** The last axis of `a` times a symmetric Fourier matrix. */
function product(a: ComplexArray, matrix: ComplexArray): ComplexArray {
  const size = matrix.re.shape[0];
  const times = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(tf.reshape<tf.Rank.R2>(x, [-1, size]), y);
  const shaped = (x: tf.Tensor) => tf.reshape(x, a.re.shape);
  return {
    re: shaped(tf.sub(times(a.re, matrix.re), times(a.im, matrix.im))),
    im: shaped(tf.add(times(a.re, matrix.im), times(a.im, matrix.re))),
  };
}

const swapAxes = ({ re, im }: ComplexArray): ComplexArray => ({
  re: tf.transpose(re, [0, 2, 1]),
  im: tf.transpose(im, [0, 2, 1]),
});
const reshaped = ({ re, im }: ComplexArray, shape: number[]): ComplexArray => ({
  re: tf.reshape(re, shape),
  im: tf.reshape(im, shape),
});

/** Rows `[R,n]` to their transforms, in the order of the products. */
function transform(rows: ComplexArray, factors: readonly number[]): ComplexArray {
  const [first, ...others] = factors as [number, ...number[]];
  if (others.length === 0) return product(rows, roots(first, first, first));
  const [count, n] = rows.re.shape as [number, number];
  const rest = n / first;
  const columns = product(swapAxes(reshaped(rows, [count, first, rest])), roots(first, first, first));
  const twisted = swapAxes(multiply(columns, roots(rest, first, n)));
  return reshaped(transform(reshaped(twisted, [count * first, rest]), others), [count, n]);
}

/** The inverse of `transform`, times n. */
function inverseTransform(spectrum: ComplexArray, factors: readonly number[]): ComplexArray {
  const [first, ...others] = factors as [number, ...number[]];
  if (others.length === 0) return product(spectrum, conjugate(roots(first, first, first)));
  const [count, n] = spectrum.re.shape as [number, number];
  const rest = n / first;
  const inner = inverseTransform(reshaped(spectrum, [count * first, rest]), others);
  const untwisted = multiply(swapAxes(reshaped(inner, [count, first, rest])), conjugate(roots(rest, first, n)));
  const rows = swapAxes(product(untwisted, conjugate(roots(first, first, first))));
  return reshaped(rows, [count, n]);
}

/** ω^j for j below n, ω = exp(iπ/2n). */
function rightAngle(n: number): ComplexArray {
  const angle = (_: unknown, j: number) => (Math.PI * j) / (2 * n);
  const angles = Array.from({ length: n }, angle);
  return { re: tf.tensor1d(angles.map(Math.cos)), im: tf.tensor1d(angles.map(Math.sin)) };
}

const lengthOf = (factors: readonly number[]) => factors.reduce((product, factor) => product * factor, 1);

/** Real rows `[..., L]`, L ≤ n, to spectra `[..., n]`. */
export function spectra(rows: tf.Tensor, factors: readonly number[]): ComplexArray {
  const n = lengthOf(factors);
  const length = rows.shape.at(-1)!;
  const flat = tf.pad(tf.reshape(rows, [-1, length]), [
    [0, 0],
    [0, n - length],
  ]);
  const { re, im } = rightAngle(n);
  const result = transform({ re: tf.mul(flat, re), im: tf.mul(flat, im) }, factors);
  return reshaped(result, [...rows.shape.slice(0, -1), n]);
}

/** Spectra `[..., n]` to the first `length` values of their real rows. */
export function spectrumRows(spectrum: ComplexArray, factors: readonly number[], length: number): tf.Tensor {
  const n = lengthOf(factors);
  const outer = spectrum.re.shape.slice(0, -1);
  const { re, im } = inverseTransform(reshaped(spectrum, [-1, n]), factors);
  const angle = rightAngle(n);
  const rows = tf.div(tf.add(tf.mul(re, angle.re), tf.mul(im, angle.im)), n);
  return tf.reshape(tf.slice(rows, [0, 0], [-1, length]), [...outer, length]);
}
