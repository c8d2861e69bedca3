import * as tf from '@tensorflow/tfjs-core';
import { tidyAll } from './decoding/tensor-scope.ts';

/**
 * A mixer over one text as matrices over its positions: y = project(M·values), with one M for each group of channels.
 * The entries of M depend on the text, as those of attention do (Hyena, arXiv 2302.10866, section 3.2).
 */
export interface Mixing {
  /** What has a matrix: a channel, or a head, whose channels share it. */
  readonly unit: 'channel' | 'head';
  /** How many matrices; each is for as many consecutive channels. */
  readonly count: number;
  /** `[C,1,L]` */
  readonly values: tf.Tensor;
  /** M·values for any values, `[C,B,L]` each: linear, and the rows of a batch are independent of each other. */
  readonly mix: (values: tf.Tensor) => tf.Tensor;
  /** @param mixed `[C,1,L]` @returns what the mixer's `forward` returns, `[1,L,D]` */
  readonly project: (mixed: tf.Tensor) => tf.Tensor;
}

/** The matrices of a text of one layer, row-major `[count,L,L]`. */
export interface MixingMatrices {
  readonly unit: Mixing['unit'];
  readonly count: number;
  readonly length: number;
  readonly data: Float32Array;
}

/**
 * The matrices, column by column: what is mixed of an impulse at each position. Above the diagonal they are zero but for
 * the rounding of Fourier transforms.
 *
 * @param mixingOf called within a tidy
 */
export async function mixingMatrices(mixingOf: () => Mixing): Promise<MixingMatrices> {
  const { unit, count, length, columns } = tidyAll(() => {
    const { unit, count, values, mix } = mixingOf();
    const [channels, , length] = values.shape as [number, number, number];
    const impulses = tf.mul(tf.ones([channels, 1, 1]), tf.reshape(tf.eye(length), [1, length, length]));
    const mixed = tf.reshape(mix(impulses), [count, channels / count, length, length]);
    const columns = tf.slice(mixed, [0, 0, 0, 0], [count, 1, length, length]);
    return { unit, count, length, columns: tf.transpose(tf.reshape(columns, [count, length, length]), [0, 2, 1]) };
  });
  try {
    return { unit, count, length, data: (await columns.data()) as Float32Array };
  } finally {
    columns.dispose();
  }
}

/** Repeats a batch of one, which stands first or in the middle, as many times as another tensor has rows. */
export const repeatedBatch = (x: tf.Tensor, axis: 0 | 1, times: number): tf.Tensor =>
  times === 1 ? x : tf.mul(x, tf.ones(x.shape.map((_, at) => (at === axis ? times : 1))));
