import * as tf from '@tensorflow/tfjs-core';
import type { LongConvolutionAttributes } from '../long-convolution/composed.ts';
import { longConvolutionOperation } from '../long-convolution/contract.ts';
import type { Implementation } from '../operation.ts';

export interface HyenaRecurrenceAttributes extends LongConvolutionAttributes {
  order: number;
}

/** Moves `x [C,B,L]` by `steps` positions along L, towards the end where positive; zeros come in. */
function shifted(x: tf.Tensor, steps: number): tf.Tensor {
  const [channels, batch, length] = x.shape as [number, number, number];
  const kept = tf.slice(x, [0, 0, Math.max(0, -steps)], [channels, batch, length - Math.abs(steps)]);
  return tf.pad(kept, [
    [0, 0],
    [0, 0],
    [Math.max(0, steps), Math.max(0, -steps)],
  ]);
}

/** The tap that multiplies the value `steps` positions back, `[C,1,1]`. */
const tapAt = (weight: tf.Tensor, steps: number): tf.Tensor =>
  tf.slice(weight as tf.Tensor3D, [0, 0, weight.shape[2]! - 1 - steps], [-1, 1, 1]);

/** Positions back that reach into the sequence. */
const reach = (weight: tf.Tensor, length: number): number[] =>
  Array.from({ length: Math.min(weight.shape[2]!, length) }, (_, steps) => steps);

function shortConvolution(p: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return reach(weight, p.shape[2]!).reduce<tf.Tensor>(
    (sum, steps) => tf.add(sum, tf.mul(shifted(p, steps), tapAt(weight, steps))),
    tf.reshape(bias, [-1, 1, 1]),
  );
}

interface Stages {
  gates: tf.Tensor[];
  /** v before each long convolution, and last what the output gate sees. */
  values: tf.Tensor[];
  /** What each long convolution is given. */
  given: tf.Tensor[];
  filters: tf.Tensor[];
  skips: tf.Tensor[];
}

function stagesOf(inputs: tf.Tensor[], { order, algorithm }: HyenaRecurrenceAttributes): Stages {
  const [p, shortWeight, shortBias, h, skip] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const parts: tf.Tensor[] = tf.split(shortConvolution(p, shortWeight, shortBias), order + 1, 0);
  const gates = parts.slice(0, order);
  const values = [parts[order]];
  const filters: tf.Tensor[] = tf.split(h, order - 1, 0);
  const skips: tf.Tensor[] = tf.split(skip, order - 1, 0);
  const given: tf.Tensor[] = [];
  for (let stage = 0; stage < order - 1; stage++) {
    given.push(tf.mul(values[stage], gates[order - 1 - stage]));
    values.push(longConvolutionOperation.forward([given[stage], filters[stage], skips[stage]], { algorithm })[0]);
  }
  return { gates, values, given, filters, skips };
}

export const composed: Implementation<HyenaRecurrenceAttributes> = {
  forward(inputs, attributes) {
    const { gates, values } = stagesOf(inputs, attributes);
    return [tf.mul(values.at(-1)!, gates[0])];
  },

  backward([dy], inputs, _outputs, attributes) {
    const { order, algorithm } = attributes;
    const { gates, values, given, filters, skips } = stagesOf(inputs, attributes);
    const dGates = [tf.mul(dy, values.at(-1)!)];
    const dFilters: tf.Tensor[] = [];
    const dSkips: tf.Tensor[] = [];
    let dValue = tf.mul(dy, gates[0]);
    for (let stage = order - 2; stage >= 0; stage--) {
      const [dGiven, dFilter, dSkip] = longConvolutionOperation.backward(
        [dValue],
        [given[stage], filters[stage], skips[stage]],
        [],
        { algorithm },
      );
      dFilters.unshift(dFilter);
      dSkips.unshift(dSkip);
      dGates.push(tf.mul(dGiven, values[stage]));
      dValue = tf.mul(dGiven, gates[order - 1 - stage]);
    }
    const dShort = tf.concat([...dGates, dValue], 0);

    const [p, shortWeight] = inputs as [tf.Tensor, tf.Tensor];
    const [channels, , taps] = shortWeight.shape as [number, number, number];
    const steps = reach(shortWeight, p.shape[2]!);
    const dp = steps
      .map((step) => tf.mul(shifted(dShort, -step), tapAt(shortWeight, step)))
      .reduce((sum, part) => tf.add(sum, part));
    const dTaps = steps.map((step) => tf.reshape(tf.sum(tf.mul(dShort, shifted(p, step)), [1, 2]), [channels, 1, 1]));
    const unreached = tf.zeros([channels, 1, taps - steps.length]);
    const dShortWeight = tf.concat(taps > steps.length ? [unreached, ...dTaps.reverse()] : dTaps.reverse(), 2);
    return [dp, dShortWeight, tf.sum(dShort, [1, 2]), tf.concat(dFilters, 0), tf.concat(dSkips, 0)];
  },
};
