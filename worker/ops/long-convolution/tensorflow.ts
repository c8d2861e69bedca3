import * as tf from '@tensorflow/tfjs-core';
import { fasterConvolution } from '../../devices/tensorflow/convolution-choice.ts';
import { conjugate, inverseRealTransform, op, realTransform } from '../../devices/tensorflow/raw-ops.ts';
import type { Implementation } from '../operation.ts';
import { overridesOf } from '../tensorflow-kernel.ts';
import { composed, type LongConvolutionAttributes } from './composed.ts';

/** The shortest even length from `least` up whose only prime factors are 2, 3 and 5: transforms of it are fast. */
export function fastLength(least: number): number {
  let best = 2;
  while (best < least) best *= 2;
  for (let fives = 1; fives < best; fives *= 5)
    for (let threes = fives; threes < best; threes *= 3) {
      let length = 2 * threes;
      while (length < least) length *= 2;
      best = Math.min(best, length);
    }
  return best;
}

/** The taps that touch the sequence, `[C,1,min(T,L)]`. */
function usedTaps(h: tf.Tensor, length: number): tf.Tensor {
  const [channels, count] = h.shape as [number, number];
  const used = Math.min(count, length);
  const cut = used === count ? h : tf.slice(h, [0, 0], [channels, used]);
  return tf.reshape(cut, [channels, 1, used]);
}

const skipped = (x: tf.Tensor, skip: tf.Tensor) => tf.mul(x, tf.reshape(skip, [-1, 1, 1]));
const start = (x: tf.Tensor, length: number) => tf.slice(x, [0, 0, 0], [-1, -1, length]);

/**
 * By TensorFlow's transforms of real rows, long enough that nothing comes round. The gradients are correlations:
 * products with conjugate spectra.
 */
const byTransforms: Required<Implementation<LongConvolutionAttributes>> = {
  forward([u, h, skip]) {
    const length = u.shape[2]!;
    const taps = usedTaps(h, length);
    const n = fastLength(length + taps.shape[2]! - 1);
    const spectrum = op('Mul', [realTransform(u, n), realTransform(taps, n)]);
    return [tf.add(start(inverseRealTransform(spectrum, n), length), skipped(u, skip))];
  },

  backward([dy], [u, h, skip]) {
    const length = u.shape[2]!;
    const [channels, allTaps] = h.shape as [number, number];
    const taps = usedTaps(h, length);
    const used = taps.shape[2]!;
    const n = fastLength(length + used - 1);
    const gradient = realTransform(dy, n);
    const correlated = inverseRealTransform(op('Mul', [gradient, conjugate(realTransform(taps, n))]), n);
    const products = op('Mul', [gradient, conjugate(realTransform(u, n))]);
    const summed = op('Sum', [products, tf.tensor1d([1], 'int32')]);
    const dTaps = tf.slice(inverseRealTransform(summed, n), [0, 0], [channels, used]);
    return [
      tf.add(start(correlated, length), skipped(dy, skip)),
      tf.pad(dTaps, [
        [0, 0],
        [0, allTaps - used],
      ]),
      tf.sum(tf.mul(dy, u), [1, 2]),
    ];
  },
};

const matrixForm: LongConvolutionAttributes = { algorithm: 'monarch' };

/** What `auto` takes for tensors of this size: measured where it matters. */
function formFor(u: tf.Tensor, h: tf.Tensor, { algorithm }: LongConvolutionAttributes) {
  if (algorithm !== 'auto') return algorithm;
  const [channels, batch, length] = u.shape as [number, number, number];
  return fasterConvolution([channels, batch, length, h.shape[1]!], {
    fft: (inputs) => byTransforms.forward(inputs, { algorithm: 'fft' }),
    monarch: (inputs) => composed.forward(inputs, matrixForm),
  });
}

export const tensorflow = overridesOf<LongConvolutionAttributes>('LongConvolution', {
  forward: (inputs, attributes) =>
    formFor(inputs[0], inputs[1], attributes) === 'monarch'
      ? composed.forward(inputs, matrixForm)
      : byTransforms.forward(inputs, attributes),
  backward: (gradients, saved, outputs, attributes) =>
    formFor(saved[0], saved[1], attributes) === 'monarch'
      ? composed.backward!(gradients, saved, outputs, matrixForm)
      : byTransforms.backward(gradients, saved, outputs, attributes),
});
