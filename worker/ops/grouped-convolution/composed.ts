import * as tf from '@tensorflow/tfjs-core';
import { longConvolutionOperation } from '../long-convolution/contract.ts';
import type { Attributes, Implementation } from '../operation.ts';

/** Which tap of a filter multiplies the present: the last (`correlation`, PyTorch's Conv1d) or the first. */
export type Orientation = 'correlation' | 'convolution';

export interface GroupedConvolutionAttributes extends Attributes {
  orientation: Orientation;
  /** Columns of u that belong to positions before the first that is requested. */
  lead: number;
  bias: boolean;
  skip: boolean;
}

/** The inputs by name, of a call or of its backward pass. */
export function namedInputs<T>(inputs: readonly T[], { bias, skip }: GroupedConvolutionAttributes) {
  const [u, filter] = inputs;
  return { u, filter, bias: bias ? inputs[2] : null, skip: skip ? inputs[bias ? 3 : 2] : null };
}

/** Sizes of a call, by the names of the contract. */
export function sizesOf(u: tf.TensorInfo, filter: tf.TensorInfo, { lead }: GroupedConvolutionAttributes) {
  const [channels, batch, columns] = u.shape;
  return { channels, groups: filter.shape[0], batch, lead, length: columns - lead, taps: filter.shape[2] };
}

/** Filters of at most this many taps are summed up tap by tap, longer ones convolved as long filters are. */
const mostShifts = 16;

/**
 * Whether a device that has direct sums computes a call by transforms all the same.
 *
 * @param mostTaps for which direct sums are faster where the sequence is long
 */
export function byTransforms(
  [u, filter]: readonly tf.TensorInfo[],
  attributes: GroupedConvolutionAttributes,
  mostTaps: number,
): boolean {
  const { length, taps } = sizesOf(u, filter, attributes);
  return taps > mostTaps && length >= taps;
}

/** Taps of each channel by how many positions they reach back, `[C,K]`. */
function tapsByLag(filter: tf.Tensor, channels: number, orientation: Orientation): tf.Tensor2D {
  const [groups, , taps] = filter.shape as [number, number, number];
  const shared = tf.reshape<tf.Rank.R2>(tf.tile(filter, [1, channels / groups, 1]), [channels, taps]);
  return orientation === 'correlation' ? tf.reverse(shared, 1) : shared;
}

/** The gradient of the filters from that of each channel's taps by lag. */
function filterGradient(byLag: tf.Tensor, filter: tf.Tensor, orientation: Orientation): tf.Tensor {
  const [groups, , taps] = filter.shape as [number, number, number];
  const summed = tf.sum(tf.reshape(byLag, [groups, -1, taps]), 1, true);
  return orientation === 'correlation' ? tf.reverse(summed, 2) : summed;
}

/** Moves `x [C,B,L]` by `steps` positions, towards the end where positive; zeros come in. */
function shifted(x: tf.Tensor, steps: number): tf.Tensor {
  const [channels, batch, length] = x.shape as [number, number, number];
  const kept = tf.slice(x, [0, 0, Math.max(0, -steps)], [channels, batch, length - Math.abs(steps)]);
  return tf.pad(kept, [
    [0, 0],
    [0, 0],
    [Math.max(0, steps), Math.max(0, -steps)],
  ]);
}

const column = (x: tf.Tensor) => tf.reshape(x, [-1, 1, 1]);
const tapAt = (taps: tf.Tensor2D, lag: number) => column(tf.slice(taps, [0, lag], [-1, 1]));
/** Lags that reach into the sequence. */
const reach = (taps: tf.Tensor2D, columns: number) =>
  Array.from({ length: Math.min(taps.shape[1], columns) }, (_, lag) => lag);

const withoutSkip = (channels: number) => tf.zeros([channels]);

export const composed: Implementation<GroupedConvolutionAttributes> = {
  forward(inputs, attributes) {
    const { u, filter, bias, skip } = namedInputs(inputs, attributes);
    const { channels, batch, lead, length, taps } = sizesOf(u, filter, attributes);
    const byLag = tapsByLag(filter, channels, attributes.orientation);
    const whole =
      taps > mostShifts
        ? longConvolutionOperation.forward([u, byLag, skip ?? withoutSkip(channels)], { algorithm: 'auto' })[0]
        : reach(byLag, lead + length)
            .map((lag) => tf.mul(shifted(u, lag), tapAt(byLag, lag)))
            .concat(skip ? [tf.mul(u, column(skip))] : [])
            .reduce((sum, part) => tf.add(sum, part));
    const y = tf.slice(whole, [0, 0, lead], [channels, batch, length]);
    return [bias ? tf.add(y, column(bias)) : y];
  },

  backward([dy], inputs, _outputs, attributes) {
    const { u, filter, bias, skip } = namedInputs(inputs, attributes);
    const { channels, lead, length, taps } = sizesOf(u, filter, attributes);
    const byLag = tapsByLag(filter, channels, attributes.orientation);
    const slope = tf.pad(dy, [
      [0, 0],
      [0, 0],
      [lead, 0],
    ]);
    const parts = () => {
      const lags = reach(byLag, lead + length);
      const du = lags
        .map((lag) => tf.mul(shifted(slope, -lag), tapAt(byLag, lag)))
        .concat(skip ? [tf.mul(slope, column(skip))] : [])
        .reduce((sum, part) => tf.add(sum, part));
      const ofTaps = lags.map((lag) => tf.reshape(tf.sum(tf.mul(slope, shifted(u, lag)), [1, 2]), [channels, 1]));
      const unreached = tf.zeros([channels, taps - lags.length]);
      return [du, tf.concat(taps > lags.length ? [...ofTaps, unreached] : ofTaps, 1), tf.sum(tf.mul(slope, u), [1, 2])];
    };
    const [du, dByLag, dSkip] =
      taps > mostShifts
        ? longConvolutionOperation.backward([slope], [u, byLag, skip ?? withoutSkip(channels)], [], {
            algorithm: 'auto',
          })
        : parts();
    return [
      du,
      filterGradient(dByLag, filter, attributes.orientation),
      ...(bias ? [tf.sum(dy, [1, 2])] : []),
      ...(skip ? [dSkip] : []),
    ];
  },
};
