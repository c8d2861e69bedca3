import * as tf from '@tensorflow/tfjs-core';
import { afterMixer, normalise, type ResidualStream } from '../block.ts';
import type { LanguageModel } from '../language-model.ts';
import type { LayerCache, LayerState, LayerStepper, Weights } from '../mixers/mixer.ts';
import { PrefixCache } from './prefix-cache.ts';
import type { DecodeState, Stepper } from './stepper.ts';
import { NativeBlocks } from './native-blocks.ts';
import { tidyAll, withScope, type TensorScope } from './tensor-scope.ts';

/** The model for a token layer by layer, with whatever mixers it has, on any device. */
export class BlockStepper implements Stepper {
  readonly #model: LanguageModel;
  readonly #layers: LayerStepper[];
  readonly #keeps: ((layer: number) => boolean) | null;
  /** All layers together, where the device has that. */
  readonly #native: NativeBlocks | null;

  /**
   * @param stepperOf of a layer, given the weights of its mixer
   * @param keeps the layers whose states need their cache once they have begun; left out: all
   */
  constructor(
    model: LanguageModel,
    stepperOf: (mixerWeights: Weights, layer: number) => LayerStepper,
    keeps: ((layer: number) => boolean) | null = null,
  ) {
    this.#model = model;
    this.#keeps = keeps;
    this.#layers = Array.from({ length: model.config.n_layer }, (_, layer) => {
      const weights = model.layerWeights(layer);
      return stepperOf((name) => weights(`mixer.${name}`), layer);
    });
    this.#native = NativeBlocks.of(model, this.#layers);
  }

  async begin(prefix: PrefixCache): Promise<LayeredDecodeState<LayerState>> {
    const keeps = this.#keeps;
    const kept: LayerCache[] = [];
    const states: LayerState[] = [];
    try {
      for (const [layer, stepper] of this.#layers.entries()) {
        const cache = prefix.layers[layer];
        const own = keeps?.(layer) ? cache.share() : null;
        if (own) kept.push(own);
        states.push(await stepper.begin(own ?? cache));
      }
    } catch (error) {
      for (const one of [...states, ...kept]) one.dispose();
      throw error;
    }
    const { length } = prefix;
    const own = keeps ? new PrefixCache(length, kept, this.#model.limit - length) : prefix.share();
    return new LayeredDecodeState(own, states);
  }

  async step(texts: readonly LayeredDecodeState<LayerState>[], ids: readonly number[]): Promise<Float32Array[]> {
    const { config } = this.#model;
    const scores = await withScope(async (scope) => {
      const positions = texts.map(({ prefix, generated }) => prefix.length + generated);
      const tokens = () => tf.tensor2d(Int32Array.from(ids), [ids.length, 1], 'int32');
      const x = scope.add(tidyAll(() => this.#model.embed(tokens(), positions)));
      const states = texts.map(({ layers }) => layers);
      const stream = this.#native ? this.#native.run(x, states) : await this.#runLayers(x, states, scope);
      const logits = scope.add(tidyAll(() => this.#model.head(this.#model.finalNorm(stream))));
      return (await logits.data()) as Float32Array;
    });
    for (const text of texts) text.generated++;
    const { vocab_size: vocabulary } = config;
    return texts.map((_, index) => scores.subarray(index * vocabulary, (index + 1) * vocabulary));
  }

  /** @param x of the scope, which frees it */
  async #runLayers(
    x: tf.Tensor,
    texts: readonly (readonly LayerState[])[],
    scope: TensorScope,
  ): Promise<ResidualStream> {
    const { config } = this.#model;
    let stream: ResidualStream = { residual: x, delta: null };
    for (const [layer, stepper] of this.#layers.entries()) {
      const weights = this.#model.layerWeights(layer);
      const { residual, delta } = stream;
      const { sum, y: normal } = tidyAll(() => normalise({ residual, delta }, 'norm1', weights, config));
      scope.add(sum);
      scope.add(normal);
      const states = texts.map((layers) => layers[layer]);
      const mixed = scope.add(await stepper.step(normal, states));
      const next = tidyAll(() => afterMixer(layer, { residual: sum, delta: mixed }, weights, config));
      scope.add(next.residual);
      scope.add(next.delta);
      scope.free(...(sum === residual ? [] : [residual]), delta, sum, normal, mixed);
      stream = next;
    }
    return stream;
  }

  dispose(): void {
    for (const layer of this.#layers) layer.dispose();
    this.#native?.dispose();
  }
}

/** What the layers of a text have beyond its prefix. */
export class LayeredDecodeState<State extends LayerState> implements DecodeState {
  readonly prefix: PrefixCache;
  readonly layers: readonly State[];
  generated = 0;

  /** Takes over one use of the prefix. */
  constructor(prefix: PrefixCache, layers: readonly State[]) {
    this.prefix = prefix;
    this.layers = layers;
  }

  get bytes(): number {
    return this.layers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  caches(): LayerCache[] {
    return this.layers.map((layer) => layer.cache());
  }

  fork(): LayeredDecodeState<State> {
    const copy = new LayeredDecodeState(
      this.prefix.share(),
      this.layers.map((layer) => layer.fork() as State),
    );
    copy.generated = this.generated;
    return copy;
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose();
    this.prefix.release();
  }
}
