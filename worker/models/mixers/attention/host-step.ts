import * as tf from '@tensorflow/tfjs-core';
import {
  biasesOf,
  headsOf,
  rotaryOf,
  type AttentionConfiguration,
  type Heads,
} from '../../../../main/contract/mixers/attention/parameters.ts';
import { linearLayer } from '../../biased-linear.ts';
import { HostViews } from '../../decoding/host-views.ts';
import { tidyAll, withScope } from '../../decoding/tensor-scope.ts';
import { dot } from '../../../devices/host-algebra.ts';
import type { LayerState, LayerStepper, Weights } from '../mixer.ts';
import type { AttentionCache } from './cache.ts';
import { makeRoom, noRows, seenRows, type RecentRows } from './recent-rows.ts';

/** One token more of an attention layer: the projections by the device, the rest in plain loops. */
export class AttentionStepper implements LayerStepper<AttentionState> {
  readonly config: AttentionConfiguration;
  readonly sizes: Heads;
  readonly views = new HostViews();
  readonly #weights: Weights;

  constructor(weights: Weights, config: AttentionConfiguration) {
    this.#weights = weights;
    this.config = config;
    this.sizes = headsOf(config);
  }

  async begin(cache: AttentionCache): Promise<AttentionState> {
    await this.views.fetch([cache.keys, cache.values]);
    if (this.config.qk_norm) await this.views.fetch(normNames.map(this.#weights));
    return AttentionState.begin(this, cache);
  }

  async step(x: tf.Tensor, states: readonly AttentionState[]): Promise<tf.Tensor> {
    const { d_model: width } = this.config;
    const biased = biasesOf(this.config);
    const layout = { input: 'tokens', output: 'tokens', precision: 'fp32' } as const;
    const project = (from: tf.Tensor, name: string, bias: boolean) =>
      linearLayer(from, this.#weights, name, bias, layout);
    return await withScope(async (scope) => {
      const projected = (await scope.add(tidyAll(() => project(x, 'Wqkv', biased.input))).data()) as Float32Array;
      const mixed = new Float32Array(states.length * width);
      const channels = projected.length / states.length;
      for (const [text, state] of states.entries())
        mixed.set(state.mix(projected.slice(text * channels, (text + 1) * channels)), text * width);
      const y = scope.add(
        tidyAll(() => project(tf.tensor3d(mixed, [states.length, 1, width]), 'out_proj', biased.output)),
      );
      scope.give(y);
      return y;
    });
  }

  /** Normalises and rotates the queries and keys of a position, `[(H+G)E]`, where they are. */
  place(x: Float32Array, position: number): void {
    const { heads, kvHeads, headDim } = this.sizes;
    if (this.config.qk_norm) {
      const [ofQueries, ofKeys] = normNames.map((name) => this.views.of(this.#weights(name)));
      for (let head = 0; head < heads + kvHeads; head++)
        normalise(x, head * headDim, head < heads ? ofQueries : ofKeys, this.config.layer_norm_epsilon);
    }
    const turn = rotaryOf(this.config);
    if (!turn) return;
    const half = headDim / 2;
    for (let j = 0; j < half; j++) {
      const angle = (position * turn.base ** (-j / half)) / turn.interpolation;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let at = j; at < (heads + kvHeads) * headDim; at += headDim) {
        const [a, b] = [x[at], x[at + half]];
        x[at] = a * cosine - b * sine;
        x[at + half] = b * cosine + a * sine;
      }
    }
  }

  /** States own what they need. */
  dispose(): void {
    return undefined;
  }
}

const normNames = ['q_layernorm.weight', 'k_layernorm.weight'];

function normalise(x: Float32Array, start: number, scale: Float32Array, epsilon: number): void {
  const root = Math.sqrt(dot(x, start, x, start, scale.length) / scale.length + epsilon);
  for (let i = 0; i < scale.length; i++) x[start + i] *= scale[i] / root;
}

/** Rows of keys and values, `[rows,G·E]` each, of which those from `first` up to `end` are seen. */
interface Segment {
  readonly keys: Float32Array;
  readonly values: Float32Array;
  readonly first: number;
  readonly end: number;
}

class AttentionState implements LayerState {
  readonly #stepper: AttentionStepper;
  readonly #cache: AttentionCache;
  #rows: RecentRows;
  #keys: Float32Array;
  #values: Float32Array;

  private constructor(
    stepper: AttentionStepper,
    cache: AttentionCache,
    rows: RecentRows,
    keys: Float32Array,
    values: Float32Array,
  ) {
    this.#stepper = stepper;
    this.#cache = cache;
    this.#rows = rows;
    this.#keys = keys;
    this.#values = values;
  }

  static begin(stepper: AttentionStepper, cache: AttentionCache): AttentionState {
    const { kvHeads, headDim } = stepper.sizes;
    const room = () => new Float32Array(noRows.room * kvHeads * headDim);
    return new AttentionState(stepper, cache, noRows, room(), room());
  }

  get bytes(): number {
    return 4 * (this.#keys.length + this.#values.length);
  }

  /** The mixer at the next position. @param projected `[(H+2G)E]`, overwritten @returns `[H·E]` */
  mix(projected: Float32Array): Float32Array {
    const { heads, kvHeads, headDim } = this.#stepper.sizes;
    const { attention_window: window } = this.#stepper.config;
    const { dropped, count } = this.#rows;
    this.#stepper.place(projected, this.#cache.start + this.#cache.count + dropped + count);
    this.#append(projected.subarray(heads * headDim), kvHeads * headDim);
    const seen = seenRows(this.#rows, this.#cache.count, window);
    const { views } = this.#stepper;
    const segments: Segment[] = [
      ...(seen.prefix < this.#cache.count
        ? [
            {
              ...{ keys: views.of(this.#cache.keys), values: views.of(this.#cache.values) },
              ...{ first: seen.prefix, end: this.#cache.count },
            },
          ]
        : []),
      { keys: this.#keys, values: this.#values, first: seen.recent, end: this.#rows.count },
    ];
    const y = new Float32Array(heads * headDim);
    const scores = new Float32Array(segments.reduce((sum, { first, end }) => sum + end - first, 0));
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor((head * kvHeads) / heads);
      attend(projected, head * headDim, segments, { ...this.#stepper.sizes, kvHead }, scores, y);
    }
    return y;
  }

  /** @param kv keys, then values, `[2·width]` */
  #append(kv: Float32Array, width: number): void {
    if (this.#rows.count === this.#rows.room) {
      const { from, ...rows } = makeRoom(this.#rows, this.#stepper.config.attention_window);
      const moved = (values: Float32Array) => {
        const grown = new Float32Array(rows.room * width);
        grown.set(values.subarray(from * width));
        return grown;
      };
      this.#keys = moved(this.#keys);
      this.#values = moved(this.#values);
      this.#rows = rows;
    }
    this.#keys.set(kv.subarray(0, width), this.#rows.count * width);
    this.#values.set(kv.subarray(width, 2 * width), this.#rows.count * width);
    this.#rows = { ...this.#rows, count: this.#rows.count + 1 };
  }

  cache(): AttentionCache {
    const { dropped, count, room } = this.#rows;
    const rows = (values: Float32Array) => {
      const width = values.length / room;
      return tf.tensor3d(values.slice(0, count * width), [1, count, width]);
    };
    return this.#cache.after(rows(this.#keys), rows(this.#values), dropped);
  }

  fork(): AttentionState {
    return new AttentionState(this.#stepper, this.#cache, this.#rows, this.#keys.slice(), this.#values.slice());
  }

  /** All is in the memory of the CPU. */
  dispose(): void {
    this.#keys = this.#values = new Float32Array(0);
  }
}

/** softmax(q·kᵀ/√E)·v of one head, into its place in y. */
function attend(
  q: Float32Array,
  place: number,
  segments: readonly Segment[],
  { kvHeads, headDim, kvHead }: Heads & { kvHead: number },
  scores: Float32Array,
  y: Float32Array,
): void {
  const [stride, start] = [kvHeads * headDim, kvHead * headDim];
  const scale = 1 / Math.sqrt(headDim);
  let most = -Infinity;
  let at = 0;
  for (const { keys, first, end } of segments)
    for (let row = first; row < end; row++, at++) {
      scores[at] = scale * dot(q, place, keys, row * stride + start, headDim);
      most = Math.max(most, scores[at]);
    }
  let sum = 0;
  at = 0;
  for (const { values, first, end } of segments)
    for (let row = first; row < end; row++, at++) {
      const weight = Math.exp(scores[at] - most);
      sum += weight;
      for (let e = 0; e < headDim; e++) y[place + e] += weight * values[row * stride + start + e];
    }
  for (let e = 0; e < headDim; e++) y[place + e] /= sum;
}
