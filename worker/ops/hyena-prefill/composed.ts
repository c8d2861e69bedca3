import * as tf from '@tensorflow/tfjs-core';
import { longConvolutionOperation } from '../long-convolution/contract.ts';
import type { Attributes, Implementation } from '../operation.ts';

export interface HyenaExtensionAttributes extends Attributes {
  order: number;
  /** Columns of p that belong to positions before the new ones. */
  lead: number;
}

/** The short convolution at the columns behind the first `lead`, `[C,L]`. */
function shortConvolution(p: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, lead: number): tf.Tensor {
  const [channels, columns] = p.shape as [number, number];
  const taps = weight.shape[2]!;
  const padded = tf.pad(p as tf.Tensor2D, [
    [0, 0],
    [taps - 1, 0],
  ]);
  let sum: tf.Tensor = tf.reshape(bias, [-1, 1]);
  for (let tap = 0; tap < taps; tap++) {
    const factor = tf.reshape(tf.slice(weight as tf.Tensor3D, [0, 0, tap], [-1, 1, 1]), [-1, 1]);
    sum = tf.add(sum, tf.mul(tf.slice(padded, [0, tap + lead], [channels, columns - lead]), factor));
  }
  return sum;
}

export const composed: Implementation<HyenaExtensionAttributes> = {
  forward([p, shortWeight, shortBias, h, skip, convInputs], { order, lead }) {
    const short = shortConvolution(p, shortWeight, shortBias, lead);
    const parts = tf.split(short, order + 1, 0);
    const [width, length] = parts[0].shape as [number, number];
    const past = convInputs === undefined ? 0 : convInputs.shape[1]!;
    const reach = h.shape[1]!;
    const inputs: tf.Tensor[] = [];
    const futures: tf.Tensor[] = [];
    let value = parts[order];
    for (let stage = 0; stage < order - 1; stage++) {
      const rows: [number, number] = [stage * width, 0];
      const now = tf.mul(value, parts[order - 1 - stage]);
      inputs.push(now);
      const row = convInputs === undefined ? now : tf.concat([tf.slice(convInputs, rows, [width, past]), now], 1);
      const whole = tf.pad(row as tf.Tensor2D, [
        [0, 0],
        [0, reach - past - length],
      ]);
      const [convolved] = longConvolutionOperation.forward(
        [tf.reshape(whole, [width, 1, reach]), tf.slice(h, rows, [width, reach]), tf.zeros([width])],
        { algorithm: 'auto' },
      );
      const out = tf.reshape(convolved, [width, reach]);
      const factor = tf.reshape(tf.slice(skip as tf.Tensor1D, stage * width, width), [width, 1]);
      value = tf.add(tf.slice(out, [0, past], [width, length]), tf.mul(now, factor));
      futures.push(tf.slice(out, [0, past + length], [width, reach - past - length]));
    }
    const outputs = [tf.mul(value, parts[0]), tf.concat(inputs, 0)];
    if (reach > past + length) outputs.push(tf.concat(futures, 0));
    return outputs;
  },
};
