import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Implementation } from '../operation.ts';
import { factorsFor, multiply, spectrumRows, spectra } from './fourier-products.ts';

/** `fft`: O(L log L) by radix at most 16; `monarch`: few large factors; `auto`: what the device does best. */
export type ConvolutionAlgorithm = 'auto' | 'fft' | 'monarch';

export interface LongConvolutionAttributes extends Attributes {
  algorithm: ConvolutionAlgorithm;
}

/** The factors of the transform: two for lengths up to 4,096, three up to 2¹⁸, else four; for `fft` all at most 16. */
function factorsOf(length: number, algorithm: ConvolutionAlgorithm): number[] {
  const large = length <= 4096 ? 2 : length <= 1 << 18 ? 3 : 4;
  const small = Math.max(1, Math.ceil(Math.log2(length) / 4));
  return factorsFor(length, algorithm === 'fft' ? small : large);
}

/** The filter as rows `[C,1,min(T,L)]`: taps past the length of the sequence touch nothing. */
function taps(h: tf.Tensor, length: number): tf.Tensor {
  const [channels, count] = h.shape as [number, number];
  const used = Math.min(count, length);
  return tf.reshape(tf.slice(h, [0, 0], [channels, used]), [channels, 1, used]);
}

const reverse = (x: tf.Tensor) => tf.reverse(x, x.rank - 1);

export const composed: Implementation<LongConvolutionAttributes> = {
  forward([u, h, skip], { algorithm }) {
    const length = u.shape[2]!;
    const factors = factorsOf(length, algorithm);
    const spectrum = multiply(spectra(u, factors), spectra(taps(h, length), factors));
    return [tf.add(spectrumRows(spectrum, factors, length), tf.mul(u, tf.reshape(skip, [-1, 1, 1])))];
  },

  /** du = reverse(reverse(dy) * h), dh = reverse(Σ over the batch of reverse(dy) * u), each cut to its length. */
  backward([dy], [u, h, skip], _outputs, { algorithm }) {
    const length = u.shape[2]!;
    const factors = factorsOf(length, algorithm);
    const filter = taps(h, length);
    const reversed = spectra(reverse(dy), factors);
    const duReversed = spectrumRows(multiply(reversed, spectra(filter, factors)), factors, length);
    const du = tf.add(reverse(duReversed), tf.mul(dy, tf.reshape(skip, [-1, 1, 1])));
    const products = multiply(reversed, spectra(u, factors));
    const summed = { re: tf.sum(products.re, 1), im: tf.sum(products.im, 1) };
    const dTaps = tf.slice(reverse(spectrumRows(summed, factors, length)), [0, 0], [-1, filter.shape[2]!]);
    const dh = tf.pad(dTaps, [
      [0, 0],
      [0, h.shape[1]! - filter.shape[2]!],
    ]);
    return [du, dh, tf.sum(tf.mul(dy, u), [1, 2])];
  },
};
