/** The operations of mixers as direct sums in double precision, as naive.ts has the others. */
import type { DiscretisationRule } from '../../main/contract/mixers/state-space.ts';
import { zeros, type Matrix } from './naive.ts';

export interface Settings {
  orientation: 'correlation' | 'convolution';
}

/** u of all positions, from the first of the sequence on. */
export function groupedConvolution(
  u: Matrix,
  filter: Matrix,
  bias: Matrix | null,
  skip: Matrix | null,
  { orientation }: Settings,
): Matrix {
  const [channels, batch, length] = u.shape;
  const [groups, , taps] = filter.shape;
  const y = zeros(channels, batch, length);
  for (let c = 0; c < channels; c++) {
    const group = Math.floor(c / (channels / groups));
    for (let b = 0; b < batch; b++)
      for (let i = 0; i < length; i++) {
        const at = (c * batch + b) * length + i;
        let sum = (bias ? bias.data[c] : 0) + (skip ? skip.data[c] * u.data[at] : 0);
        for (let k = 0; k < taps && k <= i; k++)
          sum += filter.data[group * taps + (orientation === 'correlation' ? taps - 1 - k : k)] * u.data[at - k];
        y.data[at] = sum;
      }
  }
  return y;
}

type Complex = [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const over = (a: Complex, [c, d]: Complex): Complex => times(a, [c / (c * c + d * d), -d / (c * c + d * d)]);
const exponential = ([a, b]: Complex): Complex => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)];

/** Σ_s Re(R·p^t), each power by its modulus and argument. */
function sumOfModes(groups: number, modes: number, length: number, mode: (at: number) => [Complex, Complex]): Matrix {
  const h = zeros(groups, length);
  for (let g = 0; g < groups; g++)
    for (let s = 0; s < modes; s++) {
      const [[a, b], [c, d]] = mode(g * modes + s);
      const [modulus, argument] = [Math.hypot(a, b), Math.atan2(b, a)];
      for (let t = 0; t < length; t++) {
        const size = modulus ** t;
        h.data[g * length + t] += size * (c * Math.cos(t * argument) - d * Math.sin(t * argument));
      }
    }
  return h;
}

const pair = ({ data }: Matrix, at: number): Complex => [data[2 * at], data[2 * at + 1]];

export const complexFilter = (poles: Matrix, residues: Matrix, length: number): Matrix =>
  sumOfModes(poles.shape[0], poles.shape[1], length, (at) => [pair(poles, at), pair(residues, at)]);

/** Gradients of poles and residues of {@link complexFilter}, term by term: differences would need steps too small. */
export function complexFilterGradients(poles: Matrix, residues: Matrix, slopes: Matrix): [Matrix, Matrix] {
  const [groups, modes] = poles.shape;
  const length = slopes.shape[1];
  const [dPoles, dResidues] = [zeros(...poles.shape), zeros(...residues.shape)];
  for (let at = 0; at < groups * modes; at++) {
    const [[a, b], residue] = [pair(poles, at), pair(residues, at)];
    const power = (t: number): Complex => {
      const size = Math.hypot(a, b) ** t;
      return [size * Math.cos(t * Math.atan2(b, a)), size * Math.sin(t * Math.atan2(b, a))];
    };
    for (let t = 0; t < length; t++) {
      const slope = slopes.data[Math.floor(at / modes) * length + t];
      // Re(R·p^t) changes with the real part of R by Re(p^t), with its imaginary part by -Im(p^t); so with p.
      const [re, im] = power(t);
      dResidues.data[2 * at] += slope * re;
      dResidues.data[2 * at + 1] -= slope * im;
      if (t === 0) continue;
      const [c, d] = times(residue, power(t - 1));
      dPoles.data[2 * at] += slope * t * c;
      dPoles.data[2 * at + 1] -= slope * t * d;
    }
  }
  return [dPoles, dResidues];
}

export const realFilter = (logPoles: Matrix, residues: Matrix, length: number): Matrix =>
  sumOfModes(logPoles.shape[0], logPoles.shape[1], length, (at) => [
    [Math.exp(logPoles.data[at]), 0],
    [residues.data[at], 0],
  ]);

export function diagonalFilter(
  [logDt, logAReal, aImag, c, b]: Matrix[],
  rule: DiscretisationRule,
  length: number,
): Matrix {
  const [groups, modes] = logAReal.shape;
  return sumOfModes(groups, modes, length, (at) => {
    const dt = Math.exp(logDt.data[Math.floor(at / modes)]);
    const a: Complex = [-Math.exp(logAReal.data[at]), aImag.data[at]];
    const z: Complex = [a[0] * dt, a[1] * dt];
    const weight = times([2, 0], times(pair(c, at), pair(b, at)));
    if (rule === 'bilinear') {
      const below: Complex = [1 - z[0] / 2, -z[1] / 2];
      return [over([1 + z[0] / 2, z[1] / 2], below), times(weight, over([dt, 0], below))];
    }
    const pole = exponential(z);
    if (rule === 'zero-order-hold') return [pole, times(weight, over([pole[0] - 1, pole[1]], a))];
    let powers: Complex = [0, 0];
    for (let t = 0; t < rule.softmax; t++) {
      const power = exponential([z[0] * t, z[1] * t]);
      powers = [powers[0] + power[0], powers[1] + power[1]];
    }
    return [pole, over(over(weight, a), powers)];
  });
}

/** Each channel as a mixture of itself and the token before it. */
export function tokenShift(x: Matrix, mix: Matrix, before: Matrix | null): Matrix {
  const [batch, length, width] = x.shape;
  const y = zeros(batch, length, width);
  for (let b = 0; b < batch; b++)
    for (let t = 0; t < length; t++)
      for (let d = 0; d < width; d++) {
        const at = (b * length + t) * width + d;
        const earlier = t > 0 ? x.data[at - width] : before ? before.data[b * width + d] : 0;
        y.data[at] = mix.data[d] * x.data[at] + (1 - mix.data[d]) * earlier;
      }
  return y;
}

/** The weighted mean of equation 14 of arXiv 2305.13048, term by term; exponents relative to the largest of all. */
export function wkv([k, v, rate, bonus]: Matrix[]): Matrix {
  const [batch, length, width] = k.shape;
  const y = zeros(batch, length, width);
  for (let b = 0; b < batch; b++)
    for (let d = 0; d < width; d++) {
      const place = (t: number) => (b * length + t) * width + d;
      for (let t = 0; t < length; t++) {
        const exponents = Array.from({ length: t + 1 }, (_, i) =>
          i === t ? bonus.data[d] + k.data[place(t)] : k.data[place(i)] - (t - 1 - i) * rate.data[d],
        );
        const largest = Math.max(...exponents);
        let [sum, weights] = [0, 0];
        for (const [i, exponent] of exponents.entries()) {
          const weight = Math.exp(exponent - largest);
          sum += weight * v.data[place(i)];
          weights += weight;
        }
        y.data[place(t)] = sum / weights;
      }
    }
  return y;
}

/** softmax(q·kᵀ + b)·v of each token over its chunk (Mega, arXiv 2209.10655), token by token; b[C-1-distance]. */
export function chunkedAttention([q, k, v, bias]: Matrix[]): Matrix {
  const [batch, length, width] = q.shape;
  const [chunk, channels] = [bias.shape[0], v.shape[2]];
  const y = zeros(batch, length, channels);
  for (let b = 0; b < batch; b++)
    for (let t = 0; t < length; t++) {
      const first = t - (t % chunk);
      const row = (place: number) => b * length + place;
      const weights = Array.from({ length: t - first + 1 }, (_, index) => {
        let score = bias.data[chunk - 1 - (t - first - index)];
        for (let e = 0; e < width; e++) score += q.data[row(t) * width + e] * k.data[row(first + index) * width + e];
        return Math.exp(score);
      });
      const sum = weights.reduce((total, weight) => total + weight, 0);
      for (const [index, weight] of weights.entries())
        for (let e = 0; e < channels; e++)
          y.data[row(t) * channels + e] += (weight / sum) * v.data[row(first + index) * channels + e];
    }
  return y;
}

/** The state space of arXiv 2405.21060, equations 2 and 10, position by position, each number of the state by itself. */
export function selectiveScan([x, dt, dtBias, aLog, b, c, skip]: Matrix[]): Matrix {
  const [heads, batch, length] = dt.shape;
  const [width, states] = [x.shape[0] / heads, b.shape[0]];
  const y = zeros(...x.shape);
  for (let channel = 0; channel < x.shape[0]; channel++)
    for (let row = 0; row < batch; row++) {
      const head = Math.floor(channel / width);
      const h = new Float64Array(states);
      for (let t = 0; t < length; t++) {
        const step = Math.log1p(Math.exp(dt.data[(head * batch + row) * length + t] + dtBias.data[head]));
        const at = (channel * batch + row) * length + t;
        y.data[at] = skip.data[head] * x.data[at];
        for (let n = 0; n < states; n++) {
          const place = (n * batch + row) * length + t;
          h[n] = Math.exp(-Math.exp(aLog.data[head]) * step) * h[n] + step * x.data[at] * b.data[place];
          y.data[at] += c.data[place] * h[n];
        }
      }
    }
  return y;
}

/** kernel[d,l] = Σ_m B[d,m]·C[d,m+l] applied causally, and the diagonal system per head, as the layers' equations say. */
export function h3(inputs: Matrix[], headDim: number, h: Matrix): Matrix {
  const [q, k, v, shiftB, shiftC, shiftSkip, skip] = inputs;
  const [width, batch, length] = q.shape;
  const heads = width / headDim;
  const order = shiftB.shape[1];
  const keys = zeros(width, batch, length);
  for (let d = 0; d < width; d++)
    for (let b = 0; b < batch; b++)
      for (let i = 0; i < length; i++) {
        const at = (d * batch + b) * length + i;
        let sum = shiftSkip.data[d] * k.data[at];
        for (let l = 0; l < order && l <= i; l++)
          for (let m = 0; m + l < order; m++)
            sum += shiftB.data[d * order + m] * shiftC.data[d * order + m + l] * k.data[at - l];
        keys.data[at] = sum;
      }
  const y = zeros(width, batch, length);
  for (let head = 0; head < heads; head++)
    for (let d2 = 0; d2 < headDim; d2++)
      for (let d1 = 0; d1 < headDim; d1++)
        for (let b = 0; b < batch; b++) {
          const row = (channel: number) => ((head * headDim + channel) * batch + b) * length;
          const product = (i: number) => keys.data[row(d1) + i] * v.data[row(d2) + i];
          for (let i = 0; i < length; i++) {
            let sum = skip.data[head] * product(i);
            for (let j = 0; j <= i; j++) sum += h.data[head * length + j] * product(i - j);
            y.data[((d2 * heads + head) * batch + b) * length + i] += q.data[row(d1) + i] * sum;
          }
        }
  return y;
}
