import { wasmKernel } from '../../devices/wasm-heap.ts';
import { shortRow } from '../hyena-recurrence/rows.ts';
import { multiplySpectra, rowTransform } from '../long-convolution/fourier.ts';
import type { Overrides } from '../operation.ts';
import type { HyenaExtensionAttributes } from './composed.ts';

/** By transforms on typed arrays, a channel of the model at a time. */
export const portable: Overrides = {
  HyenaPrefill: wasmKernel<HyenaExtensionAttributes>((inputs, { order, lead }, heap) => {
    const [pTensor, weightTensor, , hTensor, , historyTensor] = inputs;
    const [channels, columns] = pTensor.shape;
    const taps = weightTensor.shape[2];
    const width = channels / (order + 1);
    const length = columns - lead;
    const reach = hTensor.shape[1];
    const past = inputs.length > 5 ? historyTensor.shape[1] : 0;
    const ahead = reach - past - length;
    const filters = (order - 1) * width;
    const outputs = [heap.output([width, length]), heap.output([filters, length])];
    if (ahead > 0) outputs.push(heap.output([filters, ahead]));
    const [y, given, lookahead] = outputs.map((tensor) => heap.floats(tensor));
    const [p, shortWeight, shortBias, h, skip, convInputs] = inputs.map((tensor) => heap.floats(tensor));

    const transform = rowTransform(reach);
    const [spectrum, filter] = [transform.newSpectrum(), transform.newSpectrum()];
    const short = Array.from({ length: order + 1 }, () => new Float64Array(columns));
    const row = new Float64Array(reach);
    const out = new Float64Array(reach);
    for (let d = 0; d < width; d++) {
      for (let part = 0; part <= order; part++) {
        const channel = part * width + d;
        shortRow(p, channel * columns, shortWeight, channel * taps, taps, shortBias[channel], short[part]);
      }
      const value = short[order];
      for (let stage = 0; stage < order - 1; stage++) {
        const channel = stage * width + d;
        const gate = short[order - 1 - stage];
        for (let i = 0; i < past; i++) row[i] = convInputs[channel * past + i];
        for (let i = 0; i < length; i++) {
          const now = value[lead + i] * gate[lead + i];
          row[past + i] = now;
          given[channel * length + i] = now;
        }
        transform.forward(h, channel * reach, reach, filter);
        transform.forward(row, 0, past + length, spectrum);
        multiplySpectra(spectrum, filter, spectrum);
        transform.inverse(spectrum, out);
        for (let i = 0; i < length; i++) value[lead + i] = out[past + i] + skip[channel] * row[past + i];
        for (let i = 0; i < ahead; i++) lookahead[channel * ahead + i] = out[past + length + i];
      }
      const gate = short[0];
      for (let i = 0; i < length; i++) y[d * length + i] = value[lead + i] * gate[lead + i];
    }
    return outputs;
  }),
};
