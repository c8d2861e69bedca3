import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';

/** An exponent below all others: of what was never seen. */
const least = -1e30;

/** Sums of weighted numbers, of which the weights are relative to e^exponent; all `[B,L,D]`. */
interface Sums {
  readonly exponent: tf.Tensor;
  readonly values: readonly tf.Tensor[];
}

/** The first positions of x after `count` of a constant. */
function shifted(x: tf.Tensor, count: number, fill: number): tf.Tensor {
  const [batch, length, width] = x.shape as [number, number, number];
  return tf.concat([tf.fill([batch, count, width], fill), tf.slice(x, [0, 0, 0], [batch, length - count, width])], 1);
}

const delayed = ({ exponent, values }: Sums): Sums => ({
  exponent: shifted(exponent, 1, least),
  values: values.map((value) => shifted(value, 1, 0)),
});

/**
 * Sums of each position's values and all before it, whose weights fall by e^-rate with every position: doubled again and
 * again, in log2(L) rounds. With `lags` the second half of the values are the first, times how many positions ago they were.
 */
function scanned(sums: Sums, rate: tf.Tensor, lags = false): Sums {
  const length = sums.exponent.shape[1]!;
  for (let step = 1; step < length; step *= 2) {
    // Of a round nothing but its sums is kept: there are many, each as large as the keys.
    const [exponent, ...values] = tf.tidy(() => doubled(sums, rate, { step, lags }));
    if (step > 1) tf.dispose([sums.exponent, ...sums.values]);
    sums = { exponent, values };
  }
  return sums;
}

function doubled(
  { exponent, values }: Sums,
  rate: tf.Tensor,
  { step, lags }: { step: number; lags: boolean },
): tf.Tensor[] {
  const past = tf.sub(shifted(exponent, step, least), tf.mul(rate, step));
  const top = tf.maximum(exponent, past);
  const [kept, added] = [tf.exp(tf.sub(exponent, top)), tf.exp(tf.sub(past, top))];
  const earlier = values.map((value) => shifted(value, step, 0));
  const half = values.length / 2;
  return [
    top,
    ...values.map((value, index) => {
      const lagging = lags && index >= half;
      const from = lagging ? tf.add(earlier[index], tf.mul(earlier[index - half], step)) : earlier[index];
      return tf.add(tf.mul(value, kept), tf.mul(from, added));
    }),
  ];
}

/** The mean of what was before and of the present: y, its exponent, the sum of weights, and the shares of both. */
function meanOf({ exponent, values: [sum, weights] }: Sums, k: tf.Tensor, v: tf.Tensor, bonus: tf.Tensor) {
  const present = tf.add(k, bonus);
  const top = tf.maximum(exponent, present);
  const [past, now] = [tf.exp(tf.sub(exponent, top)), tf.exp(tf.sub(present, top))];
  const total = tf.add(tf.mul(weights, past), now);
  return { y: tf.div(tf.add(tf.mul(sum, past), tf.mul(v, now)), total), top, total, past, now };
}

/** As the sums of one position more, before all others. */
function fromState(before: tf.Tensor): Sums {
  const [, batch, width] = before.shape as [number, number, number];
  const [sum, weights, exponent] = tf.split(before, 3, 0).map((part) => tf.reshape(part, [batch, 1, width]));
  const seen = tf.greater(weights, 0);
  return { exponent: tf.where(seen, exponent, tf.fill(exponent.shape, least)), values: [sum, weights] };
}

export const composed: Implementation<Attributes> = {
  forward(inputs) {
    const [k, v, rate, bonus, before] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?];
    const [batch, length, width] = k.shape as [number, number, number];
    const first = fromState(before ?? tf.zeros([3, batch, width]));
    const sums = scanned(
      {
        exponent: tf.concat([first.exponent, k], 1),
        values: [tf.concat([first.values[0], v], 1), tf.concat([first.values[1], tf.onesLike(v)], 1)],
      },
      rate,
    );
    const part = (x: tf.Tensor, begin: number, count: number) => tf.slice(x, [0, begin, 0], [batch, count, width]);
    const prior = {
      exponent: part(sums.exponent, 0, length),
      values: sums.values.map((value) => part(value, 0, length)),
    };
    const after = [...sums.values, sums.exponent].map((value) => tf.reshape(part(value, length, 1), [1, batch, width]));
    return [meanOf(prior, k, v, bonus).y, tf.concat(after, 0)];
  },

  backward([dy], [k, v, rate, bonus]) {
    const none = tf.zerosLike(v);
    const prior = delayed(scanned({ exponent: k, values: [v, tf.onesLike(v), none, none] }, rate, true));
    const { y, top, total, past, now } = meanOf(prior, k, v, bonus);
    const slope = tf.div(dy, total);
    const ofPresent = tf.mul(slope, now);
    const difference = tf.mul(ofPresent, tf.sub(v, y));
    const lagged = tf.sub(prior.values[2], tf.mul(y, prior.values[3]));
    // What later positions say of a value: the same sums from the end.
    const reversed = (x: tf.Tensor) => tf.reverse(x, 1);
    const later = delayed(
      scanned({ exponent: tf.neg(reversed(top)), values: [slope, tf.mul(slope, y)].map(reversed) }, rate),
    );
    const [slopes, means] = later.values.map(reversed);
    const weight = tf.exp(tf.add(k, reversed(later.exponent)));
    return [
      tf.add(tf.mul(weight, tf.sub(tf.mul(v, slopes), means)), difference),
      tf.add(tf.mul(weight, slopes), ofPresent),
      tf.neg(tf.sum(tf.mul(tf.mul(slope, past), lagged), [0, 1])),
      tf.sum(difference, [0, 1]),
    ];
  },
};
