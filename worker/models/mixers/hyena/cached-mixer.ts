import type * as tf from '@tensorflow/tfjs-core';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import { linear } from '../../../ops/index.ts';
import { shortRow } from '../../../ops/hyena-recurrence/rows.ts';
import { multiplySpectra, rowTransform } from '../../../ops/long-convolution/fourier.ts';
import { affine, dot } from '../../../devices/host-algebra.ts';
import { hyenaFilters } from './forward.ts';
import type { Weights } from '../mixer.ts';

/** Weights in the memory of the host, by their names. */
export type HostWeights = (name: string) => Float32Array;

interface DecoderWeights {
  /** `[(N+1)D, D]` */
  readonly inWeight: Float32Array;
  readonly inBias: Float32Array;
  /** `[(N+1)D, taps]` */
  readonly shortWeight: Float32Array;
  readonly shortBias: Float32Array;
  /** `[(N-1)D]` */
  readonly skip: Float32Array;
  /** `[(N-1)D, l_max]` */
  readonly filters: Float32Array;
  /** `[D, D]` */
  readonly outWeight: Float32Array;
  readonly outBias: Float32Array;
}

/** The filters backwards in time, so that a convolution at one position is a plain dot product. */
function reversedRows(filters: Float32Array, length: number): Float32Array {
  const reversed = new Float32Array(filters.length);
  for (let start = 0; start < filters.length; start += length)
    reversed.set(
      filters
        .subarray(start, start + length)
        .slice()
        .reverse(),
      start,
    );
  return reversed;
}

/**
 * The Hyena operator token by token, exactly: each long convolution is the dot product of its filter with the history
 * of what it was given, O(L) a channel and token.
 */
export class HyenaDecoder {
  readonly #weights: DecoderWeights;
  readonly #config: HyenaConfiguration;
  readonly #reversed: Float32Array;
  /** Positions taken so far. */
  #length = 0;
  /** The last projections, `[(N+1)D, taps]`, the present one last. */
  #recent: Float32Array;
  /** What each long convolution was given, `[(N-1)D, capacity]`. */
  #history = new Float32Array(0);
  #capacity = 0;

  constructor(weights: DecoderWeights, config: HyenaConfiguration, reversed?: Float32Array) {
    this.#weights = weights;
    this.#config = config;
    this.#reversed = reversed ?? reversedRows(weights.filters, config.l_max);
    this.#recent = new Float32Array(weights.shortWeight.length);
  }

  fork(): HyenaDecoder {
    const copy = new HyenaDecoder(this.#weights, this.#config, this.#reversed);
    copy.#length = this.#length;
    copy.#recent = this.#recent.slice();
    copy.#history = this.#history.slice();
    copy.#capacity = this.#capacity;
    return copy;
  }

  /** Takes a whole prompt. @param p its projections, `[(N+1)D, L]` */
  prefill(p: Float32Array): void {
    const { shortWeight, shortBias, skip, filters } = this.#weights;
    const { d_model: width, order, short_filter_order: taps, l_max } = this.#config;
    const length = p.length / ((order + 1) * width);
    this.#reserve(length);
    const short = Array.from({ length: order + 1 }, () => new Float64Array(length));
    const transform = rowTransform(length);
    const [inputs, filter] = [transform.newSpectrum(), transform.newSpectrum()];
    for (let d = 0; d < width; d++) {
      short.forEach((row, part) => {
        const channel = part * width + d;
        shortRow(p, channel * length, shortWeight, channel * taps, taps, shortBias[channel], row);
      });
      const value = short[order];
      for (let stage = 0; stage < order - 1; stage++) {
        const channel = stage * width + d;
        const gate = short[order - 1 - stage];
        for (let i = 0; i < length; i++) value[i] *= gate[i];
        this.#history.set(value, channel * this.#capacity);
        if (stage === order - 2) break;
        transform.forward(filters, channel * l_max, length, filter);
        transform.forward(value, 0, length, inputs);
        multiplySpectra(inputs, filter, inputs);
        const convolved = new Float64Array(length);
        transform.inverse(inputs, convolved);
        for (let i = 0; i < length; i++) value[i] = convolved[i] + skip[channel] * value[i];
      }
    }
    const kept = Math.min(taps, length);
    for (let channel = 0; channel < (order + 1) * width; channel++)
      this.#recent.set(p.subarray((channel + 1) * length - kept, (channel + 1) * length), (channel + 1) * taps - kept);
    this.#length = length;
  }

  step(x: Float32Array): Float32Array {
    const { inWeight, inBias, shortWeight, shortBias, skip, outWeight, outBias } = this.#weights;
    const { d_model: width, order, short_filter_order: taps, l_max } = this.#config;
    this.#reserve(this.#length + 1);
    const projected = affine(inWeight, inBias, x);
    const short = new Float32Array(projected.length);
    const recent = this.#recent;
    for (let channel = 0; channel < projected.length; channel++) {
      const start = channel * taps;
      recent.copyWithin(start, start + 1, start + taps);
      recent[start + taps - 1] = projected[channel];
      short[channel] = shortBias[channel] + dot(recent, start, shortWeight, start, taps);
    }
    const count = this.#length + 1;
    const value = short.subarray(order * width);
    for (let stage = 0; stage < order - 1; stage++) {
      for (let d = 0; d < width; d++) {
        const channel = stage * width + d;
        const inputs = value[d] * short[(order - 1 - stage) * width + d];
        const start = channel * this.#capacity;
        this.#history[start + this.#length] = inputs;
        const convolved = dot(this.#history, start, this.#reversed, (channel + 1) * l_max - count, count);
        value[d] = convolved + skip[channel] * inputs;
      }
    }
    for (let d = 0; d < width; d++) value[d] *= short[d];
    this.#length = count;
    return affine(outWeight, outBias, value);
  }

  /** Room for this many positions; doubles, so that growing costs little. */
  #reserve(positions: number): void {
    if (positions <= this.#capacity) return;
    const rows = this.#weights.skip.length;
    const capacity = Math.min(this.#config.l_max, Math.max(positions, 2 * this.#capacity, 64));
    const grown = new Float32Array(rows * capacity);
    for (let row = 0; row < rows; row++)
      grown.set(this.#history.subarray(row * this.#capacity, row * this.#capacity + this.#length), row * capacity);
    this.#history = grown;
    this.#capacity = capacity;
  }
}

/**
 * Reads what decoding needs from the device, once for a set of weights.
 *
 * @returns a function that takes the inputs of a prompt `[1,L,D]` on the device and gives the decoder behind it
 */
export async function hyenaDecoders(
  weights: Weights,
  hostWeights: HostWeights,
  config: HyenaConfiguration,
): Promise<(promptInputs: tf.Tensor) => Promise<HyenaDecoder>> {
  const filters = hyenaFilters(weights, config, config.l_max);
  const decoderWeights: DecoderWeights = {
    inWeight: hostWeights('in_proj.weight'),
    inBias: hostWeights('in_proj.bias'),
    shortWeight: hostWeights('short_filter.weight'),
    shortBias: hostWeights('short_filter.bias'),
    skip: hostWeights('filter_fn.bias'),
    filters: (await filters.data()) as Float32Array,
    outWeight: hostWeights('out_proj.weight'),
    outBias: hostWeights('out_proj.bias'),
  };
  filters.dispose();
  const decoder = new HyenaDecoder(decoderWeights, config);
  return async (promptInputs) => {
    const p = linear(promptInputs, weights('in_proj.weight'), weights('in_proj.bias'), {
      input: 'tokens',
      output: 'channels',
      precision: 'fp32',
    });
    const next = decoder.fork();
    next.prefill((await p.data()) as Float32Array);
    p.dispose();
    return next;
  };
}
