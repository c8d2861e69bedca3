import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';

export interface ModalFilterAttributes extends Attributes {
  /** Taps, T. */
  length: number;
}

/** Positions of a block: a power of a pole is one of a block's start times one within it. */
const block = 64;

/** A complex number for each mode, and the products of all of them: real parts, then imaginary ones. */
type Complex = readonly [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

/**
 * Powers of all poles, in double: those within a block `[G,2S,64]` (rows of real parts, then of imaginary ones), and
 * those at the starts of blocks `[G,2,S,J]`. Read where tensors lie in memory of the CPU: at |p| = 0.9999 a pole that
 * is raised in fp32 would be off by 10,000 roundings.
 */
function powersOf(poles: tf.Tensor, blocks: number): { within: tf.Tensor3D; starts: tf.Tensor4D } {
  const [groups, modes] = poles.shape as [number, number];
  const values = poles.dataSync();
  const within = new Float32Array(groups * 2 * modes * block);
  const starts = new Float32Array(groups * 2 * modes * blocks);
  const write = (to: Float32Array, mode: number, count: number, factor: Complex): Complex => {
    const row = (Math.floor(mode / modes) * 2 * modes + (mode % modes)) * count;
    let power: Complex = [1, 0];
    for (let i = 0; i < count; i++) {
      to[row + i] = power[0];
      to[row + modes * count + i] = power[1];
      power = times(power, factor);
    }
    return power;
  };
  for (let mode = 0; mode < groups * modes; mode++) {
    const at = 4 * mode;
    const next = write(within, mode, block, [values[at] + values[at + 2], values[at + 1] + values[at + 3]]);
    write(starts, mode, blocks, next);
  }
  return {
    within: tf.tensor3d(within, [groups, 2 * modes, block]),
    starts: tf.tensor4d(starts, [groups, 2, modes, blocks]),
  };
}

/** Real and imaginary parts `[G,S,1]` of what has them in its last dimension. */
const partsOf = (x: tf.Tensor) => tf.split(x, x.shape[2]!, 2);

export const composed: Implementation<ModalFilterAttributes> = {
  forward([poles, residues], { length }) {
    const [groups, modes] = poles.shape as [number, number];
    const blocks = Math.ceil(length / block);
    const { within, starts } = powersOf(poles, blocks);
    const [re, im] = tf.split(starts, 2, 1).map((part) => tf.reshape(part, [groups, modes, blocks]));
    const [a, b] = partsOf(residues);
    // Re(R·start·power) = Re(R·start)·Re(power) - Im(R·start)·Im(power)
    const factors = tf.concat<tf.Tensor3D>(
      [tf.sub(tf.mul(a, re), tf.mul(b, im)), tf.neg(tf.add(tf.mul(a, im), tf.mul(b, re)))],
      1,
    );
    const h = tf.reshape(tf.matMul(factors, within, true, false), [groups, blocks * block]);
    return [tf.slice(h, [0, 0], [groups, length])];
  },

  /** With s = Σ_t dh[t]·p^t and s' = Σ_t dh[t]·t·p^(t-1): dR = conj(s), dp = conj(R·s'). */
  backward([dh], [poles, residues], _outputs, { length }) {
    const [groups, modes] = poles.shape as [number, number];
    const blocks = Math.ceil(length / block);
    const { within, starts } = powersOf(poles, blocks);
    const [startRe, startIm] = tf.split(starts, 2, 1).map((part) => tf.reshape(part, [groups, modes, blocks]));
    const sums = (values: tf.Tensor) => {
      const padded = tf.pad(values, [
        [0, 0],
        [0, blocks * block - values.shape[1]!],
      ]);
      const ofBlocks = tf.matMul(within, tf.reshape<tf.Rank.R3>(padded, [groups, blocks, block]), false, true);
      const [re, im] = tf.split(ofBlocks, 2, 1);
      return [
        tf.sum(tf.sub(tf.mul(re, startRe), tf.mul(im, startIm)), 2, true),
        tf.sum(tf.add(tf.mul(re, startIm), tf.mul(im, startRe)), 2, true),
      ];
    };
    const [re, im] = sums(dh);
    const times = tf.range(1, length, 1);
    // t·p^(t-1) without a division: the taps move by one.
    const later = length > 1 ? tf.mul(tf.slice(dh, [0, 1], [groups, length - 1]), times) : tf.zeros([groups, 1]);
    const [slopeRe, slopeIm] = sums(later);
    const [a, b] = partsOf(residues);
    const zeros = tf.zeros([groups, modes, 2]);
    return [
      tf.concat(
        [tf.sub(tf.mul(a, slopeRe), tf.mul(b, slopeIm)), tf.neg(tf.add(tf.mul(a, slopeIm), tf.mul(b, slopeRe))), zeros],
        2,
      ),
      tf.concat([re, tf.neg(im)], 2),
    ];
  },
};
