import * as tf from '@tensorflow/tfjs-core';
import { overridesOf } from '../tensorflow-kernel.ts';
import { splitParameters, type AdamWAttributes } from './composed.ts';

/** Parameters of this many elements together are updated at once, as one long row: a few ops, not a few for each. */
const rowElements = 1 << 22;

interface Part {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly first: tf.Tensor;
  readonly second: tf.Tensor;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Parts of one learning rate and weight decay, in rows of bounded length. */
function rowsOf(parts: readonly Part[]): Part[][] {
  const rows: Part[][] = [];
  const open = new Map<string, { row: Part[]; size: number }>();
  for (const part of parts) {
    const key = `${part.learningRate} ${part.weightDecay}`;
    let current = open.get(key);
    if (!current || current.size + part.parameter.size > rowElements) {
      current = { row: [], size: 0 };
      rows.push(current.row);
      open.set(key, current);
    }
    current.row.push(part);
    current.size += part.parameter.size;
  }
  return rows;
}

const flat = (tensors: tf.Tensor[]): tf.Tensor1D =>
  tf.concat(tensors.map((tensor) => tf.reshape<tf.Rank.R1>(tensor, [tensor.size])));

/** Gives each tensor its part of a row. */
function assign(targets: tf.Tensor[], row: tf.Tensor): void {
  const values = tf.split(
    row,
    targets.map(({ size }) => size),
  );
  targets.forEach((target, index) => (target as tf.Variable).assign(tf.reshape(values[index], target.shape)));
}

export const tensorflow = overridesOf<AdamWAttributes>('AdamW', {
  forward(tensors, attributes) {
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = attributes;
    const { values, gradients, firsts, seconds, others } = splitParameters(tensors, attributes);
    const norm = tf.sqrt(tf.addN([...gradients, ...others].map((gradient) => tf.sum(tf.square(gradient)))));
    const finite = tf.isFinite(norm);
    const factor = clip === null ? tf.onesLike(norm) : tf.minimum(tf.div(clip, tf.add(norm, 1e-6)), 1);
    const parts = values.map((parameter, index): Part => ({
      ...{ parameter, gradient: gradients[index], first: firsts[index], second: seconds[index] },
      ...{ learningRate: learningRates[index], weightDecay: weightDecays[index] },
    }));
    for (const row of rowsOf(parts))
      tf.tidy(() => {
        const { learningRate, weightDecay } = row[0];
        const all = (key: 'parameter' | 'gradient' | 'first' | 'second') => row.map((part) => part[key]);
        const gradient = tf.mul(flat(all('gradient')), factor);
        const [parameter, oldFirst, oldSecond] = [flat(all('parameter')), flat(all('first')), flat(all('second'))];
        const first = tf.add(tf.mul(oldFirst, beta1), tf.mul(gradient, 1 - beta1));
        const second = tf.add(tf.mul(oldSecond, beta2), tf.mul(tf.square(gradient), 1 - beta2));
        const root = tf.add(tf.div(tf.sqrt(second), Math.sqrt(1 - beta2 ** step)), epsilon);
        const decayed = tf.mul(parameter, 1 - learningRate * weightDecay);
        const updated = tf.sub(decayed, tf.mul(tf.div(first, root), learningRate / (1 - beta1 ** step)));
        assign(all('first'), tf.where(finite, first, oldFirst));
        assign(all('second'), tf.where(finite, second, oldSecond));
        assign(all('parameter'), tf.where(finite, updated, parameter));
      });
    return [norm];
  },
});
