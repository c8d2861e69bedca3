import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';
import { chunked, type Sequences } from './chunked.ts';

/** ln(1 + e^x) to fp32's relative accuracy: ln(1+u) = 2·artanh(u/(2+u)). */
function softplus(x: tf.Tensor): tf.Tensor {
  const u = tf.exp(tf.neg(tf.abs(x)));
  const s = tf.div(u, tf.add(u, 2));
  const square = tf.square(s);
  const series = [1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1].reduce<tf.Tensor | number>(
    (sum, factor) => tf.add(tf.mul(sum, square), factor),
    0,
  );
  return tf.add(tf.relu(x), tf.mul(tf.mul(s, 2), series));
}

const perHead = (vector: tf.Tensor) => tf.reshape(vector, [-1, 1, 1]);

/** Everything of a layer as sequences of its heads, `[H·B,L,…]`, head by head. */
class Heads {
  readonly heads: number;
  readonly batch: number;
  readonly length: number;
  readonly headDim: number;

  constructor(x: tf.Tensor, dt: tf.Tensor) {
    [this.heads, this.batch, this.length] = dt.shape as [number, number, number];
    this.headDim = x.shape[0] / this.heads;
  }

  /** `[H·P,B,L]` to `[H·B,L,P]` */
  rows = (x: tf.Tensor): tf.Tensor => {
    const { heads, batch, length, headDim } = this;
    const split = tf.transpose(tf.reshape(x, [heads, headDim, batch, length]), [0, 2, 3, 1]);
    return tf.reshape(split, [heads * batch, length, headDim]);
  };

  /** As `rows`, back. */
  channels = (x: tf.Tensor): tf.Tensor => {
    const { heads, batch, length, headDim } = this;
    const split = tf.transpose(tf.reshape(x, [heads, batch, length, headDim]), [0, 3, 1, 2]);
    return tf.reshape(split, [heads * headDim, batch, length]);
  };

  /** `[N,B,L]`, which all heads share, to `[H·B,L,N]` */
  shared = (x: tf.Tensor): tf.Tensor => tf.tile(tf.transpose(x, [1, 2, 0]), [this.heads, 1, 1]);

  /** The gradient of what `shared` was given. */
  gathered = (x: tf.Tensor): tf.Tensor => {
    const { heads, batch, length } = this;
    const states = x.shape[2]!;
    const sum = tf.sum(tf.reshape(x, [heads, batch * length * states]), 0);
    return tf.transpose(tf.reshape(sum, [batch, length, states]), [2, 0, 1]);
  };

  /** `[H,B,L]` to `[H·B,L]` */
  flat = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [this.heads * this.batch, this.length]);
}

/** Steps and logarithms of decays, `[H,B,L]`. */
function stepsOf(dt: tf.Tensor, dtBias: tf.Tensor, aLog: tf.Tensor) {
  const raw = tf.add(dt, perHead(dtBias));
  const step = softplus(raw);
  const rate = tf.neg(tf.exp(perHead(aLog)));
  return { raw, step, rate, decays: tf.mul(step, rate) };
}

/** The same sequences from their ends, each decay with the position that it leads to. */
function reversed({ x, decays, b, c }: Sequences): Sequences {
  const [rows, length] = decays.shape as [number, number];
  const back = (value: tf.Tensor) => tf.reverse(value, 1);
  const led = tf.concat([tf.zeros([rows, 1]), tf.slice(back(decays), [0, 0], [rows, length - 1])], 1);
  return { x: back(x), decays: led, b: back(b), c: back(c) };
}

export const composed: Implementation<Attributes> = {
  forward(inputs) {
    const [x, dt, dtBias, aLog, b, c, skip, before] = inputs as [...Seven, tf.Tensor?];
    const of = new Heads(x, dt);
    const { step, decays } = stepsOf(dt, dtBias, aLog);
    const values = of.rows(x);
    const scaled = tf.mul(values, tf.expandDims(of.flat(step), 2));
    const state = before ? tf.reshape(before, [of.heads * of.batch, b.shape[0], of.headDim]) : null;
    const { y, after } = chunked({ x: scaled, decays: of.flat(decays), b: of.shared(b), c: of.shared(c) }, state);
    const skipped = tf.reshape(tf.mul(tf.reshape(x, [of.heads, -1]), tf.reshape(skip, [-1, 1])), x.shape);
    return [tf.add(of.channels(y), skipped), tf.reshape(after, [of.heads, of.batch, b.shape[0], of.headDim])];
  },

  /** Of h and y the gradients are the same recurrence again, with its parts exchanged, from the end or the beginning. */
  backward([dy], inputs, [y]) {
    const [x, dt, dtBias, aLog, b, c, skip] = inputs as Seven;
    const of = new Heads(x, dt);
    const { raw, step, rate, decays: all } = stepsOf(dt, dtBias, aLog);
    const decays = of.flat(all);
    const byHead = (value: tf.Tensor) => tf.reshape(value, [of.heads, -1]);
    const factor = tf.reshape(skip, [-1, 1]);
    const mixed = of.rows(tf.sub(y, tf.reshape(tf.mul(byHead(x), factor), x.shape)));
    const [values, slopes, keys, queries] = [of.rows(x), of.rows(dy), of.shared(b), of.shared(c)];
    const steps = tf.expandDims(of.flat(step), 2);
    const scaled = tf.mul(values, steps);
    const forth = (sequences: Sequences) => tf.tidy(() => chunked(sequences, null).y);
    const back = (sequences: Sequences) => tf.tidy(() => tf.reverse(chunked(reversed(sequences), null).y, 1));
    const dScaled = back({ x: slopes, decays, b: queries, c: keys });
    const dQueries = forth({ x: keys, decays, b: scaled, c: slopes });
    const dKeys = back({ x: queries, decays, b: slopes, c: scaled });
    // A position's decay acts on all that goes from before it to it and beyond: what arrives later less what leaves later.
    const crossing = tf.sub(tf.sum(tf.mul(slopes, mixed), 2), tf.sum(tf.mul(scaled, dScaled), 2));
    const dDecays = tf.reshape(tf.cumsum(crossing, 1, false, true), all.shape);
    const dStep = tf.add(tf.reshape(tf.sum(tf.mul(dScaled, values), 2), all.shape), tf.mul(dDecays, rate));
    const dRaw = tf.mul(dStep, tf.sigmoid(raw));
    const sum = (value: tf.Tensor) => tf.sum(byHead(value), 1);
    const skipped = tf.reshape(tf.mul(byHead(dy), factor), x.shape);
    return [
      tf.add(of.channels(tf.mul(dScaled, steps)), skipped),
      dRaw,
      sum(dRaw),
      sum(tf.mul(dDecays, all)),
      of.gathered(dKeys),
      of.gathered(dQueries),
      sum(tf.mul(dy, x)),
    ];
  },
};

type Seven = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
