import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';

export interface ImplicitFilterAttributes extends Attributes {
  /** How many inner layers the network has. */
  inner: number;
  shift: number;
  modulate: boolean;
}

interface Inputs {
  z: tf.Tensor2D;
  t: tf.Tensor;
  deltas: tf.Tensor;
  freq: tf.Tensor;
  weights: tf.Tensor2D[];
  biases: tf.Tensor[];
  last: tf.Tensor2D;
}

/** The inputs by name: weights and biases alternate between freq and the last weight. */
function named(tensors: tf.Tensor[]): Inputs {
  const [z, t, deltas, freq, ...layers] = tensors;
  const last = layers.pop() as tf.Tensor2D;
  const weights = layers.filter((_, index) => index % 2 === 0) as tf.Tensor2D[];
  const biases = layers.filter((_, index) => index % 2 === 1);
  return { z: z as tf.Tensor2D, t: t, deltas: deltas, freq: freq, weights, biases, last };
}

/** What each sine layer is given, before the frequency, and what it returns: `[T,W]` each. */
function sineLayers({ z, freq, weights, biases }: Inputs): { given: tf.Tensor[]; sines: tf.Tensor2D[] } {
  const given: tf.Tensor[] = [];
  const sines: tf.Tensor2D[] = [];
  weights.forEach((weight, index) => {
    given.push(tf.add(tf.matMul(sines.at(-1) ?? z, weight, false, true), biases[index]));
    sines.push(tf.sin(tf.mul(given.at(-1)!, freq)));
  });
  return { given, sines };
}

/** exp(-t·|delta|) + shift, `[C,T]`. */
function window({ t, deltas }: Inputs, shift: number): tf.Tensor {
  return tf.add(tf.exp(tf.neg(tf.mul(tf.expandDims(tf.abs(deltas), 1), t))), shift);
}

export const composed: Implementation<ImplicitFilterAttributes> = {
  forward(tensors, { shift, modulate }) {
    const inputs = named(tensors);
    const raw = tf.matMul(inputs.last, sineLayers(inputs).sines.at(-1)!, false, true);
    return [modulate ? tf.mul(raw, window(inputs, shift)) : raw];
  },

  backward([dh], tensors, _outputs, { shift, modulate }) {
    const inputs = named(tensors);
    const { z, freq, weights, last } = inputs;
    const { given, sines } = sineLayers(inputs);
    const dRaw = (modulate ? tf.mul(dh, window(inputs, shift)) : dh) as tf.Tensor2D;
    const dLast = tf.matMul(dRaw, sines.at(-1)!);

    let dSine: tf.Tensor2D = tf.matMul(dRaw, last, true, false);
    let dFreq: tf.Tensor = tf.zerosLike(freq);
    const dLayers: tf.Tensor[] = [];
    for (let layer = weights.length - 1; layer >= 0; layer--) {
      const dPhase = tf.mul(dSine, tf.cos(tf.mul(given[layer], freq)));
      dFreq = tf.add(dFreq, tf.sum(tf.mul(dPhase, given[layer]), 0));
      const dGiven: tf.Tensor2D = tf.mul(dPhase, freq);
      dLayers.unshift(tf.matMul(dGiven, layer > 0 ? sines[layer - 1] : z, true, false), tf.sum(dGiven, 0));
      dSine = tf.matMul(dGiven, weights[layer]);
    }
    return [dSine, dFreq, ...dLayers, dLast];
  },
};
