import * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { continueGroupedConvolution, groupedConvolution } from '../grouped-convolution/contract.ts';
import { longConvolution, type ConvolutionAlgorithm } from '../long-convolution/contract.ts';
import { modalFilter, type Modes } from '../modal-filter/contract.ts';
import { modalScan } from '../modal-scan/contract.ts';

const name = 'H3';

export interface H3Inputs {
  /** Projections `[D,B,L]`, channels as `[H][head_dim]`, D = H·head_dim. */
  q: tf.Tensor;
  k: tf.Tensor;
  v: tf.Tensor;
  /** Of the shift state space, `[D,N]` each. */
  shiftB: tf.Tensor;
  shiftC: tf.Tensor;
  /** `[D]` */
  shiftSkip: tf.Tensor;
  /** Of the diagonal state space of each head, H groups. */
  modes: Modes;
  /** `[H]` */
  skip: tf.Tensor;
}

/** What a layer keeps of the positions before. */
export interface H3State {
  /** The last keys, `[D,B,P]`, P at most N-1. */
  keys: tf.Tensor;
  /** Of the diagonal state space, `[H·head_dim²,B,S,4]`. */
  state: tf.Tensor;
}

/**
 * The shift state space's filter in the order of PyTorch's Conv1d, `[D,1,N]`: position N-1-l holds Σ_m B[d,m]·C[d,m+l], the
 * taps of a state that moves by one place a step. It is itself a causal correlation of B with C.
 */
export function shiftFilter(b: tf.Tensor, c: tf.Tensor): tf.Tensor {
  checkTensor(name, 'shiftB', b, [null, null]);
  checkTensor(name, 'shiftC', c, b.shape);
  const rows = [b.shape[0], 1, b.shape[1]!];
  return tf.tidy(() =>
    groupedConvolution({ u: tf.reshape(b, rows), filter: tf.reshape(c, rows) }, { orientation: 'correlation' }),
  );
}

interface Heads {
  heads: number;
  headDim: number;
  batch: number;
  length: number;
}

function headsOf({ q, k, v, shiftB, shiftSkip, skip, modes }: H3Inputs): Heads {
  checkTensor(name, 'q', q, [null, null, null]);
  checkTensor(name, 'k', k, q.shape);
  checkTensor(name, 'v', v, q.shape);
  const [width, batch, length] = q.shape as [number, number, number];
  const heads = modes.poles.shape[0];
  checkThat(name, heads >= 1 && width % heads === 0, () => `${width} channels do not divide into ${heads} heads`);
  checkTensor(name, 'shiftB', shiftB, [width, null]);
  checkTensor(name, 'shiftSkip', shiftSkip, [width]);
  checkTensor(name, 'skip', skip, [heads]);
  return { heads, headDim: width / heads, batch, length };
}

/** key[d1]·value[d2] of each head, `[H·head_dim²,B,L]`. */
function outerProducts(keys: tf.Tensor, values: tf.Tensor, { heads, headDim, batch, length }: Heads): tf.Tensor {
  const left = tf.reshape(keys, [heads, headDim, 1, batch, length]);
  const right = tf.reshape(values, [heads, 1, headDim, batch, length]);
  return tf.reshape(tf.mul(left, right), [heads * headDim * headDim, batch, length]);
}

/** Σ over d1 of q[d1]·y[d1,d2], laid out as `[head_dim][H]`: as published, not as the inputs are. */
function read(q: tf.Tensor, y: tf.Tensor, { heads, headDim, batch, length }: Heads): tf.Tensor {
  const left = tf.reshape(q, [heads, headDim, 1, batch, length]);
  const read = tf.sum(tf.mul(left, tf.reshape(y, [heads, headDim, headDim, batch, length])), 1);
  return tf.reshape(tf.transpose(read, [1, 0, 2, 3]), [heads * headDim, batch, length]);
}

/**
 * Rows of H heads, each repeated for the channels of its head. A product with ones: tfjs-core's tile has no gradient here.
 *
 * @param x `[H,…]`
 * @returns `[H·times,…]`
 */
function repeated(x: tf.Tensor, times: number): tf.Tensor {
  if (times === 1) return x;
  const [heads, ...rest] = x.shape;
  const ones = tf.ones([1, times, ...rest.map(() => 1)]);
  return tf.reshape(tf.mul(tf.reshape(x, [heads, 1, ...rest]), ones), [heads * times, ...rest]);
}

/**
 * The H3 operator between its projections (arXiv 2212.14052, section 3.1 and algorithm 1): q ⊙ ssm(shift(k) ⊗ v) for each
 * head, both state spaces with a skip. All inputs have gradients.
 *
 * @returns `[D,B,L]`, channels as `[head_dim][H]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function h3(inputs: H3Inputs, { algorithm }: { algorithm: ConvolutionAlgorithm }): tf.Tensor {
  const sizes = headsOf(inputs);
  const { q, k, v, shiftB, shiftC, shiftSkip, modes, skip } = inputs;
  return tf.tidy(() => {
    const filter = shiftFilter(shiftB, shiftC);
    const keys = groupedConvolution({ u: k, filter, skip: shiftSkip }, { orientation: 'correlation' });
    const shared = sizes.headDim ** 2;
    const h = repeated(modalFilter(modes, { length: sizes.length }), shared);
    const y = longConvolution(outerProducts(keys, v, sizes), h, repeated(skip, shared), { algorithm });
    return read(q, y, sizes);
  });
}

/** {@link h3} at positions that follow others, any number of them, by its recurrence. Has no gradient. */
export function continueH3(inputs: H3Inputs, before: H3State | null): { y: tf.Tensor; after: H3State } {
  const sizes = headsOf(inputs);
  const { q, k, v, shiftB, shiftC, shiftSkip, modes, skip } = inputs;
  const [y, keys, state] = tf.tidy(() => {
    const shifted = continueGroupedConvolution(
      { u: k, filter: shiftFilter(shiftB, shiftC), skip: shiftSkip, before: before?.keys ?? null },
      { orientation: 'correlation' },
    );
    const u = outerProducts(shifted.y, v, sizes);
    const scanned = modalScan({ u, modes, skip, before: before?.state ?? null });
    return [read(q, scanned.y, sizes), shifted.after, scanned.after];
  });
  return { y, after: { keys, state } };
}
