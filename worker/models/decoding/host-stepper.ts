import * as tf from '@tensorflow/tfjs-core';
import { normaliseRows } from '../../ops/layer-norm/portable.ts';
import { multiplySpectra, rowTransform } from '../../ops/long-convolution/fourier.ts';
import { geluInto } from '../../ops/mlp/portable.ts';
import { affine } from '../host-algebra.ts';
import { embeddingName, type LanguageModel } from '../language-model.ts';
import type { DistilledFilters } from '../distilled/filters.ts';
import { DistilledTail, tailTaps } from '../distilled/tail.ts';
import { hyenaFilters } from '../mixers/hyena.ts';
import { HostViews } from './host-views.ts';
import type { Past } from './past.ts';
import { block, roomFor, type Continuation, type Stepper } from './stepper.ts';

/** The model for a token in plain loops, over the weights where the device keeps them in the processor's memory, or copies. */
export class HostStepper implements Stepper {
  readonly model: LanguageModel;
  readonly views = new HostViews();
  /** The filters' first taps, `[(N-1)D,taps]`, made longer where a text needs it. */
  #filters: { taps: number; layers: Float32Array[] } = { taps: 0, layers: [] };

  readonly distilled: DistilledFilters | null;

  constructor(model: LanguageModel, distilled: DistilledFilters | null) {
    this.model = model;
    this.distilled = distilled;
  }

  async prepare(past: Past): Promise<void> {
    const { views, model } = this;
    if (!views.needsFetching) return;
    await views.fetch(model.parameters.all().map(({ variable }) => variable));
    await views.fetch(past.layers.flatMap(({ tail, future }) => [tail, future]));
    if (this.distilled) await views.fetch(past.layers.map(({ history }) => history));
    const { n_layer, l_max } = model.config;
    if (this.#filters.taps === l_max) return;
    const layers: Float32Array[] = [];
    for (let layer = 0; layer < n_layer; layer++) {
      const filters = this.#filtersOf(layer, l_max);
      layers.push((await filters.data()) as Float32Array);
      filters.dispose();
    }
    this.#filters = { taps: l_max, layers };
  }

  begin(past: Past): HostContinuation {
    return HostContinuation.begin(this, past);
  }

  /** Filters of at least so many taps, or all that there are. */
  filters(layer: number, taps: number): { taps: number; values: Float32Array } {
    const wanted = Math.min(taps, this.model.config.l_max);
    if (this.#filters.taps < wanted)
      this.#filters = {
        taps: wanted,
        layers: Array.from({ length: this.model.config.n_layer }, (_, index) =>
          tf.tidy(() => this.views.of(this.#filtersOf(index, wanted)).slice()),
        ),
      };
    return { taps: this.#filters.taps, values: this.#filters.layers[layer] };
  }

  #filtersOf(layer: number, taps: number): tf.Tensor {
    const weights = this.model.layerWeights(layer);
    return hyenaFilters((name) => weights(`mixer.${name}`), this.model.config, taps);
  }

  step(texts: readonly HostContinuation[], ids: readonly number[]): Promise<Float32Array[]> {
    return Promise.resolve(texts.map((text, index) => this.#step(text, ids[index])));
  }

  #step(text: HostContinuation, id: number): Float32Array {
    const { config, parameters } = this.model;
    const { d_model: width, layer_norm_epsilon: epsilon } = config;
    text.prepare();
    const viewOf = (tensor: tf.Tensor) => this.views.of(tensor);
    const x = viewOf(parameters.get(embeddingName)).slice(id * width, (id + 1) * width);
    const normal = new Float32Array(width);
    const add = (y: Float32Array) => {
      for (let i = 0; i < width; i++) x[i] += y[i];
    };
    for (let layer = 0; layer < config.n_layer; layer++) {
      const weights = this.model.layerWeights(layer);
      const view = (name: string) => viewOf(weights(name));
      normaliseRows(x, view('norm1.weight'), view('norm1.bias'), normal, epsilon);
      const projected = affine(view('mixer.in_proj.weight'), view('mixer.in_proj.bias'), normal);
      const mixed = text.mix(layer, projected, {
        shortWeight: view('mixer.short_filter.weight'),
        shortBias: view('mixer.short_filter.bias'),
        skip: view('mixer.filter_fn.bias'),
      });
      add(affine(view('mixer.out_proj.weight'), view('mixer.out_proj.bias'), mixed));
      normaliseRows(x, view('norm2.weight'), view('norm2.bias'), normal, epsilon);
      const hidden = affine(view('mlp.fc1.weight'), view('mlp.fc1.bias'), normal);
      geluInto(hidden, hidden);
      add(affine(view('mlp.fc2.weight'), view('mlp.fc2.bias'), hidden));
    }
    text.count();
    normaliseRows(
      x,
      viewOf(parameters.get('backbone.ln_f.weight')),
      viewOf(parameters.get('backbone.ln_f.bias')),
      normal,
      epsilon,
    );
    return affine(viewOf(this.model.headWeight()), null, normal);
  }

  dispose(): void {
    this.#filters = { taps: 0, layers: [] };
  }
}

/** What one layer of one text has beyond its past; rows as in `LayerState` of the native stepper. */
interface LayerState {
  readonly window: Float32Array;
  readonly recent: Float32Array;
  readonly ready: Float32Array;
  given: Float32Array;
  pending: Float32Array;
}

interface MixerWeights {
  readonly shortWeight: Float32Array;
  readonly shortBias: Float32Array;
  readonly skip: Float32Array;
}

class HostContinuation implements Continuation {
  readonly past: Past;
  readonly #stepper: HostStepper;
  readonly #layers: LayerState[];
  #room = roomFor(0);
  #generated = 0;
  /** Generated tokens for which the present block was made ready. */
  #readyFor = -1;

  /** Null where the filters are exact. */
  readonly #distilled: DistilledTail[] | null;

  /** Takes over one use of the past. */
  private constructor(stepper: HostStepper, past: Past, layers: LayerState[], distilled: DistilledTail[] | null) {
    this.#stepper = stepper;
    this.past = past;
    this.#layers = layers;
    this.#distilled = distilled;
  }

  static begin(stepper: HostStepper, past: Past): HostContinuation {
    const { d_model, order, short_filter_order: taps } = stepper.model.config;
    const filters = (order - 1) * d_model;
    const projections = (order + 1) * d_model;
    const layers = past.layers.map(({ tail }): LayerState => {
      const window = new Float32Array((taps - 1) * projections);
      if (tail) {
        const values = stepper.views.of(tail);
        const kept = tail.shape[1];
        for (let channel = 0; channel < projections; channel++)
          for (let i = 0; i < kept; i++)
            window[(taps - 1 - kept + i) * projections + channel] = values[channel * kept + i];
      }
      return {
        window,
        recent: new Float32Array(block * filters),
        ready: new Float32Array(block * filters),
        given: new Float32Array(filters * roomFor(0)),
        pending: new Float32Array(filters * roomFor(0)),
      };
    });
    const distilled = DistilledTail.ofAll(
      stepper.distilled,
      past,
      (layer) => {
        const { taps: count, values } = stepper.filters(layer, 2 * block);
        return tailTaps(values, filters, count);
      },
      (tensor) => stepper.views.of(tensor),
    );
    const kept = distilled ? past.withoutLayers(stepper.model.config.l_max) : past.share();
    return new HostContinuation(stepper, kept, layers, distilled);
  }

  get generated(): number {
    return this.#generated;
  }

  get bytes(): number {
    const all = this.#layers.flatMap(({ window, recent, ready, given, pending }) => [
      window,
      recent,
      ready,
      given,
      pending,
    ]);
    return all.reduce((sum, values) => sum + 4 * values.length, 0);
  }

  count(): void {
    this.#generated++;
  }

  /** One layer's recurrence at the next position. @param projected `[(N+1)D]` @returns `[D]` */
  mix(layer: number, projected: Float32Array, { shortWeight, shortBias, skip }: MixerWeights): Float32Array {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.model.config;
    const { window, recent, ready } = this.#layers[layer];
    const filters = (order - 1) * width;
    const near = this.#stepper.filters(layer, block);
    const place = this.#generated % block;
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
        const given = value[d] * short[(order - 1 - stage) * width + d];
        recent[place * filters + channel] = given;
        let sum = ready[place * filters + channel] + skip[channel] * given;
        for (let back = 0; back <= Math.min(place, near.taps - 1); back++)
          sum += near.values[channel * near.taps + back] * recent[(place - back) * filters + channel];
        value[d] = sum;
      }
    for (let d = 0; d < width; d++) value[d] *= short[d];
    return value;
  }

  /** Lays ready what the next token needs of those before its block. */
  prepare(): void {
    const generated = this.#generated;
    if (generated % block !== 0 || this.#readyFor === generated) return;
    this.#readyFor = generated;
    if (this.#distilled) {
      for (const [layer, tail] of this.#distilled.entries()) {
        const { recent, ready } = this.#layers[layer];
        if (generated > 0) tail.advance(recent);
        const rows = tail.ready();
        const channels = ready.length / block;
        for (let channel = 0; channel < channels; channel++)
          for (let i = 0; i < block; i++) ready[i * channels + channel] = rows[channel * block + i];
      }
      return;
    }
    if (generated === this.#room) this.#grow();
    const tile = generated & -generated;
    for (const [layer, state] of this.#layers.entries()) {
      const filters = this.#stepper.filters(layer, this.#room);
      if (generated > 0) {
        flush(state, this.#room, generated - block, block);
        addTile(state, this.#room, generated, tile, filters);
      }
      const future = this.past.layers[layer].future;
      const columns = future?.shape[1] ?? 0;
      const known = future ? this.#stepper.views.of(future) : new Float32Array(0);
      const channels = state.ready.length / block;
      for (let i = 0; i < block; i++)
        for (let channel = 0; channel < channels; channel++) {
          const before = generated + i < columns ? known[channel * columns + generated + i] : 0;
          state.ready[i * channels + channel] = before + state.pending[channel * this.#room + generated + i];
        }
    }
  }

  given(): tf.Tensor2D[] {
    const inBlock = this.#readyFor < 0 ? 0 : this.#generated - this.#readyFor;
    const first = this.#generated - inBlock;
    return this.#layers.map((state) => {
      const channels = state.ready.length / block;
      const values = new Float32Array(channels * this.#generated);
      for (let channel = 0; channel < channels; channel++) {
        const from = channel * this.#room;
        values.set(state.given.subarray(from, from + first), channel * this.#generated);
        for (let i = 0; i < inBlock; i++)
          values[channel * this.#generated + first + i] = state.recent[i * channels + channel];
      }
      return tf.tensor2d(values, [channels, this.#generated]);
    });
  }

  tails(): (tf.Tensor2D | null)[] {
    const { short_filter_order: taps } = this.#stepper.model.config;
    const kept = Math.min(taps - 1, this.past.length + this.#generated);
    if (kept === 0) return this.#layers.map(() => null);
    return this.#layers.map(({ window }) => {
      const channels = window.length / (taps - 1);
      const values = new Float32Array(channels * kept);
      for (let channel = 0; channel < channels; channel++)
        for (let i = 0; i < kept; i++) values[channel * kept + i] = window[(taps - 1 - kept + i) * channels + channel];
      return tf.tensor2d(values, [channels, kept]);
    });
  }

  fork(): HostContinuation {
    const layers = this.#layers.map(({ window, recent, ready, given, pending }): LayerState => ({
      window: window.slice(),
      recent: recent.slice(),
      ready: ready.slice(),
      given: given.slice(),
      pending: pending.slice(),
    }));
    const distilled = this.#distilled?.map((tail) => tail.fork()) ?? null;
    const copy = new HostContinuation(this.#stepper, this.past.share(), layers, distilled);
    copy.#room = this.#room;
    copy.#generated = this.#generated;
    copy.#readyFor = this.#readyFor;
    return copy;
  }

  dispose(): void {
    this.past.release();
  }

  #grow(): void {
    const room = 2 * this.#room;
    const wider = (values: Float32Array) => {
      const grown = new Float32Array(2 * values.length);
      for (let row = 0; row * this.#room < values.length; row++)
        grown.set(values.subarray(row * this.#room, (row + 1) * this.#room), row * room);
      return grown;
    };
    for (const state of this.#layers) {
      state.given = wider(state.given);
      state.pending = wider(state.pending);
    }
    this.#room = room;
  }
}

/** Moves the tokens of a block to where tiles find them. */
function flush({ recent, given }: LayerState, room: number, first: number, count: number): void {
  const channels = recent.length / block;
  for (let channel = 0; channel < channels; channel++)
    for (let i = 0; i < count; i++) given[channel * room + first + i] = recent[i * channels + channel];
}

/** Adds what the last `tile` of the generated tokens add to as many that follow. */
function addTile(
  { given, pending }: LayerState,
  room: number,
  generated: number,
  tile: number,
  filters: { taps: number; values: Float32Array },
): void {
  const transform = rowTransform(2 * tile);
  const [spectrum, filter] = [transform.newSpectrum(), transform.newSpectrum()];
  const out = new Float64Array(2 * tile);
  const taps = Math.min(filters.taps, 2 * tile);
  for (let start = 0, channel = 0; start < given.length; start += room, channel++) {
    transform.forward(given, start + generated - tile, tile, spectrum);
    transform.forward(filters.values, channel * filters.taps, taps, filter);
    multiplySpectra(spectrum, filter, spectrum);
    transform.inverse(spectrum, out);
    for (let i = 0; i < tile; i++) pending[start + generated + i] += out[tile + i];
  }
}
