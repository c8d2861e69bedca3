import * as tf from '@tensorflow/tfjs-core';
import { splitBackwardInputs, type BackwardAttributes, type Overrides } from '../operation.ts';

const values = (tensor: tf.Tensor) => tensor.dataSync<'float32'>();

/** Straight from the definition: for each position, the sum over all positions before it. */
export const reference: Overrides = {
  LongConvolution: ({ inputs }) => {
    const [u, h, skip] = Object.values(inputs) as tf.Tensor[];
    const [channels, batch, length] = u.shape as [number, number, number];
    const taps = h.shape[1]!;
    const [from, filter, factor] = [values(u), values(h), values(skip)];
    const y = new Float32Array(u.size);
    for (let c = 0; c < channels; c++)
      for (let b = 0; b < batch; b++)
        for (let i = 0; i < length; i++) {
          const start = (c * batch + b) * length;
          let sum = factor[c] * from[start + i];
          for (let j = 0; j <= i && j < taps; j++) sum += filter[c * taps + j] * from[start + i - j];
          y[start + i] = sum;
        }
    return [tf.tensor(y, u.shape)];
  },

  LongConvolutionBackward: ({ inputs, attrs }) => {
    const attributes = attrs as unknown as BackwardAttributes;
    const [[dy], [u, h, skip]] = splitBackwardInputs(Object.values(inputs) as tf.Tensor[], attributes);
    const [channels, batch, length] = u.shape as [number, number, number];
    const taps = h.shape[1]!;
    const [gradient, from, filter, factor] = [values(dy), values(u), values(h), values(skip)];
    const [du, dh, dSkip] = [new Float64Array(u.size), new Float64Array(h.size), new Float64Array(channels)];
    for (let c = 0; c < channels; c++)
      for (let b = 0; b < batch; b++)
        for (let i = 0; i < length; i++) {
          const start = (c * batch + b) * length;
          const g = gradient[start + i];
          dSkip[c] += g * from[start + i];
          du[start + i] += g * factor[c];
          for (let j = 0; j <= i && j < taps; j++) {
            du[start + i - j] += g * filter[c * taps + j];
            dh[c * taps + j] += g * from[start + i - j];
          }
        }
    return [
      tf.tensor(Float32Array.from(du), u.shape),
      tf.tensor(Float32Array.from(dh), h.shape),
      tf.tensor(Float32Array.from(dSkip), skip.shape),
    ];
  },
};
