import * as tf from '@tensorflow/tfjs-core';
import { embeddingName } from '../../../../main/contract/logic/model-parameters.ts';
import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import type { WebGpuBackend } from '../../../devices/webgpu/backend.ts';
import { multiplyVectors, type VectorProduct } from '../../../devices/webgpu/kernels/vector-product.ts';
import { webgpuEmbedding } from '../../../ops/embedding/webgpu.ts';
import { normaliseOnGpu } from '../../../ops/layer-norm/webgpu.ts';
import type { PrefixCache } from '../../decoding/prefix-cache.ts';
import type { Stepper } from '../../decoding/stepper.ts';
import type { LanguageModel } from '../../language-model.ts';
import { configurationOf } from './configuration.ts';
import { decodeBlock } from './decode-blocks.ts';
import { hyenaFilters } from './forward.ts';
import { GpuDecodeState } from './webgpu-decode-state.ts';

/** The exact model on a GPU. */
export const webgpuStepper = (model: LanguageModel): Stepper => new GpuStepper(model, tf.backend() as WebGpuBackend);

/** The model for a token by kernels of the GPU, over its own weights: the scores alone are read back. */
export class GpuStepper implements Stepper {
  readonly model: LanguageModel;
  readonly backend: WebGpuBackend;
  readonly config: HyenaConfiguration;
  /** The filters' first taps, `[(N-1)D,taps]`, made longer where a text needs it. */
  #filters: { taps: number; layers: tf.Tensor[] } = { taps: 0, layers: [] };

  constructor(model: LanguageModel, backend: WebGpuBackend) {
    this.model = model;
    this.config = configurationOf(model);
    this.backend = backend;
  }

  begin(prefix: PrefixCache): Promise<GpuDecodeState> {
    return Promise.resolve(GpuDecodeState.begin(this, prefix));
  }

  /** Filters of at least this many taps, or all that there are. */
  filters(layer: number, taps: number): tf.Tensor {
    const requiredTaps = Math.min(taps, this.config.l_max);
    if (this.#filters.taps < requiredTaps) {
      tf.dispose(this.#filters.layers);
      const layers = Array.from({ length: this.config.n_layer }, (_, index) =>
        tf.keep(hyenaFilters((name) => this.model.layerWeights(index)(`mixer.${name}`), this.config, requiredTaps)),
      );
      this.#filters = { taps: requiredTaps, layers };
    }
    return this.#filters.layers[layer];
  }

  async step(texts: readonly GpuDecodeState[], ids: readonly number[]): Promise<Float32Array[]> {
    const { config, model } = this;
    const { parameters } = model;
    const { vocab_size: vocabulary, n_layer: layers } = config;
    for (const text of texts) text.prepare();
    const { backend } = this;
    const tokens = backend.makeTensorInfo([ids.length], 'int32', Int32Array.from(ids));
    let [x] = webgpuEmbedding['Embedding'](backend, [tokens, parameters.get(embeddingName)], {});
    for (let layer = 0; layer < layers; layer++) x = this.#block(x, layer, texts);
    const normal = this.#normal(x, parameters.get('backbone.ln_f.weight'), parameters.get('backbone.ln_f.bias'));
    const logits = this.#multiply(normal, { weight: this.model.headWeight() });
    backend.discard(tokens, normal, x);
    const scores = tf.engine().makeTensorFromTensorInfo(logits);
    for (const text of texts) text.count();
    try {
      const values = (await scores.data()) as Float32Array;
      return texts.map((_, index) => values.subarray(index * vocabulary, (index + 1) * vocabulary));
    } finally {
      scores.dispose();
    }
  }

  dispose(): void {
    tf.dispose(this.#filters.layers);
    this.#filters = { taps: 0, layers: [] };
  }

  /** x + mixer(LN(x)), then x + mlp(LN(x)), `[texts,D]`. */
  #block(x: tf.TensorInfo, layer: number, texts: readonly GpuDecodeState[]): tf.TensorInfo {
    const { backend } = this;
    const weights = this.model.layerWeights(layer);
    const affine = (name: string) => ({ weight: weights(`${name}.weight`), bias: weights(`${name}.bias`) });
    const normal1 = this.#normal(x, weights('norm1.weight'), weights('norm1.bias'));
    const projected = this.#multiply(normal1, affine('mixer.in_proj'));
    const mixed = backend.make(x.shape);
    const filters = this.filters(layer, decodeBlock);
    texts.forEach((text, index) => text.mix(layer, index, projected, filters, mixed));
    const between = this.#multiply(mixed, { ...affine('mixer.out_proj'), residual: x });
    const normal2 = this.#normal(between, weights('norm2.weight'), weights('norm2.bias'));
    const hidden = this.#multiply(normal2, { ...affine('mlp.fc1'), gelu: true });
    const y = this.#multiply(hidden, { ...affine('mlp.fc2'), residual: between });
    backend.discard(x, normal1, projected, mixed, between, normal2, hidden);
    return y;
  }

  #normal(x: tf.TensorInfo, gamma: tf.TensorInfo, beta: tf.TensorInfo): tf.TensorInfo {
    return normaliseOnGpu(this.backend, [x, null, gamma, beta], {
      epsilon: this.config.layer_norm_epsilon,
      precision: 'fp32',
    })[0];
  }

  #multiply(x: tf.TensorInfo, product: VectorProduct): tf.TensorInfo {
    return multiplyVectors(this.backend, x, product, x.shape[0]);
  }
}
