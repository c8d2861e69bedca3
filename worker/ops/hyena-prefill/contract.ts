import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({ name: 'HyenaPrefill', composed });

export interface HyenaPrefillInputs {
  /** Projections, `[(N+1)D,K'+L]`: those of up to K-1 positions before the new ones, then those of the L new ones. */
  p: tf.Tensor;
  /** `[(N+1)D,1,K]`, as of PyTorch's Conv1d: the last tap multiplies the present. */
  shortWeight: tf.Tensor;
  /** `[(N+1)D]` */
  shortBias: tf.Tensor;
  /** Long filters, order-major, `[(N-1)D,T]`, T at least S+L: as far as the future is requested. */
  h: tf.Tensor;
  /** `[(N-1)D]` */
  skip: tf.Tensor;
  /** What each long convolution was given at the S positions before, `[(N-1)D,S]`; null if there are none. */
  convInputs: tf.Tensor | null;
}

export interface HyenaPrefillOutputs {
  /** The recurrence at the new positions, `[D,L]`. */
  y: tf.Tensor;
  /** What each long convolution was given at the new positions, `[(N-1)D,L]`. */
  inputs: tf.Tensor;
  /** The part of all positions so far in each long convolution's output at the T-S-L next ones; null where T = S+L. */
  lookahead: tf.Tensor | null;
}

/**
 * The Hyena recurrence (see `hyenaRecurrence`) at L positions that follow S others, and what all of them together add
 * to the positions to come: decoding a text costs nothing for its length afterwards. Flash Inference, arXiv 2410.12982,
 * section 3: the contribution of a prompt by one convolution. Has no gradient.
 */
export function hyenaPrefill(inputs: HyenaPrefillInputs, { order }: { order: number }): HyenaPrefillOutputs {
  const { p, shortWeight, shortBias, h, skip, convInputs } = inputs;
  const { name } = operation;
  const [channels = 0, columns = 0] = p.shape;
  const taps = shortWeight.shape[2] ?? 0;
  const past = convInputs?.shape[1] ?? 0;
  checkThat(name, order >= 2 && channels % (order + 1) === 0, () => `${channels} channels do not fit order ${order}`);
  const filters = (order - 1) * (channels / (order + 1));
  checkTensor(name, 'p', p, [channels, null]);
  checkTensor(name, 'shortWeight', shortWeight, [channels, 1, null]);
  checkTensor(name, 'shortBias', shortBias, [channels]);
  checkTensor(name, 'h', h, [filters, null]);
  checkTensor(name, 'skip', skip, [filters]);
  if (convInputs) checkTensor(name, 'history', convInputs, [filters, past]);
  // Positions before the text count as zeros, not as projections: only as many columns as there were positions.
  const lead = Math.min(taps - 1, past);
  const length = columns - lead;
  const reach = h.shape[1] ?? 0;
  checkThat(name, length >= 1, () => `${columns} columns have no position after the ${lead} of the cached prefix`);
  checkThat(name, reach >= past + length, () => `filters of ${reach} taps end before position ${past + length}`);
  const tensors = [p, shortWeight, shortBias, h, skip, ...(convInputs ? [convInputs] : [])];
  const [y, given, lookahead] = operation.run(tensors, { order, lead }) as [tf.Tensor, tf.Tensor, tf.Tensor?];
  return { y, inputs: given, lookahead: lookahead ?? null };
}
