import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type HyenaRecurrenceAttributes } from './composed.ts';

export type { HyenaRecurrenceAttributes } from './composed.ts';

const operation = defineOperation({ name: 'HyenaRecurrence', composed });

export interface HyenaRecurrenceInputs {
  /** Projections of the sequence, `[(N+1)D,B,L]`. */
  p: tf.Tensor;
  /** `[(N+1)D,1,K]`, as of PyTorch's Conv1d: the last tap multiplies the present. */
  shortWeight: tf.Tensor;
  /** `[(N+1)D]` */
  shortBias: tf.Tensor;
  /** Long filters, order-major, `[(N-1)D,L]`. */
  h: tf.Tensor;
  /** `[(N-1)D]` */
  skip: tf.Tensor;
}

/**
 * The Hyena recurrence of order N (arXiv 2302.10866, definition 3.1) with the short convolution before it:
 * s[c,i] = shortBias[c] + Σ_k shortWeight[c,K-1-k]·p[c,i-k]; s is split into x0 … x(N-1), v; for o = 0 … N-2:
 * v ← longConvolution(v·x(N-1-o), h[o], skip[o]); the result is v·x0.
 *
 * @returns `[D,B,L]`
 */
export function hyenaRecurrence(
  { p, shortWeight, shortBias, h, skip }: HyenaRecurrenceInputs,
  attributes: HyenaRecurrenceAttributes,
): tf.Tensor {
  const { name } = operation;
  const { order } = attributes;
  const [channels = 0, , length = null] = p.shape;
  checkTensor(name, 'p', p, [null, null, null]);
  checkThat(name, order >= 2 && channels % (order + 1) === 0, () => `${channels} channels do not fit order ${order}`);
  const filters = (order - 1) * (channels / (order + 1));
  checkTensor(name, 'shortWeight', shortWeight, [channels, 1, null]);
  checkTensor(name, 'shortBias', shortBias, [channels]);
  checkTensor(name, 'h', h, [filters, length]);
  checkTensor(name, 'skip', skip, [filters]);
  return operation.run([p, shortWeight, shortBias, h, skip], attributes)[0];
}
