import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../devices/device.ts';
import { isWanted, type Attributes, type Implementation } from '../operation.ts';

/** Token-major `[B,L,C]` or channel-major `[C,B,L]`. */
export type LinearLayout = 'tokens' | 'channels';

export interface LinearAttributes extends Attributes {
  input: LinearLayout;
  output: LinearLayout;
  precision: Precision;
}

/** Batch and length of a tensor in the given layout. */
export function toRows(shape: readonly number[], layout: LinearLayout): [number, number] {
  return layout === 'tokens' ? [shape[0], shape[1]] : [shape[1], shape[2]];
}

export function shapeOf(
  rows: readonly [number, number],
  channels: number,
  layout: LinearLayout,
): [number, number, number] {
  return layout === 'tokens' ? [...rows, channels] : [channels, ...rows];
}

/** As a matrix: `[B·L, C]` or `[C, B·L]`. */
function flatten(x: tf.Tensor, layout: LinearLayout): tf.Tensor2D {
  const [batch, length] = toRows(x.shape, layout);
  return tf.reshape(x, layout === 'tokens' ? [batch * length, -1] : [-1, batch * length]);
}

export const composed: Implementation<LinearAttributes> = {
  forward([x, weight, bias], { input, output }) {
    const matrix = flatten(x, input);
    const w = weight as tf.Tensor2D;
    const y =
      output === 'tokens'
        ? tf.add(tf.matMul(matrix, w, input === 'channels', true), bias)
        : tf.add(tf.matMul(w, matrix, false, input === 'tokens'), tf.expandDims(bias, 1));
    return [tf.reshape(y, shapeOf(toRows(x.shape, input), w.shape[0], output))];
  },

  backward([dy], [x, weight], _outputs, attributes) {
    const { input, output } = attributes;
    const gradient = flatten(dy, output);
    const w = weight as tf.Tensor2D;
    const gradients = [
      () => {
        const dx =
          input === 'tokens'
            ? tf.matMul(gradient, w, output === 'channels', false)
            : tf.matMul(w, gradient, true, output === 'tokens');
        return tf.reshape(dx, x.shape);
      },
      () => tf.matMul(gradient, flatten(x, input), output === 'tokens', input === 'channels'),
      () => tf.sum(gradient, output === 'tokens' ? 0 : 1),
    ];
    return gradients.map((compute, position) => (isWanted(attributes, position) ? compute() : tf.zeros([0])));
  },
};
