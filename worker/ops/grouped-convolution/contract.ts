import * as tf from '@tensorflow/tfjs-core';
import { checkTensor, checkThat } from '../checks.ts';
import { defineOperation } from '../operation.ts';
import { composed, type Orientation } from './composed.ts';

export type { Orientation } from './composed.ts';

const operation = defineOperation({ name: 'GroupedConvolution', composed });

export interface GroupedConvolutionInputs {
  /** `[C,B,L]` */
  u: tf.Tensor;
  /** `[G,1,K]`: each row is shared by C/G neighbouring channels. */
  filter: tf.Tensor;
  /** `[C]` */
  bias?: tf.Tensor;
  /** `[C]` */
  skip?: tf.Tensor;
  /** Inputs at the P positions before those of u, `[C,B,P]`, P at most K-1. Default: the sequence begins with u. */
  before?: tf.Tensor | null;
}

/**
 * Causal depthwise convolution with explicit filters, by direct sums or, where they have many taps, by transforms: y[c,b,i] = bias[c] +
 * skip[c]·u[c,b,i] + Σ_{k<K} w[g,k]·u[c,b,i-k], g = ⌊c·G/C⌋. With `correlation` w[g,k] = filter[g,0,K-1-k], as of
 * PyTorch's Conv1d with padding K-1: the last tap multiplies the present. With `convolution` w = filter: the first does.
 *
 * The short filters of Hyena (arXiv 2302.10866, section 3.1), StripedHyena and LFM2 and StripedHyena 2's Hyena-SE are
 * correlations, its Hyena-MR (128 taps, with a skip) is a convolution (arXiv 2503.01868, section 2.1).
 *
 * @returns `[C,B,L]`
 * @throws HyenaError `internal` where sizes do not fit
 */
export function groupedConvolution(
  { u, filter, bias, skip, before }: GroupedConvolutionInputs,
  { orientation }: { orientation: Orientation },
): tf.Tensor {
  const { name } = operation;
  const [channels = 0, batch = 0] = u.shape;
  const [groups = 0, , taps = 0] = filter.shape;
  checkTensor(name, 'u', u, [null, null, null]);
  checkTensor(name, 'filter', filter, [null, 1, null]);
  checkThat(
    name,
    groups >= 1 && channels % groups === 0,
    () => `${channels} channels do not divide into ${groups} groups`,
  );
  checkThat(name, taps >= 1, () => 'a filter must have a tap');
  if (bias) checkTensor(name, 'bias', bias, [channels]);
  if (skip) checkTensor(name, 'skip', skip, [channels]);
  if (before) checkTensor(name, 'before', before, [channels, batch, null]);
  const lead = before?.shape[2] ?? 0;
  checkThat(name, lead < taps, () => `${lead} positions before are more than ${taps} taps reach`);
  const attributes = { orientation, lead, bias: bias !== undefined, skip: skip !== undefined };
  return tf.tidy(() => {
    const inputs = [before && lead > 0 ? tf.concat([before, u], 2) : u, filter];
    if (bias) inputs.push(bias);
    if (skip) inputs.push(skip);
    return operation.run(inputs, attributes)[0];
  });
}

/**
 * Continues a sequence by any number of positions: {@link groupedConvolution}, and what the next call is to be given as
 * `before`: the last K-1 inputs so far, `[C,B,P]`, P = K-1 or less where fewer were seen. Has no gradient.
 */
export function continueGroupedConvolution(
  inputs: GroupedConvolutionInputs,
  settings: { orientation: Orientation },
): { y: tf.Tensor; after: tf.Tensor } {
  const { u, filter, before } = inputs;
  return {
    y: groupedConvolution(inputs, settings),
    after: tf.tidy(() => {
      const known = before && before.shape[2]! > 0 ? tf.concat([before, u], 2) : u;
      const columns = known.shape[2]!;
      const kept = Math.min(filter.shape[2]! - 1, columns);
      return tf.slice(known, [0, 0, columns - kept], [-1, -1, kept]);
    }),
  };
}
