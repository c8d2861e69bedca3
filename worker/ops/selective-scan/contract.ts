import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({
  name: 'SelectiveScan',
  composed,
  visibleOutputs: 2,
  savedInputs: (index) => index < 7,
  savedOutputs: (index) => index === 0,
  differentiable: (index) => index < 7,
});

export interface SelectiveScanInputs {
  /** `[H·P,B,L]`, of H heads of P channels */
  x: tf.Tensor;
  /** What the steps are made of, `[H,B,L]`. */
  dt: tf.Tensor;
  /** `[H]` */
  dtBias: tf.Tensor;
  /** Logarithms of the decay rates, `[H]`. */
  aLog: tf.Tensor;
  /** `[N,B,L]` */
  b: tf.Tensor;
  /** `[N,B,L]` */
  c: tf.Tensor;
  /** `[H]` */
  skip: tf.Tensor;
  /** What the call for the positions before gave as `after`; null where the sequence begins. */
  before: tf.Tensor | null;
}

/**
 * A state space that depends on its inputs (Mamba-2, arXiv 2405.21060, equations 2 and 10): with the steps Δ[t] =
 * softplus(dt[t] + dtBias) of a head, h[t] = exp(-exp(aLog)·Δ[t])·h[t-1] + b[t]·(Δ[t]·x[t])ᵀ, y[t] = c[t]·h[t] + skip·x[t].
 * In O(L) by products of matrices over chunks. y has gradients by all but `before`, where that is null.
 *
 * @returns y `[H·P,B,L]`, after `[H,B,N,P]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function selectiveScan(inputs: SelectiveScanInputs): { y: tf.Tensor; after: tf.Tensor } {
  const { name } = operation;
  const { x, dt, dtBias, aLog, b, c, skip, before } = inputs;
  checkTensor(name, 'dt', dt, [null, null, null]);
  const [heads, batch, length] = dt.shape as [number, number, number];
  checkTensor(name, 'x', x, [null, batch, length]);
  const channels = x.shape[0];
  checkThat(name, channels % heads === 0, () => `${channels} channels do not divide into ${heads} heads`);
  for (const [key, vector] of Object.entries({ dtBias, aLog, skip })) checkTensor(name, key, vector, [heads]);
  checkTensor(name, 'b', b, [null, batch, length]);
  checkTensor(name, 'c', c, b.shape);
  if (before) checkTensor(name, 'before', before, [heads, batch, b.shape[0], channels / heads]);
  const [y, after] = operation.run([x, dt, dtBias, aLog, b, c, skip, ...(before ? [before] : [])], {});
  return { y, after };
}
