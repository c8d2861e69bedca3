import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import type { Attributes, Implementation } from '../operation.ts';

export interface AdamWAttributes extends Attributes {
  /** For each parameter. */
  learningRates: number[];
  /** For each parameter. */
  weightDecays: number[];
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Of the bias correction, from 1. */
  step: number;
  /** Largest norm of all gradients together; null: any. */
  clip: number | null;
}

/** The inputs: parameters, their gradients, first and second moments, and gradients that only count in the norm. */
export function splitParameters<T>(
  tensors: T[],
  { learningRates: { length: count } }: Pick<AdamWAttributes, 'learningRates'>,
): { values: T[]; gradients: T[]; firsts: T[]; seconds: T[]; others: T[] } {
  const part = (index: number) => tensors.slice(index * count, (index + 1) * count);
  return { values: part(0), gradients: part(1), firsts: part(2), seconds: part(3), others: tensors.slice(4 * count) };
}

function assign(target: tf.Tensor, value: tf.Tensor): void {
  if (!(target instanceof tf.Variable)) throw new HyenaError('internal', 'AdamW: updated tensors must be variables.');
  target.assign(value);
}

export const composed: Implementation<AdamWAttributes> = {
  forward(tensors, attributes) {
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = attributes;
    const { values, gradients, firsts, seconds, others } = splitParameters(tensors, attributes);
    const squares = [...gradients, ...others].map((gradient) => tf.sum(tf.square(gradient)));
    const norm = tf.sqrt(tf.addN(squares));
    const finite = tf.isFinite(norm);
    const factor = clip === null ? tf.onesLike(norm) : tf.minimum(tf.div(clip, tf.add(norm, 1e-6)), 1);
    values.forEach((parameter, index) => {
      const learningRate = learningRates[index];
      tf.tidy(() => {
        const gradient = tf.mul(gradients[index], factor);
        const first = tf.add(tf.mul(firsts[index], beta1), tf.mul(gradient, 1 - beta1));
        const second = tf.add(tf.mul(seconds[index], beta2), tf.mul(tf.square(gradient), 1 - beta2));
        const root = tf.add(tf.div(tf.sqrt(second), Math.sqrt(1 - beta2 ** step)), epsilon);
        const decayed = tf.mul(parameter, 1 - learningRate * weightDecays[index]);
        const updated = tf.sub(decayed, tf.mul(tf.div(first, root), learningRate / (1 - beta1 ** step)));
        assign(firsts[index], tf.where(finite, first, firsts[index]));
        assign(seconds[index], tf.where(finite, second, seconds[index]));
        assign(parameter, tf.where(finite, updated, parameter));
      });
    });
    return [norm];
  },
};
