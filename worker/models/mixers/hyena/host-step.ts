import * as tf from '@tensorflow/tfjs-core';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import { multiplySpectra, rowTransform } from '../../../ops/long-convolution/fourier.ts';
import { linearLayer } from '../../biased-linear.ts';
import { tidyAll, withScope } from '../../decoding/tensor-scope.ts';
import type { LayerState, LayerStepper, Weights } from '../mixer.ts';
import type { HyenaCache } from './cache.ts';
import { capacityFor, decodeBlock } from './decode-blocks.ts';
import { hyenaFilters } from './forward.ts';
import { HostViews } from '../../decoding/host-views.ts';

interface Filters {
  readonly taps: number;
  /** `[(N-1)D,taps]` */
  readonly values: Float32Array;
}

/**
 * One token more of a Hyena layer: the projections by the device, the recurrence in plain loops, over the weights where
 * the device keeps them in the CPU's memory, or copies.
 */
export class HyenaStepper implements LayerStepper<HyenaState> {
  readonly config: HyenaConfiguration;
  readonly views: HostViews;
  readonly #weights: Weights;
  /** The filters' first taps, made longer where a text needs it. */
  #filters: Filters = { taps: 0, values: new Float32Array(0) };

  constructor(weights: Weights, config: HyenaConfiguration, views: HostViews = new HostViews()) {
    this.views = views;
    this.#weights = weights;
    this.config = config;
  }

  async begin(cache: HyenaCache): Promise<HyenaState> {
    await this.#fetch(cache);
    return HyenaState.begin(this, cache);
  }

  /** Copies what the loops read, where the device can be read only by waiting. */
  async #fetch({ parts }: HyenaCache): Promise<void> {
    const { views, config } = this;
    if (!views.needsFetching) return;
    await views.fetch(['short_filter.weight', 'short_filter.bias', 'filter_fn.bias'].map(this.#weights));
    await views.fetch([parts.convTail, parts.future]);
    if (this.#filters.taps === config.l_max) return;
    const filters = hyenaFilters(this.#weights, config, config.l_max);
    this.#filters = { taps: config.l_max, values: (await filters.data()) as Float32Array };
    filters.dispose();
  }

  /** Filters of at least this many taps, or all that there are. */
  filters(taps: number): Filters {
    const requiredTaps = Math.min(taps, this.config.l_max);
    if (this.#filters.taps < requiredTaps)
      this.#filters = {
        taps: requiredTaps,
        values: tf.tidy(() => this.views.of(hyenaFilters(this.#weights, this.config, requiredTaps)).slice()),
      };
    return this.#filters;
  }

  /** What the recurrence itself reads; valid until the device next allocates. */
  mixingWeights(): MixingWeights {
    const view = (name: string) => this.views.of(this.#weights(name));
    return {
      shortWeight: view('short_filter.weight'),
      shortBias: view('short_filter.bias'),
      skip: view('filter_fn.bias'),
    };
  }

  async step(x: tf.Tensor, states: readonly HyenaState[]): Promise<tf.Tensor> {
    const { d_model: width } = this.config;
    for (const state of states) state.prepare();
    return await withScope(async (scope) => {
      const project = (from: tf.Tensor, name: string) =>
        linearLayer(from, this.#weights, name, this.config.mixer_bias, {
          input: 'tokens',
          output: 'tokens',
          precision: 'fp32',
        });
      const projected = (await scope.add(tidyAll(() => project(x, 'in_proj'))).data()) as Float32Array;
      const mixed = new Float32Array(states.length * width);
      const channels = projected.length / states.length;
      for (const [text, state] of states.entries()) {
        const own = projected.subarray(text * channels, (text + 1) * channels);
        mixed.set(state.mix(own, this.mixingWeights()), text * width);
      }
      const y = scope.add(tidyAll(() => project(tf.tensor3d(mixed, [states.length, 1, width]), 'out_proj')));
      scope.give(y);
      return y;
    });
  }

  dispose(): void {
    this.#filters = { taps: 0, values: new Float32Array(0) };
  }
}

/** What the loops work on. */
interface Buffers {
  /** The last projections, `[max(0,K-1),(N+1)D]`, the oldest first. */
  readonly window: Float32Array;
  /** `[block,(N-1)D]` */
  readonly blockInputs: Float32Array;
  readonly blockBase: Float32Array;
  /** `[(N-1)D,room]` */
  inputs: Float32Array;
  tileSums: Float32Array;
}

interface MixingWeights {
  readonly shortWeight: Float32Array;
  readonly shortBias: Float32Array;
  readonly skip: Float32Array;
}

export class HyenaState implements LayerState {
  readonly #stepper: HyenaStepper;
  readonly #cache: HyenaCache;
  readonly #buffers: Buffers;
  #room = capacityFor(0);
  #generated = 0;
  /** Generated tokens for which the present block was made ready. */
  #readyFor = -1;

  private constructor(stepper: HyenaStepper, cache: HyenaCache, buffers: Buffers) {
    this.#stepper = stepper;
    this.#cache = cache;
    this.#buffers = buffers;
  }

  static begin(stepper: HyenaStepper, cache: HyenaCache): HyenaState {
    const { d_model, order, short_filter_order: taps } = stepper.config;
    const filters = (order - 1) * d_model;
    const projections = (order + 1) * d_model;
    const { convTail } = cache.parts;
    const window = new Float32Array((taps - 1) * projections);
    if (convTail) {
      const values = stepper.views.of(convTail);
      const kept = convTail.shape[1];
      for (let channel = 0; channel < projections; channel++)
        for (let i = 0; i < kept; i++)
          window[(taps - 1 - kept + i) * projections + channel] = values[channel * kept + i];
    }
    const buffers: Buffers = {
      window,
      blockInputs: new Float32Array(decodeBlock * filters),
      blockBase: new Float32Array(decodeBlock * filters),
      inputs: new Float32Array(filters * capacityFor(0)),
      tileSums: new Float32Array(filters * capacityFor(0)),
    };
    return new HyenaState(stepper, cache, buffers);
  }

  get bytes(): number {
    const { window, blockInputs, blockBase, inputs, tileSums } = this.#buffers;
    return [window, blockInputs, blockBase, inputs, tileSums].reduce((sum, { length }) => sum + 4 * length, 0);
  }

  /** The recurrence at the next position. @param projected `[(N+1)D]` @returns `[D]` */
  mix(projected: Float32Array, { shortWeight, shortBias, skip }: MixingWeights): Float32Array {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.config;
    const { window, blockInputs, blockBase } = this.#buffers;
    const filters = (order - 1) * width;
    const near = this.#stepper.filters(decodeBlock);
    const place = this.#generated % decodeBlock;
    const short = new Float32Array(projected.length);
    for (let channel = 0; channel < projected.length; channel++) {
      let sum = shortBias[channel] + shortWeight[(channel + 1) * taps - 1] * projected[channel];
      for (let k = 0; k + 1 < taps; k++)
        sum += shortWeight[channel * taps + k] * window[k * projected.length + channel];
      short[channel] = sum;
    }
    if (taps > 1) {
      window.copyWithin(0, projected.length);
      window.set(projected, (taps - 2) * projected.length);
    }
    const value = short.slice(order * width);
    for (let stage = 0; stage < order - 1; stage++)
      for (let d = 0; d < width; d++) {
        const channel = stage * width + d;
        const inputs = value[d] * short[(order - 1 - stage) * width + d];
        blockInputs[place * filters + channel] = inputs;
        let sum = blockBase[place * filters + channel] + skip[channel] * inputs;
        for (let back = 0; back <= Math.min(place, near.taps - 1); back++)
          sum += near.values[channel * near.taps + back] * blockInputs[(place - back) * filters + channel];
        value[d] = sum;
      }
    for (let d = 0; d < width; d++) value[d] *= short[d];
    this.#generated++;
    return value;
  }

  /** Lays ready what the next token needs of those before its block. */
  prepare(): void {
    const generated = this.#generated;
    if (generated % decodeBlock !== 0 || this.#readyFor === generated) return;
    this.#readyFor = generated;
    const buffers = this.#buffers;
    const channels = buffers.blockBase.length / decodeBlock;
    if (generated === this.#room) this.#grow();
    if (generated > 0) {
      flush(buffers, this.#room, generated - decodeBlock, decodeBlock);
      addTile(buffers, this.#room, generated, generated & -generated, this.#stepper.filters(this.#room));
    }
    const { future } = this.#cache.parts;
    const columns = future?.shape[1] ?? 0;
    const known = future ? this.#stepper.views.of(future) : new Float32Array(0);
    for (let i = 0; i < decodeBlock; i++)
      for (let channel = 0; channel < channels; channel++) {
        const before = generated + i < columns ? known[channel * columns + generated + i] : 0;
        buffers.blockBase[i * channels + channel] = before + buffers.tileSums[channel * this.#room + generated + i];
      }
  }

  cache(): HyenaCache {
    const inputs = this.#inputs();
    const cache = this.#cache.after(inputs, this.#convTail());
    inputs.dispose();
    return cache;
  }

  /** What the long convolutions were given, `[(N-1)D,generated]`. */
  #inputs(): tf.Tensor2D {
    const { inputs, blockInputs, blockBase } = this.#buffers;
    const inBlock = this.#readyFor < 0 ? 0 : this.#generated - this.#readyFor;
    const first = this.#generated - inBlock;
    const channels = blockBase.length / decodeBlock;
    const values = new Float32Array(channels * this.#generated);
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * this.#room;
      values.set(inputs.subarray(from, from + first), channel * this.#generated);
      for (let i = 0; i < inBlock; i++)
        values[channel * this.#generated + first + i] = blockInputs[i * channels + channel];
    }
    return tf.tensor2d(values, [channels, this.#generated]);
  }

  #convTail(): tf.Tensor2D | null {
    const { short_filter_order: taps } = this.#stepper.config;
    const kept = Math.min(taps - 1, this.#cache.parts.convInputs.shape[1] + this.#generated);
    if (kept === 0) return null;
    const { window } = this.#buffers;
    const channels = window.length / (taps - 1);
    const values = new Float32Array(channels * kept);
    for (let channel = 0; channel < channels; channel++)
      for (let i = 0; i < kept; i++) values[channel * kept + i] = window[(taps - 1 - kept + i) * channels + channel];
    return tf.tensor2d(values, [channels, kept]);
  }

  fork(): HyenaState {
    const { window, blockInputs, blockBase, inputs, tileSums } = this.#buffers;
    const buffers: Buffers = {
      window: window.slice(),
      blockInputs: blockInputs.slice(),
      blockBase: blockBase.slice(),
      inputs: inputs.slice(),
      tileSums: tileSums.slice(),
    };
    const copy = new HyenaState(this.#stepper, this.#cache, buffers);
    copy.#room = this.#room;
    copy.#generated = this.#generated;
    copy.#readyFor = this.#readyFor;
    return copy;
  }

  /** All is in the memory of the CPU. */
  dispose(): void {
    this.#buffers.inputs = this.#buffers.tileSums = new Float32Array(0);
  }

  #grow(): void {
    const room = 2 * this.#room;
    const wider = (values: Float32Array) => {
      const grown = new Float32Array(2 * values.length);
      for (let row = 0; row * this.#room < values.length; row++)
        grown.set(values.subarray(row * this.#room, (row + 1) * this.#room), row * room);
      return grown;
    };
    this.#buffers.inputs = wider(this.#buffers.inputs);
    this.#buffers.tileSums = wider(this.#buffers.tileSums);
    this.#room = room;
  }
}

/** Moves the tokens of a block to where tiles find them. */
function flush({ blockInputs, inputs }: Buffers, room: number, first: number, count: number): void {
  const channels = blockInputs.length / decodeBlock;
  for (let channel = 0; channel < channels; channel++)
    for (let i = 0; i < count; i++) inputs[channel * room + first + i] = blockInputs[i * channels + channel];
}

/** Adds what the last `tile` of the generated tokens add to as many that follow. */
function addTile({ inputs, tileSums }: Buffers, room: number, generated: number, tile: number, filters: Filters): void {
  const transform = rowTransform(2 * tile);
  const [spectrum, filter] = [transform.newSpectrum(), transform.newSpectrum()];
  const out = new Float64Array(2 * tile);
  const taps = Math.min(filters.taps, 2 * tile);
  for (let start = 0, channel = 0; start < inputs.length; start += room, channel++) {
    transform.forward(inputs, start + generated - tile, tile, spectrum);
    transform.forward(filters.values, channel * filters.taps, taps, filter);
    multiplySpectra(spectrum, filter, spectrum);
    transform.inverse(spectrum, out);
    for (let i = 0; i < tile; i++) tileSums[start + generated + i] += out[tile + i];
  }
}
