import * as tf from '@tensorflow/tfjs-core';
import { wasmKernel } from '../../devices/wasm-heap.ts';
import { splitBackwardInputs, type BackwardAttributes, type Overrides } from '../operation.ts';
import { composed, type LongConvolutionAttributes } from './composed.ts';
import { addProduct, multiplySpectra, rowTransform } from './fourier.ts';

const byTransform: Overrides = {
  LongConvolution: wasmKernel(([u, h, skip], _attributes, heap) => {
    const [channels, batch, length] = u.shape;
    const taps = h.shape[1];
    const y = heap.output(u.shape);
    const [from, filters, skips, to] = [u, h, skip, y].map((tensor) => heap.floats(tensor));
    const transform = rowTransform(length);
    const filter = transform.newSpectrum();
    const spectrum = transform.newSpectrum();
    const row = new Float64Array(length);
    for (let channel = 0; channel < channels; channel++) {
      transform.forward(filters, channel * taps, Math.min(taps, length), filter);
      for (let b = 0; b < batch; b++) {
        const start = (channel * batch + b) * length;
        transform.forward(from, start, length, spectrum);
        multiplySpectra(spectrum, filter, spectrum);
        transform.inverse(spectrum, row);
        for (let i = 0; i < length; i++) to[start + i] = row[i] + skips[channel] * from[start + i];
      }
    }
    return [y];
  }),

  LongConvolutionBackward: wasmKernel(([dy, u, h, skip], _attributes, heap) => {
    const [channels, batch, length] = u.shape;
    const taps = h.shape[1];
    const used = Math.min(taps, length);
    const outputs = [u, h, skip].map((tensor) => heap.output(tensor.shape));
    const [du, dh, dSkip] = outputs.map((tensor) => heap.floats(tensor));
    const [gradient, from, filters, skips] = [dy, u, h, skip].map((tensor) => heap.floats(tensor));
    const transform = rowTransform(length);
    const [filter, spectrum, reversed, sum] = Array.from({ length: 4 }, () => transform.newSpectrum());
    const row = new Float64Array(length);
    dh.fill(0);
    for (let channel = 0; channel < channels; channel++) {
      transform.forward(filters, channel * taps, used, filter);
      sum.re.fill(0);
      sum.im.fill(0);
      let dot = 0;
      for (let b = 0; b < batch; b++) {
        const start = (channel * batch + b) * length;
        for (let i = 0; i < length; i++) {
          row[length - 1 - i] = gradient[start + i];
          dot += gradient[start + i] * from[start + i];
        }
        transform.forward(row, 0, length, reversed);
        transform.forward(from, start, length, spectrum);
        addProduct(reversed, spectrum, sum);
        multiplySpectra(reversed, filter, reversed);
        transform.inverse(reversed, row);
        for (let i = 0; i < length; i++) du[start + i] = row[length - 1 - i] + skips[channel] * gradient[start + i];
      }
      transform.inverse(sum, row);
      for (let i = 0; i < used; i++) dh[channel * taps + i] = row[length - 1 - i];
      dSkip[channel] = dot;
    }
    return outputs;
  }),
};

/** By transform on typed arrays, except for `monarch`: by matrix products. */
export const portable: Overrides = {
  LongConvolution: (call) => {
    const attributes = call.attrs as unknown as LongConvolutionAttributes;
    if (attributes.algorithm !== 'monarch') return byTransform['LongConvolution'](call);
    return tf.tidy(() => composed.forward(Object.values(call.inputs) as tf.Tensor[], attributes));
  },
  LongConvolutionBackward: (call) => {
    const attributes = call.attrs as unknown as LongConvolutionAttributes & BackwardAttributes;
    if (attributes.algorithm !== 'monarch') return byTransform['LongConvolutionBackward'](call);
    const [dy, saved] = splitBackwardInputs(Object.values(call.inputs) as tf.Tensor[], attributes);
    return tf.tidy(() => composed.backward!(dy, saved, [], attributes));
  },
};
