import type * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed } from './composed.ts';

const operation = defineOperation({ name: 'HyenaExtension', composed });

export interface HyenaExtensionInputs {
  /** Projections, `[(N+1)D,K'+L]`: those of up to K-1 positions before the new ones, then those of the L new ones. */
  p: tf.Tensor;
  /** `[(N+1)D,1,K]`, as of PyTorch's Conv1d: the last tap multiplies the present. */
  shortWeight: tf.Tensor;
  /** `[(N+1)D]` */
  shortBias: tf.Tensor;
  /** Long filters, order-major, `[(N-1)D,T]`, T at least S+L: as far as the future is asked for. */
  h: tf.Tensor;
  /** `[(N-1)D]` */
  skip: tf.Tensor;
  /** What each long convolution was given at the S positions before, `[(N-1)D,S]`; null where there are none. */
  history: tf.Tensor | null;
}

export interface HyenaExtensionOutputs {
  /** The recurrence at the new positions, `[D,L]`. */
  y: tf.Tensor;
  /** What each long convolution was given at the new positions, `[(N-1)D,L]`. */
  given: tf.Tensor;
  /** The part of all positions so far in each long convolution's output at the T-S-L next ones; null where T = S+L. */
  future: tf.Tensor | null;
}

/**
 * The Hyena recurrence (see `hyenaRecurrence`) at L positions that follow S others, and what all of them together add
 * to the positions to come: decoding a text costs nothing for its length afterwards. Flash Inference, arXiv 2410.12982,
 * section 3: the contribution of a prompt by one convolution. Has no gradient.
 */
export function hyenaExtension(inputs: HyenaExtensionInputs, { order }: { order: number }): HyenaExtensionOutputs {
  const { p, shortWeight, shortBias, h, skip, history } = inputs;
  const { name } = operation;
  const [channels = 0, columns = 0] = p.shape;
  const taps = shortWeight.shape[2] ?? 0;
  const past = history?.shape[1] ?? 0;
  checkThat(name, order >= 2 && channels % (order + 1) === 0, () => `${channels} channels do not fit order ${order}`);
  const filters = (order - 1) * (channels / (order + 1));
  checkTensor(name, 'p', p, [channels, null]);
  checkTensor(name, 'shortWeight', shortWeight, [channels, 1, null]);
  checkTensor(name, 'shortBias', shortBias, [channels]);
  checkTensor(name, 'h', h, [filters, null]);
  checkTensor(name, 'skip', skip, [filters]);
  if (history) checkTensor(name, 'history', history, [filters, past]);
  // Positions before the text count as zeros, not as projections: only as many columns as there were positions.
  const lead = Math.min(taps - 1, past);
  const length = columns - lead;
  const reach = h.shape[1] ?? 0;
  checkThat(name, length >= 1, () => `${columns} columns hold no position after the ${lead} of the past`);
  checkThat(name, reach >= past + length, () => `filters of ${reach} taps end before position ${past + length}`);
  const tensors = [p, shortWeight, shortBias, h, skip, ...(history ? [history] : [])];
  const [y, given, future] = operation.run(tensors, { order, lead }) as [tf.Tensor, tf.Tensor, tf.Tensor?];
  return { y, given, future: future ?? null };
}
