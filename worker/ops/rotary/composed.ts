import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';

export interface RotaryAttributes extends Attributes {
  heads: number;
  base: number;
  /** What positions are divided by: a model extended by linear interpolation has more than 1. */
  interpolation: number;
  /** Position of the first row. */
  offset: number;
}

/** Cosines and sines of the angles of a head, `[length,1,E/2]`; computed in double, since angles grow with the position. */
function tables(length: number, half: number, { base, interpolation, offset }: RotaryAttributes) {
  const [cosines, sines] = [new Float32Array(length * half), new Float32Array(length * half)];
  for (let j = 0; j < half; j++) {
    const rate = base ** (-j / half) / interpolation;
    for (let t = 0; t < length; t++) {
      cosines[t * half + j] = Math.cos((offset + t) * rate);
      sines[t * half + j] = Math.sin((offset + t) * rate);
    }
  }
  return [cosines, sines].map((values) => tf.tensor3d(values, [length, 1, half]));
}

function turn(x: tf.Tensor, attributes: RotaryAttributes, back: boolean): tf.Tensor {
  const [batch, length, width] = x.shape;
  const half = width / attributes.heads / 2;
  const [cosine, sine] = tables(length, half, attributes);
  const split = tf.reshape(x, [batch, length, attributes.heads, 2 * half]);
  const [a, b] = tf.split(split, 2, 3);
  const [first, second] = back ? [tf.add, tf.sub] : [tf.sub, tf.add];
  const turned = [first(tf.mul(a, cosine), tf.mul(b, sine)), second(tf.mul(b, cosine), tf.mul(a, sine))];
  return tf.reshape(tf.concat(turned, 3), x.shape);
}

export const composed: Implementation<RotaryAttributes> = {
  forward: ([x], attributes) => [turn(x, attributes, false)],
  backward: ([dy], _saved, _outputs, attributes) => [turn(dy, attributes, true)],
};
