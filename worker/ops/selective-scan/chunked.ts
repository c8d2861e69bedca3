import * as tf from '@tensorflow/tfjs-core';
import { scanChunk } from '../../../main/contract/mixers/state-space.ts';

/** R independent sequences. */
export interface Sequences {
  /** `[R,L,P]` */
  readonly x: tf.Tensor;
  /** Logarithms of the decays, not positive, `[R,L]`. */
  readonly decays: tf.Tensor;
  /** `[R,L,N]` */
  readonly b: tf.Tensor;
  /** `[R,L,N]` */
  readonly c: tf.Tensor;
}

/**
 * h[t] = exp(decays[t])·h[t-1] + b[t]·x[t]ᵀ, y[t] = h[t]ᵀ·c[t], by products of matrices: within a chunk of positions each
 * with each, and from chunk to chunk by the states between them (SSD, arXiv 2405.21060, section 6).
 *
 * @param before h before the first position, `[R,N,P]`; null: zeros
 * @returns y `[R,L,P]`, after `[R,N,P]`
 */
export function chunked({ x, decays, b, c }: Sequences, before: tf.Tensor | null): { y: tf.Tensor; after: tf.Tensor } {
  const [rows, length, width] = x.shape as [number, number, number];
  const states = b.shape[2]!;
  const size = scanChunk(length);
  const count = Math.ceil(length / size);
  const chunks = (value: tf.Tensor) => {
    const last = value.shape[2]!;
    const padding = count * size - length;
    const whole = padding === 0 ? value : tf.concat([value, tf.zeros([rows, padding, last])], 1);
    return tf.reshape(whole, [rows * count, size, last]);
  };
  const [values, keys, queries] = [x, b, c].map(chunks);
  const sums = tf.cumsum(chunks(tf.expandDims(decays, 2)), 1);
  const seen = tf.tensor2d(
    Float32Array.from({ length: size * size }, (_, at) => (at % size <= at / size ? 1 : 0)),
    [size, size],
  );
  const between = tf.exp(tf.minimum(tf.sub(sums, tf.transpose(sums, [0, 2, 1])), 0));
  const products = tf.mul(tf.matMul(queries, keys, false, true), tf.mul(between, seen));
  const within = tf.matMul(products, values);

  const totals = tf.slice(sums, [0, size - 1, 0], [rows * count, 1, 1]);
  const added = tf.matMul(tf.mul(keys, tf.exp(tf.sub(totals, sums))), values, true, false);
  const each = (value: tf.Tensor, shape: number[]) =>
    tf.split(tf.reshape(value, [rows, count, ...shape]), count, 1).map((part) => tf.reshape(part, [rows, ...shape]));
  const [steps, factors] = [each(added, [states, width]), each(tf.exp(totals), [1, 1])];
  let state = before ?? tf.zeros([rows, states, width]);
  const starts: tf.Tensor[] = [];
  for (const [index, step] of steps.entries()) {
    starts.push(tf.reshape(state, [rows, 1, states, width]));
    state = tf.add(tf.mul(state, factors[index]), step);
  }
  const started = tf.reshape(tf.concat(starts, 1), [rows * count, states, width]);
  const y = tf.add(within, tf.matMul(tf.mul(queries, tf.exp(sums)), started));
  return { y: tf.slice(tf.reshape(y, [rows, count * size, width]), [0, 0, 0], [rows, length, width]), after: state };
}
