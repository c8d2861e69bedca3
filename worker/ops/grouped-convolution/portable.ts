import * as tf from '@tensorflow/tfjs-core';
import { wasmKernel } from '../../devices/wasm-heap.ts';
import { splitBackwardInputs, type BackwardAttributes, type Overrides } from '../operation.ts';
import { byTransforms, composed, namedInputs, sizesOf, type GroupedConvolutionAttributes } from './composed.ts';

/** The taps of a filter in double, that of the present first or last. */
function tapsOf(
  filter: Float32Array,
  group: number,
  presentFirst: boolean,
  { orientation }: GroupedConvolutionAttributes,
  taps: Float64Array,
): void {
  const inOrder = presentFirst === (orientation === 'convolution');
  const count = taps.length;
  for (let k = 0; k < count; k++) taps[k] = filter[group * count + (inOrder ? k : count - 1 - k)];
}

/** Direct sums in double on typed arrays, a row at a time. */
const byRows: Overrides = {
  GroupedConvolution: wasmKernel<GroupedConvolutionAttributes>((tensors, attributes, heap) => {
    const { channels, groups, batch, lead, length, taps: count } = sizesOf(tensors[0], tensors[1], attributes);
    const output = heap.output([channels, batch, length]);
    const { u, filter, bias, skip } = namedInputs(
      tensors.map((tensor) => heap.floats(tensor)),
      attributes,
    );
    const y = heap.floats(output);
    const columns = lead + length;
    const taps = new Float64Array(count);
    // Zeros before the row: no sum has to ask where it begins.
    const row = new Float64Array(count - 1 + columns);
    for (let c = 0; c < channels; c++) {
      tapsOf(filter, Math.floor((c * groups) / channels), false, attributes, taps);
      const [start, factor] = [bias?.[c] ?? 0, skip?.[c] ?? 0];
      for (let b = 0; b < batch; b++) {
        const at = (c * batch + b) * length;
        row.set(u.subarray((c * batch + b) * columns, (c * batch + b + 1) * columns), count - 1);
        for (let i = 0; i < length; i++) {
          let sum = start;
          for (let k = 0; k < count; k++) sum += taps[k] * row[lead + i + k];
          y[at + i] = sum;
        }
        if (skip) for (let i = 0; i < length; i++) y[at + i] += factor * row[count - 1 + lead + i];
      }
    }
    return [output];
  }),

  GroupedConvolutionBackward: wasmKernel<GroupedConvolutionAttributes>(([slope, ...tensors], attributes, heap) => {
    const { channels, groups, batch, lead, length, taps: count } = sizesOf(tensors[0], tensors[1], attributes);
    const outputs = tensors.map((tensor) => heap.output(tensor.shape));
    const gradients = namedInputs(
      outputs.map((tensor) => heap.floats(tensor)),
      attributes,
    );
    const { u, filter, skip } = namedInputs(
      tensors.map((tensor) => heap.floats(tensor)),
      attributes,
    );
    const dy = heap.floats(slope);
    const columns = lead + length;
    const taps = new Float64Array(count);
    const row = new Float64Array(count - 1 + columns);
    // Of the outputs, zero if none is requested, and behind the end.
    const slopes = new Float64Array(columns + count - 1);
    const byLag = new Float64Array(groups * count);
    for (let c = 0; c < channels; c++) {
      const group = Math.floor((c * groups) / channels);
      tapsOf(filter, group, true, attributes, taps);
      const factor = skip?.[c] ?? 0;
      let [dBias, dSkip] = [0, 0];
      for (let b = 0; b < batch; b++) {
        const start = (c * batch + b) * columns;
        row.set(u.subarray(start, start + columns), count - 1);
        slopes.set(dy.subarray((c * batch + b) * length, (c * batch + b + 1) * length), lead);
        for (let i = 0; i < columns; i++) {
          let sum = 0;
          for (let k = 0; k < count; k++) sum += taps[k] * slopes[i + k];
          gradients.u[start + i] = sum;
        }
        if (skip) for (let i = 0; i < columns; i++) gradients.u[start + i] += factor * slopes[i];
        for (let lag = 0; lag < count; lag++) {
          const reached = count - 1 - lag;
          let sum = 0;
          for (let i = lead; i < columns; i++) sum += slopes[i] * row[reached + i];
          byLag[group * count + lag] += sum;
          if (lag === 0) dSkip += sum;
        }
        for (let i = lead; i < columns; i++) dBias += slopes[i];
      }
      if (gradients.bias) gradients.bias[c] = dBias;
      if (gradients.skip) gradients.skip[c] = dSkip;
    }
    for (let group = 0; group < groups; group++)
      for (let lag = 0; lag < count; lag++) {
        const place = attributes.orientation === 'convolution' ? lag : count - 1 - lag;
        gradients.filter[group * count + place] = byLag[group * count + lag];
      }
    return outputs;
  }),
};

/** Measured at 4,096 positions. */
const mostTaps = 16;

export const portable: Overrides = {
  GroupedConvolution(call) {
    const inputs = Object.values(call.inputs) as tf.Tensor[];
    const attributes = call.attrs as unknown as GroupedConvolutionAttributes;
    if (!byTransforms(inputs, attributes, mostTaps)) return byRows['GroupedConvolution'](call);
    return tf.tidy(() => composed.forward(inputs, attributes));
  },

  GroupedConvolutionBackward(call) {
    const attributes = call.attrs as unknown as GroupedConvolutionAttributes & BackwardAttributes;
    const tensors = Object.values(call.inputs) as tf.Tensor[];
    const [slopes, inputs] = splitBackwardInputs(tensors, attributes);
    if (!byTransforms(inputs, attributes, mostTaps)) return byRows['GroupedConvolutionBackward'](call);
    return tf.tidy(() => composed.backward!(slopes, inputs, [], attributes));
  },
};
