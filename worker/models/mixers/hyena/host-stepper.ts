import type * as tf from '@tensorflow/tfjs-core';
import { embeddingName, finalNorm } from '../../../../main/contract/logic/model-parameters.ts';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import { affine } from '../../../devices/host-algebra.ts';
import { normaliseRows } from '../../../ops/layer-norm/portable.ts';
import { geluInto } from '../../../ops/mlp/portable.ts';
import { LayeredDecodeState } from '../../decoding/block-stepper.ts';
import type { PrefixCache } from '../../decoding/prefix-cache.ts';
import type { Stepper } from '../../decoding/stepper.ts';
import type { LanguageModel } from '../../language-model.ts';
import type { HyenaCache } from './cache.ts';
import { configurationOf } from './configuration.ts';
import { HyenaStepper, type HyenaState } from './host-step.ts';
import { HostViews } from '../../decoding/host-views.ts';

/**
 * The whole model for a token in plain loops, over the weights where the device keeps them in CPU memory, or copies:
 * faster than the operations of a device, one by one, for a single row.
 */
class HostStepper implements Stepper {
  readonly #model: LanguageModel;
  readonly #config: HyenaConfiguration;
  readonly #views = new HostViews();
  readonly #layers: HyenaStepper[];

  constructor(model: LanguageModel) {
    this.#model = model;
    this.#config = configurationOf(model);
    this.#layers = Array.from({ length: model.config.n_layer }, (_, layer) => {
      const weights = model.layerWeights(layer);
      return new HyenaStepper((name) => weights(`mixer.${name}`), this.#config, this.#views);
    });
  }

  async begin(prefix: PrefixCache): Promise<LayeredDecodeState<HyenaState>> {
    await this.#views.fetch(this.#model.parameters.all().map(({ variable }) => variable));
    const states: HyenaState[] = [];
    for (const [layer, stepper] of this.#layers.entries())
      states.push(await stepper.begin(prefix.layers[layer] as HyenaCache));
    return new LayeredDecodeState(prefix.share(), states);
  }

  step(texts: readonly LayeredDecodeState<HyenaState>[], ids: readonly number[]): Promise<Float32Array[]> {
    return Promise.resolve(texts.map((text, index) => this.#step(text, ids[index])));
  }

  #step(text: LayeredDecodeState<HyenaState>, id: number): Float32Array {
    const { parameters } = this.#model;
    const { d_model: width, layer_norm_epsilon: epsilon } = this.#config;
    const viewOf = (tensor: tf.Tensor) => this.#views.of(tensor);
    for (const layer of text.layers) layer.prepare();
    const x = viewOf(parameters.get(embeddingName)).slice(id * width, (id + 1) * width);
    const normal = new Float32Array(width);
    const add = (y: Float32Array) => {
      for (let i = 0; i < width; i++) x[i] += y[i];
    };
    for (const [layer, state] of text.layers.entries()) {
      const weights = this.#model.layerWeights(layer);
      const view = (name: string) => viewOf(weights(name));
      normaliseRows(x, view('norm1.weight'), view('norm1.bias'), normal, epsilon);
      const projected = affine(view('mixer.in_proj.weight'), view('mixer.in_proj.bias'), normal);
      const mixed = state.mix(projected, this.#layers[layer].mixingWeights());
      add(affine(view('mixer.out_proj.weight'), view('mixer.out_proj.bias'), mixed));
      normaliseRows(x, view('norm2.weight'), view('norm2.bias'), normal, epsilon);
      const hidden = affine(view('mlp.fc1.weight'), view('mlp.fc1.bias'), normal);
      geluInto(hidden, hidden);
      add(affine(view('mlp.fc2.weight'), view('mlp.fc2.bias'), hidden));
    }
    text.generated++;
    const [scale, shift] = [`${finalNorm}.weight`, `${finalNorm}.bias`].map((name) => viewOf(parameters.get(name)));
    normaliseRows(x, scale, shift, normal, epsilon);
    return affine(viewOf(this.#model.headWeight()), null, normal);
  }

  dispose(): void {
    for (const layer of this.#layers) layer.dispose();
  }
}

/** The exact model on the CPU. */
export const hostStepper = (model: LanguageModel): Stepper => new HostStepper(model);
