import * as tf from '@tensorflow/tfjs-core';
import { wasmKernel } from '../../devices/wasm-heap.ts';
import {
  addProduct,
  multiplySpectra,
  rowTransform,
  type RowTransform,
  type Spectrum,
} from '../long-convolution/fourier.ts';
import { splitBackwardInputs, type BackwardAttributes, type Overrides } from '../operation.ts';
import { composed, type HyenaRecurrenceAttributes } from './composed.ts';
import { shortRow, shortRowGradients } from './rows.ts';

interface Inputs {
  readonly p: Float32Array;
  readonly shortWeight: Float32Array;
  readonly shortBias: Float32Array;
  readonly h: Float32Array;
  readonly skip: Float32Array;
}

interface Shape {
  readonly width: number;
  readonly batch: number;
  readonly length: number;
  readonly taps: number;
  readonly order: number;
}

function shapeOf(p: tf.TensorInfo, shortWeight: tf.TensorInfo, order: number): Shape {
  const [channels, batch, length] = p.shape;
  return { width: channels / (order + 1), batch, length, taps: shortWeight.shape[2], order };
}

/**
 * Works through the sequences of one channel of the model at a time, so that all its rows stay in cache: gates and
 * value after the short convolution, the stages of the recurrence, and their spectra.
 */
class ChannelPass {
  readonly transform: RowTransform;
  /** x0 … x(N-1), v after the short convolution. */
  readonly short: Float64Array[];
  /** v before each stage, and last what the output gate sees. */
  readonly values: Float64Array[];
  /** What each long convolution is given, and its spectrum. */
  readonly given: Float64Array[];
  readonly givenSpectra: Spectrum[];
  readonly filters: Spectrum[];
  readonly spectrum: Spectrum;
  readonly #inputs: Inputs;
  readonly #shape: Shape;

  constructor(inputs: Inputs, shape: Shape) {
    const { length, order } = shape;
    const rows = (count: number) => Array.from({ length: count }, () => new Float64Array(length));
    this.#inputs = inputs;
    this.#shape = shape;
    this.transform = rowTransform(length);
    this.short = rows(order + 1);
    this.values = [this.short[order], ...rows(order - 1)];
    this.given = rows(order - 1);
    this.givenSpectra = this.given.map(() => this.transform.newSpectrum());
    this.filters = this.given.map(() => this.transform.newSpectrum());
    this.spectrum = this.transform.newSpectrum();
  }

  /** Where row b of channel c begins in p. */
  start(channel: number, b: number): number {
    return (channel * this.#shape.batch + b) * this.#shape.length;
  }

  loadFilters(d: number): void {
    const { width, length } = this.#shape;
    this.filters.forEach((filter, stage) =>
      this.transform.forward(this.#inputs.h, (stage * width + d) * length, length, filter),
    );
  }

  /** Runs the short convolution and the stages of channel d of sequence b. */
  forward(d: number, b: number): void {
    const { p, shortWeight, shortBias, skip } = this.#inputs;
    const { width, length, taps, order } = this.#shape;
    for (let part = 0; part <= order; part++) {
      const channel = part * width + d;
      shortRow(p, this.start(channel, b), shortWeight, channel * taps, taps, shortBias[channel], this.short[part]);
    }
    for (let stage = 0; stage < order - 1; stage++) {
      const given = this.given[stage];
      const value = this.values[stage];
      const gate = this.short[order - 1 - stage];
      for (let i = 0; i < length; i++) given[i] = value[i] * gate[i];
      this.transform.forward(given, 0, length, this.givenSpectra[stage]);
      multiplySpectra(this.givenSpectra[stage], this.filters[stage], this.spectrum);
      const next = this.values[stage + 1];
      this.transform.inverse(this.spectrum, next);
      const factor = skip[stage * width + d];
      for (let i = 0; i < length; i++) next[i] += factor * given[i];
    }
  }
}

const byTransform: Overrides = {
  HyenaRecurrence: wasmKernel<HyenaRecurrenceAttributes>((tensors, { order }, heap) => {
    const shape = shapeOf(tensors[0], tensors[1], order);
    const { width, batch, length } = shape;
    const output = heap.output([width, batch, length]);
    const [p, shortWeight, shortBias, h, skip] = tensors.map((tensor) => heap.floats(tensor));
    const y = heap.floats(output);
    const pass = new ChannelPass({ p, shortWeight, shortBias, h, skip }, shape);
    const [gate, value] = [pass.short[0], pass.values[order - 1]];
    for (let d = 0; d < width; d++) {
      pass.loadFilters(d);
      for (let b = 0; b < batch; b++) {
        pass.forward(d, b);
        const start = pass.start(d, b);
        for (let i = 0; i < length; i++) y[start + i] = value[i] * gate[i];
      }
    }
    return [output];
  }),

  HyenaRecurrenceBackward: wasmKernel<HyenaRecurrenceAttributes>(([outputGradient, ...tensors], { order }, heap) => {
    const shape = shapeOf(tensors[0], tensors[1], order);
    const { width, batch, length, taps } = shape;
    const outputs = tensors.map((tensor) => heap.output(tensor.shape));
    const [dp, dShortWeight, dShortBias, dh, dSkip] = outputs.map((tensor) => heap.floats(tensor));
    const [dy, p, shortWeight, shortBias, h, skip] = [outputGradient, ...tensors].map((tensor) => heap.floats(tensor));
    const pass = new ChannelPass({ p, shortWeight, shortBias, h, skip }, shape);
    const { transform, spectrum } = pass;
    const rows = (count: number) => Array.from({ length: count }, () => new Float64Array(length));
    const dShort = rows(order + 1);
    const [dValue, reversed] = rows(2);
    const dFilters = pass.filters.map(() => transform.newSpectrum());
    const dTaps = dShort.map(() => new Float64Array(taps));
    const dBiases = new Float64Array(order + 1);
    const dSkips = new Float64Array(order - 1);

    for (let d = 0; d < width; d++) {
      pass.loadFilters(d);
      for (const { re, im } of dFilters) [re, im].forEach((part) => part.fill(0));
      for (const sums of [...dTaps, dBiases, dSkips]) sums.fill(0);
      for (let b = 0; b < batch; b++) {
        pass.forward(d, b);
        const start = pass.start(d, b);
        const [outputGate, outputValue] = [pass.short[0], pass.values[order - 1]];
        for (let i = 0; i < length; i++) {
          dShort[0][i] = dy[start + i] * outputValue[i];
          dValue[i] = dy[start + i] * outputGate[i];
        }
        for (let stage = order - 2; stage >= 0; stage--) {
          const factor = skip[stage * width + d];
          const [given, value, gate] = [pass.given[stage], pass.values[stage], pass.short[order - 1 - stage]];
          const dGate = dShort[order - 1 - stage];
          let dot = 0;
          for (let i = 0; i < length; i++) {
            reversed[length - 1 - i] = dValue[i];
            dot += dValue[i] * given[i];
          }
          dSkips[stage] += dot;
          transform.forward(reversed, 0, length, spectrum);
          addProduct(spectrum, pass.givenSpectra[stage], dFilters[stage]);
          multiplySpectra(spectrum, pass.filters[stage], spectrum);
          transform.inverse(spectrum, reversed);
          const dNext = stage === 0 ? dShort[order] : dValue;
          for (let i = 0; i < length; i++) {
            const dGiven = reversed[length - 1 - i] + factor * dValue[i];
            dGate[i] = dGiven * value[i];
            dNext[i] = dGiven * gate[i];
          }
        }
        for (let part = 0; part <= order; part++) {
          const channel = part * width + d;
          const at = pass.start(channel, b);
          dBiases[part] += shortRowGradients(dShort[part], p, at, shortWeight, channel * taps, dp, dTaps[part]);
        }
      }
      for (let stage = 0; stage < order - 1; stage++) {
        const channel = stage * width + d;
        transform.inverse(dFilters[stage], reversed);
        for (let i = 0; i < length; i++) dh[channel * length + i] = reversed[length - 1 - i];
        dSkip[channel] = dSkips[stage];
      }
      for (let part = 0; part <= order; part++) {
        dShortWeight.set(dTaps[part], (part * width + d) * taps);
        dShortBias[part * width + d] = dBiases[part];
      }
    }
    return outputs;
  }),
};

/** By transform on typed arrays, except for `monarch`: by matrix products. */
export const portable: Overrides = {
  HyenaRecurrence: (call) => {
    const attributes = call.attrs as unknown as HyenaRecurrenceAttributes;
    if (attributes.algorithm !== 'monarch') return byTransform['HyenaRecurrence'](call);
    return tf.tidy(() => composed.forward(Object.values(call.inputs) as tf.Tensor[], attributes));
  },
  HyenaRecurrenceBackward: (call) => {
    const attributes = call.attrs as unknown as HyenaRecurrenceAttributes & BackwardAttributes;
    if (attributes.algorithm !== 'monarch') return byTransform['HyenaRecurrenceBackward'](call);
    const [dy, saved] = splitBackwardInputs(Object.values(call.inputs) as tf.Tensor[], attributes);
    return tf.tidy(() => composed.backward!(dy, saved, [], attributes));
  },
};
