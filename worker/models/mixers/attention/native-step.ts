import * as tf from '@tensorflow/tfjs-core';
import {
  biasesOf,
  headsOf,
  rotaryOf,
  type AttentionConfiguration,
  type Heads,
} from '../../../../main/contract/mixers/attention/parameters.ts';
import type { NativeBackend } from '../../../devices/native/backend.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import type { LayerState, LayerStepper, Weights } from '../mixer.ts';
import { rowsOf, type AttentionCache } from './cache.ts';
import { makeRoom, noRows, seenRows, type RecentRows } from './recent-rows.ts';

/** One token more of an attention layer by the native device, which nothing waits for. */
export class NativeAttentionStepper implements LayerStepper<NativeAttentionState> {
  readonly config: AttentionConfiguration;
  readonly sizes: Heads;
  readonly #weights: Weights;
  readonly #backend = tf.backend() as NativeBackend;
  readonly #made = new Map<string, tf.Tensor>();

  constructor(weights: Weights, config: AttentionConfiguration) {
    this.#weights = weights;
    this.config = config;
    this.sizes = headsOf(config);
  }

  begin(cache: AttentionCache): Promise<NativeAttentionState> {
    return Promise.resolve(NativeAttentionState.begin(this, cache));
  }

  step(x: tf.Tensor, states: readonly NativeAttentionState[]): Promise<tf.Tensor> {
    const y = tidyAll(() => tf.zeros(x.shape));
    this.stepInto(x, y, states);
    return Promise.resolve(y);
  }

  stepInto(x: tf.Tensor, y: tf.Tensor, states: readonly NativeAttentionState[]): void {
    const { addon } = this.#backend;
    const { qk_norm, layer_norm_epsilon: epsilon, d_model: width } = this.config;
    const biased = biasesOf(this.config);
    const norm = (name: string) => (qk_norm ? this.#backend.handle(this.#weights(name)) : null);
    for (const state of states) state.makeRoom();
    const rows = states.length;
    const { heads, kvHeads, headDim } = this.sizes;
    const projected = (heads + 2 * kvHeads) * headDim;
    const { qkv, attended } = this.#between(rows, projected);
    const layout = { rows, input: 'tokens', output: 'tokens', precision: 'fp32' } as const;
    const given = this.#backend.handles({ x, y });
    const into = { ...layout, inWidth: width, outWidth: projected };
    addon.linear({ ...into, ...this.#projection('Wqkv', projected, biased.input), x: given.x, y: qkv });
    addon.attentionStep({
      ...{ qkv, y: attended, ...this.sizes },
      ...{ qNorm: norm('q_layernorm.weight'), kNorm: norm('k_layernorm.weight'), epsilon },
      ...(rotaryOf(this.config) ?? { base: null, interpolation: 1 }),
      buffers: states.flatMap((state) => state.buffers.map((tensor) => this.#backend.handle(tensor))),
      places: states.flatMap((state) => state.places()),
    });
    const out = { ...layout, inWidth: heads * headDim, outWidth: width };
    addon.linear({ ...out, ...this.#projection('out_proj', width, biased.output), x: attended, y: given.y });
    for (const state of states) state.count();
  }

  dispose(): void {
    tf.dispose([...this.#made.values()]);
    this.#made.clear();
  }

  /** What lies between the kernels. */
  #between(rows: number, projected: number) {
    return this.#backend.handles({
      qkv: this.#zeros('qkv', rows * projected),
      attended: this.#zeros('attended', rows * this.config.d_model),
    });
  }

  #projection(name: string, size: number, biased: boolean) {
    const bias = biased ? this.#weights(`${name}.bias`) : this.#zeros(`${name}.bias`, size);
    return this.#backend.handles({ weight: this.#weights(`${name}.weight`), bias });
  }

  /** Memory of that size, kept for the next step; zeros until something writes to it. */
  #zeros(name: string, size: number): tf.Tensor {
    const known = this.#made.get(name);
    if (known?.size === size) return known;
    known?.dispose();
    const made = tf.keep(tidyAll(() => tf.zeros([size])));
    this.#made.set(name, made);
    return made;
  }
}

class NativeAttentionState implements LayerState {
  readonly #stepper: NativeAttentionStepper;
  readonly #cache: AttentionCache;
  #rows: RecentRows;
  /** `[1,room,G·E]`; the addon writes into them. */
  #keys: tf.Tensor3D;
  #values: tf.Tensor3D;

  /** Takes the tensors over. */
  private constructor(
    stepper: NativeAttentionStepper,
    cache: AttentionCache,
    rows: RecentRows,
    [keys, values]: readonly tf.Tensor3D[],
  ) {
    this.#stepper = stepper;
    this.#cache = cache;
    this.#rows = rows;
    this.#keys = tf.keep(keys);
    this.#values = tf.keep(values);
  }

  static begin(stepper: NativeAttentionStepper, cache: AttentionCache): NativeAttentionState {
    const { kvHeads, headDim } = stepper.sizes;
    const room = () => tf.zeros<tf.Rank.R3>([1, noRows.room, kvHeads * headDim]);
    return new NativeAttentionState(stepper, cache, noRows, [room(), room()]);
  }

  get bytes(): number {
    return 4 * (this.#keys.size + this.#values.size);
  }

  /** As `attentionStep` takes them. */
  get buffers(): readonly tf.Tensor[] {
    return [this.#cache.keys, this.#cache.values, this.#keys, this.#values];
  }

  /** As `attentionStep` takes them, for the next position. */
  places(): number[] {
    const { dropped, count, room } = this.#rows;
    const { start, count: prefix } = this.#cache;
    const seen = seenRows({ dropped, room, count: count + 1 }, prefix, this.#stepper.config.attention_window);
    return [start + prefix + dropped + count, seen.prefix, prefix, seen.recent, count, room];
  }

  count(): void {
    this.#rows = { ...this.#rows, count: this.#rows.count + 1 };
  }

  makeRoom(): void {
    if (this.#rows.count < this.#rows.room) return;
    const { from, ...rows } = makeRoom(this.#rows, this.#stepper.config.attention_window);
    const moved = (tensor: tf.Tensor3D) => {
      const grown = tidyAll(() =>
        tf.pad(rowsFrom(tensor, from), [
          [0, 0],
          [0, rows.room - rows.count],
          [0, 0],
        ]),
      );
      tensor.dispose();
      return tf.keep(grown);
    };
    this.#keys = moved(this.#keys);
    this.#values = moved(this.#values);
    this.#rows = rows;
  }

  cache(): AttentionCache {
    const { dropped, count } = this.#rows;
    const [keys, values] = [this.#keys, this.#values].map((tensor) => tidyAll(() => firstRows(tensor, count)));
    return this.#cache.after(keys, values, dropped);
  }

  fork(): NativeAttentionState {
    const copies = [this.#keys, this.#values].map((tensor) => tf.add<tf.Tensor3D>(tensor, 0));
    return new NativeAttentionState(this.#stepper, this.#cache, this.#rows, copies);
  }

  dispose(): void {
    tf.dispose([this.#keys, this.#values]);
  }
}

const rowsFrom = (x: tf.Tensor3D, first: number) => rowsOf(x, first, x.shape[1] - first);
/** A copy: the buffer is written to. */
const firstRows = (x: tf.Tensor3D, count: number) => tf.slice(x, [0, 0, 0], [1, count, x.shape[2]]);
