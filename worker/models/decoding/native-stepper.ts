import * as tf from '@tensorflow/tfjs-core';
import type { Handle } from '../../devices/native/addon.ts';
import type { NativeBackend } from '../../devices/native/backend.ts';
import { embeddingName, type LanguageModel } from '../language-model.ts';
import type { DistilledFilters } from '../distilled/filters.ts';
import { DistilledTail, tailTaps } from '../distilled/tail.ts';
import { hyenaFilters } from '../mixers/hyena.ts';
import type { Past } from './past.ts';
import { block, roomFor, type Continuation, type Stepper } from './stepper.ts';

/** Names of a layer's weights in the order in which the addon takes them; the first taps of the filters follow. */
const layerWeightNames = [
  ...['norm1.weight', 'norm1.bias', 'mixer.in_proj.weight', 'mixer.in_proj.bias'],
  ...['mixer.short_filter.weight', 'mixer.short_filter.bias', 'mixer.filter_fn.bias'],
  ...['mixer.out_proj.weight', 'mixer.out_proj.bias', 'norm2.weight', 'norm2.bias'],
  ...['mlp.fc1.weight', 'mlp.fc1.bias', 'mlp.fc2.weight', 'mlp.fc2.bias'],
];

/** Tensors of one layer of one text; the addon writes into them. */
interface LayerState {
  /** `[max(1,K-1),(N+1)D]`, the oldest first. */
  readonly window: tf.Tensor2D;
  /** `[block,(N-1)D]` */
  readonly recent: tf.Tensor2D;
  readonly ready: tf.Tensor2D;
  /** `[(N-1)D,room]` */
  given: tf.Tensor2D;
  pending: tf.Tensor2D;
}

/** The whole model for a token is one call of the addon, over the model's own weights. */
export class NativeStepper implements Stepper {
  readonly model: LanguageModel;
  readonly backend: NativeBackend;
  readonly #weights: Handle[];
  readonly #near: tf.Tensor[];
  /** The filters' first taps for tiles, made longer where a text needs it. */
  #filters: { taps: number; layers: tf.Tensor[] } = { taps: 0, layers: [] };

  readonly distilled: DistilledFilters | null;

  constructor(model: LanguageModel, backend: NativeBackend, distilled: DistilledFilters | null) {
    this.model = model;
    this.distilled = distilled;
    this.backend = backend;
    const { config, parameters } = model;
    this.#near = Array.from({ length: config.n_layer }, (_, layer) => tf.keep(nearTaps(model, layer)));
    const outer = [
      parameters.get(embeddingName),
      parameters.get('backbone.ln_f.weight'),
      parameters.get('backbone.ln_f.bias'),
      model.headWeight(),
    ];
    const layers = this.#near.flatMap((near, layer) => [...layerWeightNames.map(model.layerWeights(layer)), near]);
    this.#weights = [...outer, ...layers].map((tensor) => backend.handle(tensor));
  }

  begin(past: Past): NativeContinuation {
    return NativeContinuation.begin(this, past);
  }

  /** Filters of at least so many taps, or all that there are. */
  filters(layer: number, taps: number): tf.Tensor {
    const wanted = Math.min(taps, this.model.config.l_max);
    if (this.#filters.taps < wanted) {
      tf.dispose(this.#filters.layers);
      const layers = this.#near.map((_, index) =>
        tf.keep(hyenaFilters((name) => this.model.layerWeights(index)(`mixer.${name}`), this.model.config, wanted)),
      );
      this.#filters = { taps: wanted, layers };
    }
    return this.#filters.layers[layer];
  }

  async step(texts: readonly NativeContinuation[], ids: readonly number[]): Promise<Float32Array[]> {
    const { config } = this.model;
    for (const text of texts) text.prepare();
    const logits = this.backend.addon.create(0, texts.length * config.vocab_size);
    try {
      this.backend.addon.decodeStep(
        ...([
          this.#weights,
          texts.flatMap((text) => text.handles),
          ids,
          texts.map((text) => text.generated % block),
        ] as const),
        ...([logits, config.d_model, config.d_inner, config.vocab_size, config.n_layer] as const),
        ...([config.order, config.short_filter_order, config.layer_norm_epsilon] as const),
      );
      const scores = new Float32Array(await this.backend.addon.read(logits));
      for (const text of texts) text.count();
      return texts.map((_, index) => scores.subarray(index * config.vocab_size, (index + 1) * config.vocab_size));
    } finally {
      this.backend.addon.release(logits);
    }
  }

  dispose(): void {
    tf.dispose([...this.#near, ...this.#filters.layers]);
    this.#filters = { taps: 0, layers: [] };
  }
}

/** The first taps of a layer's filters, `[block,(N-1)D]`; zeros where the context is shorter. */
function nearTaps(model: LanguageModel, layer: number): tf.Tensor {
  return tf.tidy(() => {
    const taps = Math.min(block, model.config.l_max);
    const filters = hyenaFilters((name) => model.layerWeights(layer)(`mixer.${name}`), model.config, taps);
    return tf.pad(tf.transpose<tf.Tensor2D>(filters as tf.Tensor2D), [
      [0, block - taps],
      [0, 0],
    ]);
  });
}

class NativeContinuation implements Continuation {
  readonly past: Past;
  readonly #stepper: NativeStepper;
  readonly #layers: LayerState[];
  #generated = 0;
  /** Generated tokens for which the present block was made ready. */
  #readyFor = -1;
  /** Of window, recent and ready of each layer. */
  readonly handles: Handle[];

  /** Null where the filters are exact. */
  readonly #distilled: DistilledTail[] | null;

  /** Takes over one use of the past. */
  private constructor(stepper: NativeStepper, past: Past, layers: LayerState[], distilled: DistilledTail[] | null) {
    this.#stepper = stepper;
    this.past = past;
    this.#layers = layers;
    this.#distilled = distilled;
    this.handles = layers.flatMap(({ window, recent, ready }) =>
      [window, recent, ready].map((tensor) => stepper.backend.handle(tensor)),
    );
  }

  static begin(stepper: NativeStepper, past: Past): NativeContinuation {
    const { d_model, order, short_filter_order: taps } = stepper.model.config;
    const filters = (order - 1) * d_model;
    const room = roomFor(0);
    const kept = <T extends tf.Tensor>(tensor: T) => tf.keep(tensor);
    const layers = past.layers.map(({ tail }): LayerState => {
      const slots = Math.max(1, taps - 1);
      const window = tf.tidy<tf.Tensor2D>(() =>
        tail === null
          ? tf.zeros<tf.Rank.R2>([slots, (order + 1) * d_model])
          : tf.pad(tf.transpose<tf.Tensor2D>(tail), [
              [slots - tail.shape[1], 0],
              [0, 0],
            ]),
      );
      const zeros = (shape: [number, number]) => kept(tf.zeros<tf.Rank.R2>(shape));
      return {
        window: kept(window),
        recent: zeros([block, filters]),
        ready: zeros([block, filters]),
        given: zeros([filters, room]),
        pending: zeros([filters, room]),
      };
    });
    const distilled = DistilledTail.ofAll(stepper.distilled, past, (layer) => {
      const first = stepper.filters(layer, 2 * block);
      return tailTaps(first.dataSync() as Float32Array, filters, first.shape[1]!);
    });
    const held = distilled ? past.withoutLayers(stepper.model.config.l_max) : past.share();
    return new NativeContinuation(stepper, held, layers, distilled);
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
    return all.reduce((sum, tensor) => sum + 4 * tensor.size, 0);
  }

  /** Lays ready what the next token needs of those before its block. */
  prepare(): void {
    const generated = this.#generated;
    if (generated % block !== 0 || this.#readyFor === generated) return;
    if (this.#distilled) return this.#prepareDistilled(this.#distilled);
    const { backend } = this.#stepper;
    for (const [layer, state] of this.#layers.entries()) {
      const [channels, before] = state.given.shape;
      let room = before;
      if (generated === room) {
        room *= 2;
        state.given = doubled(state.given);
        state.pending = doubled(state.pending);
      }
      const filters = this.#stepper.filters(layer, room);
      const { future } = this.past.layers[layer];
      backend.addon.decodeAdvance(
        ...([state.recent, state.ready, state.given, state.pending, filters].map((tensor) =>
          backend.handle(tensor),
        ) as [number, number, number, number, number]),
        future ? backend.handle(future) : null,
        ...([channels, room, filters.shape[1]!, future ? future.shape[1] : 0, generated] as const),
      );
    }
    this.#readyFor = generated;
  }

  /** What older blocks add comes from the modes; the addon lays it out as it does a future. */
  #prepareDistilled(tails: readonly DistilledTail[]): void {
    const { backend } = this.#stepper;
    for (const [layer, tail] of tails.entries()) {
      const { recent, ready, given, pending } = this.#layers[layer];
      const [channels, room] = given.shape;
      if (this.#generated > 0) tail.advance(recent.dataSync() as Float32Array);
      const future = tf.tensor2d(tail.ready(), [channels, block]);
      const filters = this.#stepper.filters(layer, room);
      backend.addon.decodeAdvance(
        ...([recent, ready, given, pending, filters].map((tensor) => backend.handle(tensor)) as [
          ...[number, number, number, number, number],
        ]),
        ...([backend.handle(future), channels, room, filters.shape[1]!, block, 0] as const),
      );
      future.dispose();
    }
    this.#readyFor = this.#generated;
  }

  count(): void {
    this.#generated++;
  }

  given(): tf.Tensor2D[] {
    const inBlock = this.#readyFor < 0 ? 0 : this.#generated - this.#readyFor;
    return this.#layers.map(({ given, recent }) =>
      tf.tidy(() => {
        const whole = tf.slice(given, [0, 0], [-1, this.#generated - inBlock]);
        if (inBlock === 0) return whole;
        return tf.concat([whole, tf.transpose<tf.Tensor2D>(tf.slice(recent, [0, 0], [inBlock, -1]))], 1);
      }),
    );
  }

  tails(): (tf.Tensor2D | null)[] {
    const { short_filter_order: taps } = this.#stepper.model.config;
    const kept = Math.min(taps - 1, this.past.length + this.#generated);
    return this.#layers.map(({ window }) =>
      kept === 0 ? null : tf.tidy(() => tf.transpose<tf.Tensor2D>(tf.slice(window, [taps - 1 - kept, 0], [kept, -1]))),
    );
  }

  fork(): NativeContinuation {
    const copied = (tensor: tf.Tensor2D) => tf.keep(tf.add<tf.Tensor2D>(tensor, 0));
    const layers = this.#layers.map(({ window, recent, ready, given, pending }): LayerState => ({
      window: copied(window),
      recent: copied(recent),
      ready: copied(ready),
      given: copied(given),
      pending: copied(pending),
    }));
    const distilled = this.#distilled?.map((tail) => tail.fork()) ?? null;
    const copy = new NativeContinuation(this.#stepper, this.past.share(), layers, distilled);
    copy.#generated = this.#generated;
    copy.#readyFor = this.#readyFor;
    return copy;
  }

  dispose(): void {
    for (const { window, recent, ready, given, pending } of this.#layers)
      tf.dispose([window, recent, ready, given, pending]);
    this.past.release();
  }
}

/** The same with as many zero columns more; the tensor is freed. */
function doubled(tensor: tf.Tensor2D): tf.Tensor2D {
  const wider = tf.keep(
    tf.pad(tensor, [
      [0, 0],
      [0, tensor.shape[1]],
    ]),
  );
  tensor.dispose();
  return wider;
}
