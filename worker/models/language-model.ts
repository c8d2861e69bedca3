import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { WeightsFile } from '../../main/library/checkpoints/weights.ts';
import type { Device } from '../devices/index.ts';
import { crossEntropy, dropout, embedding, type Precision } from '../ops/index.ts';
import { releasingEarly } from '../ops/operation.ts';
import { adapterNames, adapterScale, trainedSpecs, type AdapterSettings } from '../../main/contract/logic/adapters.ts';
import { derivedSeed } from '../../main/contract/logic/random.ts';
import { checkBatch, checkIds, learnedPlaces, targetTensors, type TokenBatch } from './batch.ts';
import { blockForward, normalise, type ResidualStream } from './block.ts';
import { Gradients } from './gradients.ts';
import { tidyAll } from './decoding/tensor-scope.ts';
import { weightsWithin, type MixerOptions, type Weights } from './mixers/mixer.ts';
import {
  embeddingName,
  finalNorm,
  headName,
  layerName,
  positionsName,
} from '../../main/contract/logic/model-parameters.ts';
import { contextLimit } from '../../main/contract/mixers/index.ts';
import { ParameterStore } from './parameters.ts';
import { checkpointGradients } from './recomputation.ts';

export interface TrainingOptions extends MixerOptions {
  /** Recompute each block in the backward pass: less memory, more time, the same gradients. */
  readonly checkpointing: boolean;
  /** Seed of this batch's dropout masks; null: no dropout. */
  readonly dropoutSeed: number | null;
  /** What loss gradients are multiplied by: a batch's share of an accumulated step. Default 1. */
  readonly gradientScale?: number;
}

const inference: MixerOptions = { precision: 'fp32', convolution: 'auto' };

/**
 * The language model (of HYENA: arXiv 2302.10866): embedding, blocks of a mixer and an MLP, a final norm, a
 * head that may be tied to the embedding. Lives on the current device; its methods need that device to be current.
 */
export class LanguageModel {
  readonly config: ResolvedModelConfiguration;
  readonly device: Device;
  readonly parameters: ParameterStore;
  /** What is trained in place of the weights; null: all of them are. */
  readonly adapters: AdapterSettings | null;

  private constructor(
    config: ResolvedModelConfiguration,
    device: Device,
    parameters: ParameterStore,
    adapters: AdapterSettings | null = null,
  ) {
    this.config = config;
    this.device = device;
    this.parameters = parameters;
    this.adapters = adapters;
  }

  /**
   * A new model whose weights depend on the configuration and the seed alone.
   *
   * @param adapters are trained in place of the weights, which are to be loaded; they change nothing yet
   */
  static create(
    config: ResolvedModelConfiguration,
    device: Device,
    seed: number,
    onProgress?: (done: number) => void,
    adapters: AdapterSettings | null = null,
  ): LanguageModel {
    const parameters = ParameterStore.create(trainedSpecs(config, adapters), seed, onProgress);
    return new LanguageModel(config, device, parameters, adapters);
  }

  /** A model with the weights of a checkpoint, in the types that it has them in. @throws HyenaError `bad-input` where they do not fit */
  static async load(config: ResolvedModelConfiguration, device: Device, file: WeightsFile): Promise<LanguageModel> {
    return new LanguageModel(config, device, await ParameterStore.read(trainedSpecs(config, null), file));
  }

  /**
   * Loss of a batch and its gradients by all parameters. Returns at once where the device computes by itself; the loss
   * is awaited for.
   *
   * @returns the mean of the targets' cross entropies weighted by the mask, in nats, not scaled by `gradientScale`
   * @throws HyenaError `bad-input` for sequences longer than l_max or ids that the vocabulary lacks, `device` for a
   *   precision that the device lacks
   */
  lossAndGradients(batch: TokenBatch, options: TrainingOptions): { loss: Promise<number>; gradients: Gradients } {
    this.#check(batch, options);
    const parameters = this.parameters.trainable();
    const { value, grads } = tf.tidy(() => {
      const ids = this.#idTensor(batch.ids, batch.batchSize);
      // Activations in half precision are not rows that can be picked.
      const places = options.precision === 'f16-mixed' ? null : learnedPlaces(batch);
      const { targets, mask } = targetTensors(batch, places);
      const compute = () => {
        const hidden = this.#hidden(ids, options, options);
        const picked = places === null ? hidden : rowsOf(hidden, places);
        const loss = this.#crossEntropy(picked, targets, mask, options, true).loss;
        tf.dispose([hidden, picked]);
        return loss;
      };
      return releasingEarly(() =>
        tf.engine().gradients(
          compute,
          parameters.map(({ variable }) => variable),
          tf.scalar(options.gradientScale ?? 1),
        ),
      );
    });
    const gradients = new Map(parameters.map(({ name }, index) => [name, grads[index]]));
    return { loss: readScalar(value), gradients: new Gradients(gradients) };
  }

  /** Cross entropy of each target, nats, row-major `[batchSize, length]`; the mask is not looked at. */
  async tokenLosses(batch: TokenBatch, options: MixerOptions = inference): Promise<Float32Array> {
    this.#check(batch, options);
    const losses = tf.tidy(() => {
      const { targets, mask } = targetTensors(batch);
      const hidden = this.#hidden(this.#idTensor(batch.ids, batch.batchSize), options);
      return this.#crossEntropy(hidden, targets, mask, options, false).tokenLoss;
    });
    return readAndDispose(losses);
  }

  /**
   * The likeliest token and the loss of the target, nats, at some places of a batch: the head is computed there alone.
   *
   * @param places row-major, `row·length + position`
   */
  async answers(
    batch: TokenBatch,
    places: Int32Array,
    options: MixerOptions = inference,
  ): Promise<{ tokens: Int32Array; losses: Float32Array }> {
    this.#check(batch, options);
    const { vocab_size } = this.config;
    const chosen = new Int32Array(places.length);
    const { losses, hidden } = tf.tidy(() => {
      const rows = rowsOf(this.#hidden(this.#idTensor(batch.ids, batch.batchSize), options), places);
      const { targets, mask } = targetTensors(batch, places);
      return { losses: this.#crossEntropy(rows, targets, mask, options, false).tokenLoss, hidden: rows };
    });
    try {
      const atOnce = Math.max(1, Math.floor(answeredElements / vocab_size));
      for (let first = 0; first < places.length; first += atOnce) {
        const count = Math.min(atOnce, places.length - first);
        const scores = await readAndDispose(tf.tidy(() => this.head(tf.slice(hidden, [first, 0], [count, -1]))));
        for (let row = 0; row < count; row++)
          chosen[first + row] = largestOf(scores.subarray(row * vocab_size, (row + 1) * vocab_size));
      }
    } finally {
      hidden.dispose();
    }
    return { tokens: chosen, losses: await readAndDispose(losses) };
  }

  /**
   * Scores of the next token after every position, row-major `[batchSize, length, vocab_size]`.
   *
   * @param ids `[batchSize, length]`
   * @throws HyenaError as {@link lossAndGradients}
   */
  async logits(ids: Int32Array, batchSize: number, options: MixerOptions = inference): Promise<Float32Array> {
    this.#checkIds(ids, ids.length / batchSize, options);
    return readAndDispose(tf.tidy(() => this.head(this.#hidden(this.#idTensor(ids, batchSize), options))));
  }

  /** Scores of the token after the last position of each row, `[batchSize, vocab_size]`: the head is applied there alone. */
  async lastLogits(ids: Int32Array, batchSize: number, options: MixerOptions = inference): Promise<Float32Array> {
    this.#checkIds(ids, ids.length / batchSize, options);
    const logits = tf.tidy(() => {
      const hidden = this.#hidden(this.#idTensor(ids, batchSize), options) as tf.Tensor3D;
      return this.head(tf.slice(hidden, [0, hidden.shape[1] - 1, 0], [-1, 1, -1]));
    });
    return readAndDispose(logits);
  }

  /**
   * What the mixer of each layer is given of a text, one layer after another.
   *
   * @param visit receives it normalised, `[1,L,D]`, with the weights of the mixer; it is freed afterwards
   * @throws HyenaError as {@link lossAndGradients}
   */
  async visitMixers(
    ids: Int32Array,
    visit: (layer: number, x: tf.Tensor, weights: Weights) => Promise<void>,
  ): Promise<void> {
    this.#checkIds(ids, ids.length, inference);
    let stream = tidyAll((): ResidualStream => ({ residual: this.embed(this.#idTensor(ids, 1)), delta: null }));
    try {
      for (let layer = 0; layer < this.config.n_layer; layer++) {
        const before = stream;
        const weights = this.#withAdapters(layer, this.layerWeights(layer));
        const x = tf.tidy(() => normalise(before, 'norm1', weights, this.config).y);
        try {
          await visit(layer, x, weightsWithin(weights, 'mixer.'));
        } finally {
          x.dispose();
        }
        stream = tidyAll(() => this.#block(layer, before, inference, null, false));
        tf.dispose([before.residual, before.delta ?? []]);
      }
    } finally {
      tf.dispose([stream.residual, stream.delta ?? []]);
    }
  }

  /** The weights of one layer by their names within it, without adapters. */
  layerWeights(layer: number): Weights {
    return (name) => this.parameters.get(layerName(layer, name));
  }

  /** The weights of a layer with the adapters that its matrices have. @param get by the name within the layer */
  #withAdapters(layer: number, get: (name: string) => tf.Tensor): Weights {
    const { adapters, parameters } = this;
    if (adapters === null) return get;
    const scale = adapterScale(adapters);
    const adapter = (matrix: string) => {
      const { a, b } = adapterNames(matrix);
      return parameters.has(layerName(layer, a)) ? { a: get(a), b: get(b), scale } : null;
    };
    return Object.assign((name: string) => get(name), { adapter });
  }

  /** The matrix of the head, `[vocab_size, d_model]`. */
  headWeight(): tf.Variable {
    return this.parameters.get(this.config.tie_embeddings ? embeddingName : headName);
  }

  /** The matrix that turns final hidden states into logits, `[vocab_size, d_model]`; call it within a tidy. */
  scaledHead(): tf.Tensor {
    const { logit_scale } = this.config;
    return logit_scale === 1 ? this.headWeight() : tf.mul(this.headWeight(), logit_scale);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  /** The longest text, tokens. */
  get limit(): number {
    return contextLimit(this.config);
  }

  /**
   * Tokens as the first residual stream, `[B,L,D]`.
   *
   * @param ids `[B,L]`
   * @param offsets position of the first token of each row, or of all rows
   */
  embed(ids: tf.Tensor, offsets: readonly number[] = [0]): tf.Tensor {
    const tokens = embedding(ids, this.parameters.get(embeddingName));
    if (this.config.positions !== 'learned') return tokens;
    const length = ids.shape[1]!;
    const rows = offsets.flatMap((first) => Array.from({ length }, (_, index) => first + index));
    const places = tf.tensor2d(rows, [offsets.length, length], 'int32');
    const positions = embedding(places, this.parameters.get(positionsName));
    const sum = tf.add(tokens, positions);
    tf.dispose([tokens, places, positions]);
    return sum;
  }

  /** The norm before the head. What it is given is not freed. @returns final hidden states */
  finalNorm(stream: ResidualStream, precision: Precision = 'fp32'): tf.Tensor {
    const weights: Weights = (name) => this.parameters.get(name);
    const { layer_norm_epsilon, final_norm_epsilon } = this.config;
    const config = { ...this.config, layer_norm_epsilon: final_norm_epsilon ?? layer_norm_epsilon };
    const { sum, y } = normalise(stream, finalNorm, weights, config, precision);
    if (sum !== stream.residual) sum.dispose();
    return y;
  }

  /** Scores of final hidden states, `[rows,vocab_size]`. @param hidden `[...,D]` */
  head(hidden: tf.Tensor): tf.Tensor2D {
    const { d_model, logit_scale } = this.config;
    const flat = tf.reshape<tf.Rank.R2>(hidden, [-1, d_model]);
    const logits = tf.matMul<tf.Tensor2D>(flat, this.headWeight(), false, true);
    return logit_scale === 1 ? logits : tf.mul(logits, logit_scale);
  }

  /** Final hidden states, after the last norm, `[B,L,D]`. */
  #hidden(ids: tf.Tensor, options: MixerOptions, training?: TrainingOptions): tf.Tensor {
    const { config } = this;
    const seed = training?.dropoutSeed ?? null;
    let stream: ResidualStream = { residual: this.embed(ids), delta: null };
    if (seed !== null && config.embedding_dropout > 0) {
      const embedded = stream.residual;
      stream = {
        residual: dropout(embedded, { rate: config.embedding_dropout, seed: derivedSeed(seed, 'embedding') }),
        delta: null,
      };
      embedded.dispose();
    }
    for (let layer = 0; layer < config.n_layer; layer++) {
      const before: ResidualStream = stream;
      stream = this.#block(layer, before, options, seed, training?.checkpointing ?? false);
      tf.dispose([before.residual, before.delta ?? []]);
    }
    const y = this.finalNorm(stream, options.precision);
    tf.dispose([stream.residual, stream.delta ?? []]);
    return y;
  }

  #block(
    layer: number,
    stream: ResidualStream,
    compute: MixerOptions,
    seed: number | null,
    recompute: boolean,
  ): ResidualStream {
    const dropoutSeeds =
      seed === null
        ? null
        : {
            mixer: derivedSeed(seed, layer, 'mixer'),
            mlp: derivedSeed(seed, layer, 'mlp'),
            gate: derivedSeed(seed, layer, 'gate'),
          };
    const options = { ...compute, dropoutSeeds };
    if (!recompute) {
      const weights = this.#withAdapters(layer, this.layerWeights(layer));
      return blockForward(layer, stream, weights, this.config, options);
    }
    const prefix = layerName(layer, '');
    const parameters = this.parameters.trainable().filter(({ name }) => name.startsWith(prefix));
    const places = new Map(parameters.map(({ name }, index) => [name, index]));
    const streamTensors = stream.delta === null ? [stream.residual] : [stream.residual, stream.delta];
    const [residual, delta] = checkpointGradients(
      (tensors) => {
        const weights = this.#withAdapters(layer, (name) => {
          const place = places.get(prefix + name);
          return place === undefined ? this.parameters.get(prefix + name) : tensors[streamTensors.length + place];
        });
        const given: ResidualStream = { residual: tensors[0], delta: stream.delta === null ? null : tensors[1] };
        const result = blockForward(layer, given, weights, this.config, options);
        return [result.residual, result.delta];
      },
      [...streamTensors, ...parameters.map(({ variable }) => variable)],
    );
    return { residual, delta };
  }

  #crossEntropy(hidden: tf.Tensor, targets: tf.Tensor, mask: tf.Tensor, options: MixerOptions, gradients: boolean) {
    const flat = tf.reshape(hidden, [-1, this.config.d_model]);
    const { precision } = options;
    const weightGradient = this.headWeight().trainable;
    return crossEntropy(flat, this.scaledHead(), targets, mask, { gradients, weightGradient, precision });
  }

  #idTensor(ids: Int32Array, batchSize: number): tf.Tensor {
    return tf.tensor2d(ids.slice(), [batchSize, ids.length / batchSize], 'int32');
  }

  #check(batch: TokenBatch, options: MixerOptions): void {
    checkBatch(batch, this.config.vocab_size);
    this.#checkIds(batch.ids, batch.length, options);
  }

  #checkIds(ids: Int32Array, length: number, { precision }: MixerOptions): void {
    if (length > this.limit)
      throw new HyenaError(
        'bad-input',
        msg`A sequence of ${length} tokens exceeds this model's context of ${this.limit}.`,
        { hint: 'Shorten the text, or train a model with a longer context (l_max).' },
      );
    if (!Number.isInteger(length) || length < 1)
      throw new HyenaError('internal', `${length} is not a valid sequence length.`);
    checkIds(ids, this.config.vocab_size);
    if (!this.device.precisions.includes(precision))
      throw new HyenaError('device', msg`Device '${this.device.name}' does not support ${precision} precision.`, {
        hint: msg`Use ${this.device.precisions.join(' or ')}, or another device.`,
      });
  }
}

/** Logits that are read at a time, elements. */
const answeredElements = 1 << 21;

/** The rows of `[B,L,D]` at these places, `[places,D]`; its gradient puts them back. */
function rowsOf(hidden: tf.Tensor, places: Int32Array): tf.Tensor {
  const width = hidden.shape.at(-1)!;
  const ids = tf.tensor2d(places, [1, places.length], 'int32');
  const flat = tf.reshape(hidden, [-1, width]);
  const picked = embedding(ids, flat);
  const rows = tf.reshape(picked, [places.length, width]);
  tf.dispose([ids, flat, picked]);
  return rows;
}

function largestOf(scores: Float32Array): number {
  let best = 0;
  for (let id = 1; id < scores.length; id++) if (scores[id] > scores[best]) best = id;
  return best;
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

async function readScalar(tensor: tf.Tensor): Promise<number> {
  return (await readAndDispose(tensor))[0];
}
