import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';

/** Values of causal attention with as many kv heads as heads, and its gradients for dy; all `[batch, length, width]`. */
export interface AttentionValues {
  readonly shape: readonly [batch: number, length: number, width: number];
  readonly heads: number;
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
  readonly dy: Float32Array;
  readonly y: Float32Array;
  readonly dq: Float32Array;
  readonly dk: Float32Array;
  readonly dv: Float32Array;
}

/** This many rows of heads are checked, spread over all of them. */
const samples = 12;

/**
 * Compares rows of the output and of the gradient of q with direct sums in double precision, and the gradients of k and v
 * by what they add up to: dv to dy, since weights add up to 1, and dk·k to dq·q, since both are scores times gradients.
 *
 * @param tolerance largest error relative to the largest magnitude: 1e-4 is enough for fp32
 * @throws HyenaError `numerical`, with the error and where it is
 */
export function checkAttention(values: AttentionValues, tolerance: number): void {
  const { shape, heads, q, k, v, dy, y, dq, dk, dv } = values;
  const [batch, length, width] = shape;
  const size = width / heads;
  const dot = (a: Float32Array, at: number, b: Float32Array, from: number) => {
    let sum = 0;
    for (let e = 0; e < size; e++) sum += a[at + e] * b[from + e];
    return sum;
  };
  const largest = (x: Float32Array) => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const [yScale, dqScale] = [largest(y), largest(dq)];
  for (let sample = 0; sample < samples; sample++) {
    const place = (Math.imul(sample + 1, 2654435761) >>> 0) % (batch * length * heads);
    const [row, head] = [Math.floor(place / heads), place % heads];
    const own = place * size;
    const key = (j: number) => ((row - (row % length) + j) * heads + head) * size;
    const seen = (row % length) + 1;
    const weights = Float64Array.from({ length: seen }, (_, j) => dot(q, own, k, key(j)) / Math.sqrt(size));
    const most = weights.reduce((a, b) => Math.max(a, b));
    weights.forEach((score, j) => (weights[j] = Math.exp(score - most)));
    const total = weights.reduce((a, b) => a + b);
    const slopes = weights.map((_, j) => dot(dy, own, v, key(j)));
    const mean = slopes.reduce((sum, slope, j) => sum + (weights[j] / total) * slope, 0);
    for (let e = 0; e < size; e++) {
      let [output, gradient] = [0, 0];
      for (let j = 0; j < seen; j++) {
        const weight = weights[j] / total;
        output += weight * v[key(j) + e];
        gradient += (weight * (slopes[j] - mean) * k[key(j) + e]) / Math.sqrt(size);
      }
      compare('output', y[own + e], output, yScale, tolerance, own + e);
      compare('gradient of the queries', dq[own + e], gradient, dqScale, tolerance, own + e);
    }
  }
  const sumOf = (x: Float32Array, of: (value: number, at: number) => number) =>
    x.reduce((sum, value, at) => sum + of(value, at), 0);
  const slopes = sumOf(dy, (value) => value);
  // What is summed has either sign: rounding grows with the square root of the number.
  const spread = (x: Float32Array, of: (value: number, at: number) => number) =>
    Math.sqrt(sumOf(x, (value, at) => of(value, at) ** 2));
  compare(
    'gradient of the values, all of it,',
    sumOf(dv, (value) => value),
    slopes,
    spread(dy, (x) => x),
    tolerance,
  );
  const ofQueries = (value: number, at: number) => value * q[at];
  const [wanted, scale] = [sumOf(dq, ofQueries), spread(dq, ofQueries)];
  compare(
    'gradient of the keys, times the keys,',
    sumOf(dk, (value, at) => value * k[at]),
    wanted,
    scale,
    tolerance,
  );
}

function compare(name: string, value: number, wanted: number, scale: number, tolerance: number, place?: number): void {
  if (Math.abs(value - wanted) <= tolerance * scale) return;
  throw new HyenaError(
    'numerical',
    place === undefined
      ? msg`Wrong ${name} of attention: got ${value}, expected ${wanted}.`
      : msg`Wrong ${name} of attention: got ${value}, expected ${wanted} at element ${place}.`,
    { hint: 'This device computes incorrect results. Use another device and report this.' },
  );
}
