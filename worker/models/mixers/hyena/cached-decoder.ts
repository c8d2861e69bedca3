import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { msg } from '../../../../main/contract/message.ts';
import { normaliseRows } from '../../../ops/layer-norm/portable.ts';
import { geluInto } from '../../../ops/mlp/portable.ts';
import { affine } from '../../../devices/host-algebra.ts';
import { embeddingName } from '../../../../main/contract/logic/model-parameters.ts';
import type { LanguageModel } from '../../language-model.ts';
import { configurationOf } from './configuration.ts';
import { blockForward, type ResidualStream } from '../../block.ts';
import { embedding, layerNorm, residualLayerNorm } from '../../../ops/index.ts';
import { hyenaDecoders, type HostWeights, type HyenaDecoder } from './cached-mixer.ts';

/** The weights around the layers, in the memory of the CPU. */
interface OuterWeights {
  readonly embedding: Float32Array;
  readonly head: Float32Array;
  readonly normWeight: Float32Array;
  readonly normBias: Float32Array;
}

interface LayerWeights {
  readonly weights: HostWeights;
  readonly mixerAfter: (promptInputs: tf.Tensor) => Promise<HyenaDecoder>;
}

/**
 * Text token by token, exactly as the model would compute it from the whole text. `ReferenceDecoder.create` reads the weights
 * from the device once; then `prefill` takes a prompt in parallel on the device, and each `step` one token here.
 */
export class ReferenceDecoder {
  readonly #model: LanguageModel;
  readonly #layers: LayerWeights[];
  readonly #outer: OuterWeights;

  private constructor(model: LanguageModel, layers: LayerWeights[], outer: OuterWeights) {
    this.#model = model;
    this.#layers = layers;
    this.#outer = outer;
  }

  /** A decoder for the weights that the model has now; later training does not change it. */
  static async create(model: LanguageModel): Promise<ReferenceDecoder> {
    const { parameters } = model;
    const config = configurationOf(model);
    const read = async (name: string) => (await parameters.get(name).data()) as Float32Array;
    const layers: LayerWeights[] = [];
    for (let layer = 0; layer < config.n_layer; layer++) {
      const prefix = `backbone.layers.${layer}.`;
      const values = new Map<string, Float32Array>();
      for (const { name } of parameters.all())
        if (name.startsWith(prefix)) values.set(name.slice(prefix.length), await read(name));
      const weights: HostWeights = (name) => values.get(name)!;
      const mixerAfter = await hyenaDecoders(
        (name) => parameters.get(`${prefix}mixer.${name}`),
        (name) => weights(`mixer.${name}`),
        config,
      );
      layers.push({ weights, mixerAfter });
    }
    const embedding = await read(embeddingName);
    return new ReferenceDecoder(model, layers, {
      embedding,
      head: config.tie_embeddings ? embedding : ((await model.headWeight().data()) as Float32Array),
      normWeight: await read('backbone.ln_f.weight'),
      normBias: await read('backbone.ln_f.bias'),
    });
  }

  /**
   * Takes a prompt.
   *
   * @param ids at least one token, at most l_max
   * @returns the scores of the next token, `[vocab_size]`, and the state behind the prompt
   * @throws HyenaError `bad-input` for a prompt that is too long or has unknown tokens
   */
  async prefill(ids: Int32Array): Promise<{ state: ReferenceDecodeState; logits: Float32Array }> {
    const logits = await this.#model.lastLogits(ids, 1);
    const inputs = this.#mixerInputs(ids);
    const layers: HyenaDecoder[] = [];
    for (const [layer, input] of inputs.entries()) {
      layers.push(await this.#layers[layer].mixerAfter(input));
      input.dispose();
    }
    return { state: new ReferenceDecodeState(layers, ids.length), logits };
  }

  /** What the mixer of each layer is given for a prompt, `[1,L,D]`: the normalised residual stream before it. */
  #mixerInputs(ids: Int32Array): tf.Tensor[] {
    const { config, parameters } = this.#model;
    return tf.tidy(() => {
      const tokens = tf.tensor2d(ids, [1, ids.length], 'int32');
      let stream: ResidualStream = { residual: embedding(tokens, parameters.get(embeddingName)), delta: null };
      return Array.from({ length: config.n_layer }, (_, layer) => {
        const weights = this.#model.layerWeights(layer);
        const norm = [weights('norm1.weight'), weights('norm1.bias'), config.layer_norm_epsilon, 'fp32'] as const;
        const { delta, residual } = stream;
        const input = delta === null ? layerNorm(residual, ...norm) : residualLayerNorm(delta, residual, ...norm).y;
        stream = blockForward(layer, stream, weights, config, {
          precision: 'fp32',
          convolution: 'auto',
          dropoutSeeds: null,
        });
        return input;
      });
    });
  }

  /**
   * Takes one token more; the state is advanced.
   *
   * @returns the scores of the next token, `[vocab_size]`
   * @throws HyenaError `bad-input` for a token outside of the vocabulary, or where the context is full
   */
  step(state: ReferenceDecodeState, id: number): Float32Array {
    const { config } = this.#model;
    const { d_model: width, layer_norm_epsilon: epsilon } = config;
    if (!Number.isInteger(id) || id < 0 || id >= config.vocab_size)
      throw new HyenaError(
        'bad-input',
        msg`Token ${String(id)} is outside the model's vocabulary of ${config.vocab_size} tokens.`,
      );
    if (state.length >= config.l_max)
      throw new HyenaError('bad-input', msg`The model's context of ${config.l_max} tokens is full.`, {
        hint: 'Start again from a shorter text, or use a model with a longer context.',
      });
    const { embedding, head, normWeight, normBias } = this.#outer;
    const x = embedding.slice(id * width, (id + 1) * width);
    const normal = new Float32Array(width);
    const add = (y: Float32Array) => {
      for (let i = 0; i < width; i++) x[i] += y[i];
    };
    this.#layers.forEach(({ weights }, layer) => {
      normaliseRows(x, weights('norm1.weight'), weights('norm1.bias'), normal, epsilon);
      add(state.layers[layer].step(normal));
      normaliseRows(x, weights('norm2.weight'), weights('norm2.bias'), normal, epsilon);
      const hidden = affine(weights('mlp.fc1.weight'), weights('mlp.fc1.bias'), normal);
      geluInto(hidden, hidden);
      add(affine(weights('mlp.fc2.weight'), weights('mlp.fc2.bias'), hidden));
    });
    state.length++;
    normaliseRows(x, normWeight, normBias, normal, epsilon);
    return affine(head, null, normal);
  }
}

/** What a decoder keeps of the tokens so far. */
export class ReferenceDecodeState {
  readonly layers: readonly HyenaDecoder[];
  /** Tokens so far. */
  length: number;

  constructor(layers: readonly HyenaDecoder[], length: number) {
    this.layers = layers;
    this.length = length;
  }

  /** A copy that continues on its own: another continuation of the same text. */
  fork(): ReferenceDecodeState {
    return new ReferenceDecodeState(
      this.layers.map((layer) => layer.fork()),
      this.length,
    );
  }
}
