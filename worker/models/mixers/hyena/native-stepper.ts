import * as tf from '@tensorflow/tfjs-core';
import { embeddingName } from '../../../../main/contract/logic/model-parameters.ts';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import type { Handle } from '../../../devices/native/calls/index.ts';
import type { NativeBackend } from '../../../devices/native/backend.ts';
import { PrefixCache } from '../../decoding/prefix-cache.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import type { DecodeState, Stepper } from '../../decoding/stepper.ts';
import type { LanguageModel } from '../../language-model.ts';
import type { Weights } from '../mixer.ts';
import {
  absorbModal,
  continueModal,
  disposeModal,
  type ModalConvolution,
  type ModalState,
} from '../modal-recurrence.ts';
import type { HyenaCache } from './cache.ts';
import { configurationOf } from './configuration.ts';
import { capacityFor, decodeBlock, doubled } from './decode-blocks.ts';
import { hyenaFilters } from './forward.ts';

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
  readonly blockInputs: tf.Tensor2D;
  readonly blockBase: tf.Tensor2D;
  /** `[(N-1)D,room]` */
  inputs: tf.Tensor2D;
  tileSums: tf.Tensor2D;
}

/** The exact model on the native device. */
export const nativeStepper = (model: LanguageModel): Stepper => new NativeStepper(model, tf.backend() as NativeBackend);

/** The whole model for a token is one call of the addon, over the model's own weights. */
export class NativeStepper implements Stepper {
  readonly model: LanguageModel;
  readonly backend: NativeBackend;
  readonly config: HyenaConfiguration;
  readonly #weights: Handle[];
  readonly #nearTaps: tf.Tensor[];
  /** The filters' first taps for tiles, made longer where a text needs it. */
  #filters: { taps: number; layers: tf.Tensor[] } = { taps: 0, layers: [] };

  /** Of each layer, in place of its filters' far taps; null: the filters are exact. */
  readonly modal: readonly ModalConvolution[] | null;

  constructor(
    model: LanguageModel,
    backend: NativeBackend,
    modalOf: ((mixerWeights: Weights, layer: number) => ModalConvolution) | null = null,
  ) {
    this.model = model;
    this.backend = backend;
    this.config = configurationOf(model);
    const { config } = this;
    const { parameters } = model;
    this.#nearTaps = Array.from({ length: config.n_layer }, (_, layer) => tf.keep(nearTaps(model, config, layer)));
    this.modal =
      modalOf && this.#nearTaps.map((_, layer) => modalOf((name) => model.layerWeights(layer)(`mixer.${name}`), layer));
    const outer = [
      parameters.get(embeddingName),
      parameters.get('backbone.ln_f.weight'),
      parameters.get('backbone.ln_f.bias'),
      model.headWeight(),
    ];
    const layers = this.#nearTaps.flatMap((near, layer) => [...layerWeightNames.map(model.layerWeights(layer)), near]);
    this.#weights = [...outer, ...layers].map((tensor) => backend.handle(tensor));
  }

  begin(prefix: PrefixCache): Promise<NativeDecodeState> {
    return Promise.resolve(NativeDecodeState.begin(this, prefix));
  }

  /** Filters of at least this many taps, or all that there are. */
  filters(layer: number, taps: number): tf.Tensor {
    const requiredTaps = Math.min(taps, this.config.l_max);
    if (this.#filters.taps < requiredTaps) {
      tf.dispose(this.#filters.layers);
      const layers = this.#nearTaps.map((_, index) =>
        tf.keep(hyenaFilters((name) => this.model.layerWeights(index)(`mixer.${name}`), this.config, requiredTaps)),
      );
      this.#filters = { taps: requiredTaps, layers };
    }
    return this.#filters.layers[layer];
  }

  async step(texts: readonly NativeDecodeState[], ids: readonly number[]): Promise<Float32Array[]> {
    const { config } = this;
    for (const text of texts) text.prepare();
    const logits = this.backend.addon.create({ type: 'float32', count: texts.length * config.vocab_size });
    try {
      this.backend.addon.decodeStep({
        d: config.d_model,
        inner: config.d_inner,
        vocabulary: config.vocab_size,
        layers: config.n_layer,
        order: config.order,
        shortLength: config.short_filter_order,
        epsilon: config.layer_norm_epsilon,
        weights: this.#weights,
        states: texts.flatMap((text) => text.handles),
        ids,
        places: texts.map((text) => text.generated % decodeBlock),
        logits,
      });
      const scores = new Float32Array(await this.backend.addon.read({ tensor: logits }));
      for (const text of texts) text.count();
      return texts.map((_, index) => scores.subarray(index * config.vocab_size, (index + 1) * config.vocab_size));
    } finally {
      this.backend.addon.release({ tensor: logits });
    }
  }

  dispose(): void {
    tf.dispose([...this.#nearTaps, ...this.#filters.layers]);
    for (const convolution of this.modal ?? []) disposeModal(convolution);
    this.#filters = { taps: 0, layers: [] };
  }
}

/** The first taps of a layer's filters, `[block,(N-1)D]`; zeros where the context is shorter. */
function nearTaps(model: LanguageModel, config: HyenaConfiguration, layer: number): tf.Tensor {
  return tf.tidy(() => {
    const taps = Math.min(decodeBlock, config.l_max);
    const filters = hyenaFilters((name) => model.layerWeights(layer)(`mixer.${name}`), config, taps);
    return tf.pad(tf.transpose<tf.Tensor2D>(filters as tf.Tensor2D), [
      [0, decodeBlock - taps],
      [0, 0],
    ]);
  });
}

class NativeDecodeState implements DecodeState {
  readonly prefix: PrefixCache;
  readonly #stepper: NativeStepper;
  readonly #layers: LayerState[];
  #generated = 0;
  /** Generated tokens for which the present block was made ready. */
  #readyFor = -1;
  /** Of window, recent and ready of each layer. */
  readonly handles: Handle[];

  /** Of each layer, before the present block; null where the filters are exact. */
  #modal: ModalState[] | null;

  /** Takes over one use of the past. */
  private constructor(stepper: NativeStepper, cache: PrefixCache, layers: LayerState[], modal: ModalState[] | null) {
    this.#stepper = stepper;
    this.prefix = cache;
    this.#layers = layers;
    this.#modal = modal;
    this.handles = layers.flatMap(({ window, blockInputs, blockBase }) =>
      [window, blockInputs, blockBase].map((tensor) => stepper.backend.handle(tensor)),
    );
  }

  static begin(stepper: NativeStepper, cache: PrefixCache): NativeDecodeState {
    const { d_model, order, short_filter_order: taps } = stepper.config;
    const filters = (order - 1) * d_model;
    const room = capacityFor(0);
    const kept = <T extends tf.Tensor>(tensor: T) => tf.keep(tensor);
    const caches = cache.layers as readonly HyenaCache[];
    const layers = caches.map(({ parts: { convTail } }): LayerState => {
      const slots = Math.max(1, taps - 1);
      const window = tf.tidy<tf.Tensor2D>(() =>
        convTail === null
          ? tf.zeros<tf.Rank.R2>([slots, (order + 1) * d_model])
          : tf.pad(tf.transpose<tf.Tensor2D>(convTail), [
              [slots - convTail.shape[1], 0],
              [0, 0],
            ]),
      );
      const zeros = (shape: [number, number]) => kept(tf.zeros<tf.Rank.R2>(shape));
      return {
        window: kept(window),
        blockInputs: zeros([decodeBlock, filters]),
        blockBase: zeros([decodeBlock, filters]),
        inputs: zeros([filters, room]),
        tileSums: zeros([filters, room]),
      };
    });
    const modal =
      stepper.modal?.map((convolution, layer) =>
        tidyAll(() => absorbModal(convolution, caches[layer].parts.convInputs)),
      ) ?? null;
    const own = modal ? new PrefixCache(cache.length, [], stepper.model.limit - cache.length) : cache.share();
    return new NativeDecodeState(stepper, own, layers, modal);
  }

  get generated(): number {
    return this.#generated;
  }

  get bytes(): number {
    const all = this.#layers.flatMap(({ window, blockInputs, blockBase, inputs, tileSums }) => [
      window,
      blockInputs,
      blockBase,
      inputs,
      tileSums,
    ]);
    return all.reduce((sum, tensor) => sum + 4 * tensor.size, 0);
  }

  /** Lays ready what the next token needs of those before its block. */
  prepare(): void {
    const generated = this.#generated;
    if (generated % decodeBlock !== 0 || this.#readyFor === generated) return;
    if (this.#modal) return this.#prepareModal(this.#modal);
    const { backend } = this.#stepper;
    for (const [layer, state] of this.#layers.entries()) {
      const [channels, before] = state.inputs.shape;
      let room = before;
      if (generated === room) {
        room *= 2;
        state.inputs = doubled(state.inputs);
        state.tileSums = doubled(state.tileSums);
      }
      const filters = this.#stepper.filters(layer, room);
      const lookahead = (this.prefix.layers[layer] as HyenaCache).parts.future;
      const { blockInputs, blockBase, inputs, tileSums } = state;
      backend.addon.decodeAdvance({
        ...backend.handles({ blockInputs, blockBase, inputs, tileSums, filters }),
        lookahead: lookahead ? backend.handle(lookahead) : null,
        ...{ channels, room, taps: filters.shape[1]!, ahead: lookahead ? lookahead.shape[1] : 0, generated },
      });
    }
    this.#readyFor = generated;
  }

  /**
   * What older blocks add: what comes of their state with no inputs more. The addon lays it out as it does a future. Modes
   * are reached only by inputs from before a block, so that their state after it is known when it begins.
   */
  #prepareModal(before: readonly ModalState[]): void {
    const { backend } = this.#stepper;
    this.#modal = this.#stepper.modal!.map((convolution, layer) => {
      const { blockInputs, blockBase, inputs, tileSums } = this.#layers[layer];
      const [channels, room] = inputs.shape;
      const { state, lookahead } = tidyAll(() => {
        const near = this.#generated > 0 ? withInputs(before[layer].near, blockInputs) : before[layer].near;
        const ahead = continueModal(convolution, tf.zeros([channels, 1, decodeBlock]), { ...before[layer], near });
        return { state: { near: near.clone(), modes: ahead.after.modes }, lookahead: ahead.y };
      });
      tf.dispose(Object.values(before[layer]));
      const filters = this.#stepper.filters(layer, room);
      backend.addon.decodeAdvance({
        ...backend.handles({ blockInputs, blockBase, inputs, tileSums, filters, lookahead }),
        ...{ channels, room, taps: filters.shape[1]!, ahead: decodeBlock, generated: 0 },
      });
      lookahead.dispose();
      return state;
    });
    this.#readyFor = this.#generated;
  }

  count(): void {
    this.#generated++;
  }

  caches(): HyenaCache[] {
    const [inputs, tails] = [this.#inputs(), this.#convTails()];
    const caches = this.prefix.layers.map((cache, layer) => (cache as HyenaCache).after(inputs[layer], tails[layer]));
    tf.dispose(inputs);
    return caches;
  }

  /** What the long convolutions were given, `[(N-1)D,generated]` of each layer. */
  #inputs(): tf.Tensor2D[] {
    const inBlock = this.#readyFor < 0 ? 0 : this.#generated - this.#readyFor;
    return this.#layers.map(({ inputs, blockInputs }) =>
      tf.tidy(() => {
        const whole = tf.slice(inputs, [0, 0], [-1, this.#generated - inBlock]);
        if (inBlock === 0) return whole;
        return tf.concat([whole, tf.transpose<tf.Tensor2D>(tf.slice(blockInputs, [0, 0], [inBlock, -1]))], 1);
      }),
    );
  }

  #convTails(): (tf.Tensor2D | null)[] {
    const { short_filter_order: taps } = this.#stepper.config;
    const kept = Math.min(taps - 1, this.prefix.length + this.#generated);
    return this.#layers.map(({ window }) =>
      kept === 0 ? null : tf.tidy(() => tf.transpose<tf.Tensor2D>(tf.slice(window, [taps - 1 - kept, 0], [kept, -1]))),
    );
  }

  fork(): NativeDecodeState {
    const copied = (tensor: tf.Tensor2D) => tf.keep(tf.add<tf.Tensor2D>(tensor, 0));
    const layers = this.#layers.map(({ window, blockInputs, blockBase, inputs, tileSums }): LayerState => ({
      window: copied(window),
      blockInputs: copied(blockInputs),
      blockBase: copied(blockBase),
      inputs: copied(inputs),
      tileSums: copied(tileSums),
    }));
    const modal = this.#modal?.map(clonesOf) ?? null;
    const copy = new NativeDecodeState(this.#stepper, this.prefix.share(), layers, modal);
    copy.#generated = this.#generated;
    copy.#readyFor = this.#readyFor;
    return copy;
  }

  dispose(): void {
    for (const { window, blockInputs, blockBase, inputs, tileSums } of this.#layers)
      tf.dispose([window, blockInputs, blockBase, inputs, tileSums]);
    for (const state of this.#modal ?? []) tf.dispose(Object.values(state));
    this.prefix.release();
  }
}

const clonesOf = (state: ModalState): ModalState =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tensor.clone()]));

/** The last inputs after a block. @param near `[C,1,K]` @param blockInputs `[block,C]` */
function withInputs(near: tf.Tensor, blockInputs: tf.Tensor2D): tf.Tensor {
  const [channels, , columns] = near.shape as [number, number, number];
  const inputs = tf.reshape(tf.transpose(blockInputs), [channels, 1, decodeBlock]);
  return tf.slice(tf.concat([near, inputs], 2), [0, 0, decodeBlock], [-1, -1, columns]);
}
