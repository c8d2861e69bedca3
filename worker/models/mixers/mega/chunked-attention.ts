import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentState } from '../recurrent.ts';

/** Queries, divided by their root, and keys `[B,L,z]`, values `[B,L,V]`. */
interface Attended {
  readonly queries: tf.Tensor;
  readonly keys: tf.Tensor;
  readonly values: tf.Tensor;
}

/** Added to the scores of what is not seen. */
const unseen = -1e9;

/**
 * The bias of each pair, `[rows,columns]`: of the distance rows' i + lead - j, `unseen` for distances that have none.
 *
 * @param bias `[C]`, of the distances C - 1 to 0
 * @param lead columns before the first row's own
 */
function biases(bias: tf.Tensor1D, rows: number, lead: number): tf.Tensor {
  const columns = lead + rows;
  const masked = (count: number) => tf.fill([count], unseen);
  const most = Math.min(bias.size, columns);
  // Of one row after another the distances differ by one: a row of all of them, cut one place further on each time.
  const all = tf.concat([masked(columns - most), tf.slice(bias, [bias.size - most], [most]), masked(rows - 1)]);
  const count = columns + rows - 1;
  const repeated = tf.reshape(tf.mul(tf.ones([rows, 1]), tf.reshape(all, [1, count])), [rows * count]);
  if (rows === 1) return tf.reshape(repeated, [1, columns]);
  const sheared = tf.reshape(tf.slice(repeated, [rows - 1], [rows * (count - 1)]), [rows, count - 1]);
  return tf.slice(sheared, [0, 0], [rows, columns]);
}

/** Further rows of zeros, so that a text of whole chunks comes of it. @param x `[B,L,E]` */
function padded(x: tf.Tensor, rows: number): tf.Tensor {
  const [batch, length, width] = x.shape;
  return rows === length ? x : tf.concat([x, tf.zeros([batch, rows - length, width])], 1);
}

/**
 * softmax(q·kᵀ + b)·v of each token over those of its chunk up to itself: chunks of C tokens from the first on
 * (Mega-chunk, arXiv 2209.10655, section 3), with a bias by distance.
 *
 * @param bias `[C]`, of the distances C - 1 to 0
 * @returns `[B,L,V]`
 */
export function attendInChunks({ queries, keys, values }: Attended, bias: tf.Tensor1D): tf.Tensor {
  const [batch, length] = queries.shape;
  const size = Math.min(bias.size, length);
  const chunks = Math.ceil(length / size);
  const split = (x: tf.Tensor) => tf.reshape(padded(x, chunks * size), [batch * chunks, size, x.shape[2]!]);
  const scores = tf.add(tf.matMul(split(queries), split(keys), false, true), biases(bias, size, 0));
  const mixed = tf.reshape(tf.matMul(tf.softmax(scores), split(values)), [batch, chunks * size, values.shape[2]!]);
  return chunks * size === length ? mixed : tf.slice(mixed, [0, 0, 0], [batch, length, values.shape[2]!]);
}

/**
 * The same for the next positions of B texts, each of which may be at another place of its chunk. A token sees of the C keys
 * before it those of its chunk, by its place there.
 *
 * @param before the last C `keys` `[1,B,C,z]` and `values`, and the `place` `[1,B]` in its chunk of the next token
 * @returns `[B,L,V]`, and the same after these positions
 */
export function attendOn(
  { queries, keys, values }: Attended,
  bias: tf.Tensor1D,
  before: RecurrentState,
): { attended: tf.Tensor; kept: RecurrentState } {
  const [batch, length] = queries.shape;
  const lead = bias.size;
  const rows = Math.min(lead, length);
  const blocks = Math.ceil(length / rows);
  const total = blocks * rows;
  const joined = (name: 'keys' | 'values', x: tf.Tensor) =>
    tf.concat([tf.reshape(before[name], [batch, lead, x.shape[2]!]), x], 1);
  const [allKeys, allValues] = [joined('keys', keys), joined('values', values)];
  /** Of each block the C rows before it, and its own. */
  const windows = (all: tf.Tensor) => {
    const width = all.shape[2]!;
    if (blocks === 1) return all;
    const whole = padded(all, lead + total);
    const part = (first: number) =>
      tf.reshape(tf.slice(whole, [0, first, 0], [batch, total, width]), [batch * blocks, rows, width]);
    return tf.concat([part(0), part(lead)], 1);
  };
  const place = tf.reshape(before.place, [batch, 1]);
  const ofRows = wrapped(tf.add(place, tf.reshape(tf.range(0, rows), [1, rows])), lead);
  const columns = lead + rows;
  const distance = tf.sub(
    tf.reshape(tf.range(lead, lead + rows), [1, rows, 1]),
    tf.reshape(tf.range(0, columns), [1, 1, columns]),
  );
  // 1 where the distance is at most the place in the chunk.
  const seen = tf.clipByValue(tf.add(tf.sub(tf.reshape(ofRows, [batch, rows, 1]), distance), 1), 0, 1);
  const hidden = tf.mul(tf.sub(1, seen), unseen);
  const weights = tf.add(tf.reshape(biases(bias, rows, lead), [1, rows, columns]), hidden);
  const q = tf.reshape(padded(queries, total), [batch * blocks, rows, queries.shape[2]!]);
  const products = tf.reshape(tf.matMul(q, windows(allKeys), false, true), [batch, blocks, rows, columns]);
  const shares = tf.softmax(tf.add(products, tf.reshape(weights, [batch, 1, rows, columns])));
  const width = values.shape[2]!;
  const mixed = tf.matMul(tf.reshape(shares, [batch * blocks, rows, columns]), windows(allValues));
  const last = (all: tf.Tensor) => tf.expandDims(tf.slice(all, [0, length, 0], [batch, lead, all.shape[2]!]), 0);
  return {
    attended: tf.slice(tf.reshape(mixed, [batch, total, width]), [0, 0, 0], [batch, length, width]),
    kept: {
      keys: last(allKeys),
      values: last(allValues),
      place: tf.reshape(wrapped(tf.add(place, length % lead), lead), [1, batch]),
    },
  };
}

/** Whole numbers below 2·size, less size where they reach it. */
const wrapped = (x: tf.Tensor, size: number): tf.Tensor =>
  tf.sub(x, tf.mul(tf.clipByValue(tf.add(x, 1 - size), 0, 1), size));
