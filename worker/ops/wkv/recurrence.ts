import type * as tf from '@tensorflow/tfjs-core';
import { exponential } from '../exponential.ts';

interface WkvSizes {
  batch: number;
  length: number;
  width: number;
}

/** @param k `[B,L,D]` */
export const wkvSizes = ({ shape: [batch, length, width] }: tf.TensorInfo): WkvSizes => ({ batch, length, width });

interface WkvArrays {
  k: Float32Array;
  v: Float32Array;
  rate: Float32Array;
  bonus: Float32Array;
}

/** An exponent below all others: of what was never seen. */
const least = -1e30;

/** Position by position, in double; writes y and `after`, as the contract has them. */
export function wkvForward(
  { batch, length, width }: WkvSizes,
  {
    k,
    v,
    rate,
    bonus,
    before,
    y,
    after,
  }: WkvArrays & { before: Float32Array | null; y: Float32Array; after: Float32Array },
): void {
  const [sum, weights, exponent] = [0, 1, 2].map(() => new Float64Array(width));
  const size = batch * width;
  for (let b = 0; b < batch; b++) {
    for (let d = 0; d < width; d++) {
      const at = b * width + d;
      sum[d] = before ? before[at] : 0;
      weights[d] = before ? before[size + at] : 0;
      exponent[d] = before && weights[d] > 0 ? before[2 * size + at] : least;
    }
    for (let t = 0; t < length; t++)
      for (let d = 0, at = (b * length + t) * width; d < width; d++, at++) {
        const present = k[at] + bonus[d];
        const top = Math.max(exponent[d], present);
        const [past, now] = [exponential(exponent[d] - top), exponential(present - top)];
        y[at] = (past * sum[d] + now * v[at]) / (past * weights[d] + now);
        const faded = exponent[d] - rate[d];
        const next = Math.max(faded, k[at]);
        const [kept, added] = [exponential(faded - next), exponential(k[at] - next)];
        sum[d] = kept * sum[d] + added * v[at];
        weights[d] = kept * weights[d] + added;
        exponent[d] = next;
      }
    for (let d = 0; d < width; d++) {
      const at = b * width + d;
      after[at] = sum[d];
      after[size + at] = weights[d];
      after[2 * size + at] = exponent[d];
    }
  }
}

/** Forth for the means, what they were relative to, and how far back they reach; then back for what is said of each value. */
export function wkvBackward(
  { batch, length, width }: WkvSizes,
  arrays: WkvArrays & {
    dy: Float32Array;
    dk: Float32Array;
    dv: Float32Array;
    dRate: Float32Array;
    dBonus: Float32Array;
  },
): void {
  const { k, v, rate, bonus, dy, dk, dv, dRate, dBonus } = arrays;
  const state = () => new Float64Array(width);
  const [ofRate, ofBonus] = [state(), state()];
  const [sum, weights, lagSum, lagWeights, exponent] = [state(), state(), state(), state(), state()];
  const [slopes, means] = [state(), state()];
  const [y, logTotal] = [new Float64Array(length * width), new Float64Array(length * width)];
  for (let b = 0; b < batch; b++) {
    for (const one of [sum, weights, lagSum, lagWeights, slopes, means]) one.fill(0);
    exponent.fill(least);
    for (let t = 0; t < length; t++)
      for (let d = 0, at = (b * length + t) * width, here = t * width; d < width; d++, at++, here++) {
        const present = k[at] + bonus[d];
        const top = Math.max(exponent[d], present);
        const [past, now] = [exponential(exponent[d] - top), exponential(present - top)];
        const total = past * weights[d] + now;
        const mean = (past * sum[d] + now * v[at]) / total;
        y[here] = mean;
        logTotal[here] = top + Math.log(total);
        ofRate[d] -= (dy[at] * past * (lagSum[d] - mean * lagWeights[d])) / total;
        ofBonus[d] += (dy[at] * now * (v[at] - mean)) / total;
        const faded = exponent[d] - rate[d];
        const next = Math.max(faded, k[at]);
        const [kept, added] = [exponential(faded - next), exponential(k[at] - next)];
        lagSum[d] = kept * (lagSum[d] + sum[d]);
        lagWeights[d] = kept * (lagWeights[d] + weights[d]);
        sum[d] = kept * sum[d] + added * v[at];
        weights[d] = kept * weights[d] + added;
        exponent[d] = next;
      }
    exponent.fill(least);
    for (let t = length - 1; t >= 0; t--)
      for (let d = 0, at = (b * length + t) * width, here = t * width; d < width; d++, at++, here++) {
        const weight = exponential(k[at] + exponent[d]);
        const share = dy[at] * exponential(k[at] + bonus[d] - logTotal[here]);
        dv[at] = weight * slopes[d] + share;
        dk[at] = weight * (v[at] * slopes[d] - means[d]) + share * (v[at] - y[here]);
        const faded = exponent[d] - rate[d];
        const next = Math.max(faded, -logTotal[here]);
        const [kept, added] = [exponential(faded - next), dy[at] * exponential(-logTotal[here] - next)];
        slopes[d] = kept * slopes[d] + added;
        means[d] = kept * means[d] + added * y[here];
        exponent[d] = next;
      }
  }
  dRate.set(ofRate);
  dBonus.set(ofBonus);
}
