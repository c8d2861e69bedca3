import type * as tf from '@tensorflow/tfjs-core';
import { longStep } from '../../long-step.ts';
import type { Past } from '../decoding/past.ts';
import { block } from '../decoding/stepper.ts';
import type { DistilledFilters, LayerModes } from './filters.ts';

/** Rows of `taps` numbers as rows of 2·block, with zeros where there are fewer. */
export function tailTaps(values: Float32Array, channels: number, taps: number): Float32Array {
  const made = new Float32Array(channels * 2 * block);
  const count = Math.min(taps, 2 * block);
  for (let channel = 0; channel < channels; channel++)
    made.set(values.subarray(channel * taps, channel * taps + count), channel * 2 * block);
  return made;
}

/**
 * What a distilled layer of one text knows of all tokens before the present block: those of the block before it as they
 * were given, all older ones as the state of the modes. Constant memory, and the same work for each block.
 */
export class DistilledTail {
  readonly #modes: LayerModes;
  /** Taps 1 to 2·block - 1 of each channel's filter, `[channels,2·block]`; tap 0 is not used. */
  readonly #taps: Float32Array;
  /** `[channels,modes]`; holds all that was given before the last block. */
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** `[channels,block]`, what was given in the block before the present one. */
  readonly #before: Float32Array;

  private constructor(
    modes: LayerModes,
    taps: Float32Array,
    state: { re: Float64Array; im: Float64Array; before: Float32Array },
  ) {
    this.#modes = modes;
    this.#taps = taps;
    this.#re = state.re;
    this.#im = state.im;
    this.#before = state.before;
  }

  /**
   * After a text that was read.
   *
   * @param taps `[channels,2·block]`, the first taps of the filters
   * @param history what the long convolutions were given, `[channels,length]`
   */
  static of(modes: LayerModes, taps: Float32Array, history: Float32Array): DistilledTail {
    const { channels } = modes;
    const length = history.length / channels;
    const recent = Math.min(block, length);
    const before = new Float32Array(channels * block);
    const [re, im] = [new Float64Array(channels * modes.modes), new Float64Array(channels * modes.modes)];
    for (let channel = 0; channel < channels; channel++) {
      const end = (channel + 1) * length;
      before.set(history.subarray(end - recent, end), (channel + 1) * block - recent);
      takeIn(modes, re, im, channel, history, channel * length, length - recent);
    }
    return new DistilledTail(modes, taps, { re, im, before });
  }

  /**
   * The tails of all layers after a text that was read; null where the model is exact.
   *
   * @param taps of a layer, as {@link of} wants them
   * @param valuesOf a tensor, without waiting
   */
  static ofAll(
    distilled: DistilledFilters | null,
    past: Past,
    taps: (layer: number) => Float32Array,
    valuesOf = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array,
  ): DistilledTail[] | null {
    if (!distilled) return null;
    return past.layers.map(({ history }, layer) =>
      longStep(() => DistilledTail.of(distilled.layers[layer], taps(layer), valuesOf(history))),
    );
  }

  /** The block is full: its inputs become those of the block before. @param given `[block,channels]` */
  advance(given: Float32Array): void {
    const { channels } = this.#modes;
    for (let channel = 0; channel < channels; channel++) {
      const start = channel * block;
      takeIn(this.#modes, this.#re, this.#im, channel, this.#before, start, block);
      for (let i = 0; i < block; i++) this.#before[start + i] = given[i * channels + channel];
    }
  }

  /** What all tokens before the present block add to its outputs, `[channels,block]`. */
  ready(): Float32Array {
    const { channels, modes, poleRe, poleIm, residueRe, residueIm } = this.#modes;
    const out = new Float32Array(channels * block);
    const sums = new Float64Array(block);
    for (let channel = 0; channel < channels; channel++) {
      const start = channel * block;
      const tap = channel * 2 * block;
      for (let i = 0; i < block; i++) {
        let sum = 0;
        for (let j = 0; j < block; j++) sum += this.#taps[tap + block - j + i] * this.#before[start + j];
        sums[i] = sum;
      }
      for (let at = channel * modes; at < (channel + 1) * modes; at++) {
        const [pr, pi] = [poleRe[at], poleIm[at]];
        let wr = residueRe[at] * this.#re[at] - residueIm[at] * this.#im[at];
        let wi = residueRe[at] * this.#im[at] + residueIm[at] * this.#re[at];
        if (wr === 0 && wi === 0) continue;
        for (let i = 0; i < block; i++) {
          sums[i] += wr;
          const next = wr * pr - wi * pi;
          wi = wr * pi + wi * pr;
          wr = next;
        }
      }
      out.set(sums, start);
    }
    return out;
  }

  fork(): DistilledTail {
    const state = { re: this.#re.slice(), im: this.#im.slice(), before: this.#before.slice() };
    return new DistilledTail(this.#modes, this.#taps, state);
  }
}

/** The state of a channel's modes after further inputs: s ← pole·s + input. */
function takeIn(
  { modes, poleRe, poleIm }: LayerModes,
  re: Float64Array,
  im: Float64Array,
  channel: number,
  inputs: Float32Array,
  start: number,
  count: number,
): void {
  for (let at = channel * modes; at < (channel + 1) * modes; at++) {
    const [pr, pi] = [poleRe[at], poleIm[at]];
    if (pr === 0 && pi === 0) {
      // A pole at 0 forgets all but the last input.
      if (count > 0) [re[at], im[at]] = [inputs[start + count - 1], 0];
      continue;
    }
    let [sr, si] = [re[at], im[at]];
    for (let i = start; i < start + count; i++) {
      const next = sr * pr - si * pi + inputs[i];
      si = sr * pi + si * pr;
      sr = next;
    }
    re[at] = sr;
    im[at] = si;
  }
}
