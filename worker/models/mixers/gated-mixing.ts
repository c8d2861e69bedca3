import * as tf from '@tensorflow/tfjs-core';
import { groupedConvolution, longConvolution } from '../../ops/index.ts';
import type { Mixing } from '../mixing.ts';

interface GatedRecurrence {
  /** What is projected, `[(N+1)D,1,L]`. */
  readonly p: tf.Tensor;
  readonly shortWeight: tf.Tensor;
  readonly shortBias?: tf.Tensor;
  /** `[(N-1)D,L]` */
  readonly h: tf.Tensor;
  /** `[(N-1)D]` */
  readonly skip: tf.Tensor;
}

/** The Hyena recurrence as D_0 S_{N-2} D_1 … S_0 D_{N-1} of each channel (Hyena, arXiv 2302.10866, section 3.2). */
export function gatedMixing(
  { p, shortWeight, shortBias, h, skip }: GatedRecurrence,
  order: number,
  project: Mixing['project'],
): Mixing {
  const short = groupedConvolution(
    { u: p, filter: shortWeight, ...(shortBias && { bias: shortBias }) },
    { orientation: 'correlation' },
  );
  const parts = tf.split(short, order + 1, 0);
  const filters = tf.split(h, order - 1, 0);
  const skips = tf.split(skip, order - 1, 0);
  return {
    unit: 'channel',
    count: parts[0].shape[0],
    values: parts[order],
    mix(values) {
      let v = values;
      for (const [index, filter] of filters.entries())
        v = longConvolution(tf.mul(v, parts[order - 1 - index]), filter, skips[index], { algorithm: 'auto' });
      return tf.mul(v, parts[0]);
    },
    project,
  };
}
