import type {
  ModelConfiguration,
  ResolvedModelConfiguration,
  RunConfiguration,
  TrainingConfiguration,
} from '../configuration.ts';
import { descriptionOf, partLength, readsInParts } from '../mixers/index.ts';
import { mixerNameOf, mixersIn } from '../mixers/layers.ts';
import type { MixerDescription } from '../mixers/mixer.ts';
import type { MixerName } from '../mixers/names.ts';
import { isGated } from '../model-configuration.ts';
import type { RunRecord } from '../runs.ts';
import {
  adaptedMatrices,
  adaptersOf,
  countAdapters,
  countTrained,
  trainedSpecs,
  type AdapterSettings,
} from './adapters.ts';
import { countParameters, modelSpecs } from './model-parameters.ts';
import { countMoments, optimizerOf } from './parameter-specs.ts';
import { composedGelu, logitsOnGpu, workspaceOnGpu } from './webgpu-memory.ts';
import { modelBytes, type WeightType } from './weight-format.ts';

export { countParameters } from './model-parameters.ts';

/**
 * What a configuration costs, computed from it alone, before anything is allocated: parameters, memory, arithmetic.
 * Sizes are in bytes, arithmetic in floating-point operations (a multiplication and an addition are two).
 */

/** Arithmetic for one token. */
export interface FlopEstimate {
  /** Matrix products of the projections, the MLPs and the head. */
  matrices: number;
  /** What the mixers do along the sequence: convolutions with their gates, attention, recurrences. */
  convolutions: number;
  /** The filters, made once a step and shared by all sequences of the batch. */
  filters: number;
  forward: number;
  /**
   * Forward, backward (twice a forward; of frozen matrices once, of frozen filters not at all), and the recomputation that
   * gradient checkpointing asks for; and Muon's share of a step.
   */
  training: number;
  /** A GPT with as many parameters in its blocks, the same width, vocabulary and length: training, for one token. */
  gpt: number;
}

export interface BatchShape {
  /** Tokens of a sequence. */
  length: number;
  /** Sequences computed at once. */
  batch: number;
  gradientCheckpointing?: boolean;
  /** Of matrix products; in `f16-mixed` what goes in and out of them is kept in f16. Default `fp32`. */
  precision?: TrainingConfiguration['precision'];
  /** Tokens between two steps of the optimizer. Default: those computed at once. */
  tokensPerStep?: number;
  /** Default `adamw`. */
  optimizer?: TrainingConfiguration['optimizer'];
  /** What is trained in place of the weights. Default null: all weights are. */
  adapters?: AdapterSettings | null;
  /** Type in which frozen matrices are kept while adapters are trained for them. Default `fp32`. */
  frozen?: WeightType;
  /** Whether the device `webgpu` computes it, which holds more at once. Default false. */
  onGpu?: boolean;
}

/** What a run computes at once. @param frozen type of the weights that it trains adapters for */
export const batchShape = (
  {
    model,
    training,
    device = '',
  }: Pick<RunConfiguration, 'model' | 'training'> & Partial<Pick<RunConfiguration, 'device'>>,
  frozen: WeightType = 'fp32',
): BatchShape => ({
  frozen,
  onGpu: device.startsWith('webgpu'),
  length: sequenceLength(model, training),
  batch: training.batch_size,
  gradientCheckpointing: training.gradient_checkpointing,
  precision: training.precision,
  tokensPerStep: tokensPerStep(model, training),
  optimizer: training.optimizer,
  adapters: adaptersOf(training),
});

/** Devices that keep weights in their type; `auto` is one of them wherever the native device is there. */
const keepsTypes = /^(auto|native|webgpu(:\d+)?)$/;

/** The type in which a device keeps weights that are not trained. @param from the run that they come from */
export const frozenType = (from: Pick<RunRecord, 'weights'> | null | undefined, device: string): WeightType =>
  keepsTypes.test(device) ? (from?.weights ?? 'fp32') : 'fp32';

/** What the mixers of all layers cost together, by the amounts of one layer each. */
function sumOfMixers<Key extends string>(
  model: ResolvedModelConfiguration,
  amounts: (mixer: MixerDescription) => Readonly<Record<Key, number>>,
): Record<Key, number> {
  const known = new Map<MixerName, Readonly<Record<Key, number>>>();
  const sums = {} as Record<Key, number>;
  for (let layer = 0; layer < model.n_layer; layer++) {
    const name = mixerNameOf(model, layer);
    const one = known.get(name) ?? amounts(descriptionOf(name));
    known.set(name, one);
    for (const key of Object.keys(one) as Key[]) sums[key] = (sums[key] ?? 0) + one[key];
  }
  return sums;
}

/** The largest of an amount that some layer's mixer has. */
const largestOfMixers = (model: ResolvedModelConfiguration, amount: (mixer: MixerDescription) => number): number =>
  Math.max(...mixersIn(model).map((name) => amount(descriptionOf(name))));

/** Matrices of an MLP: two, of a gated one three. */
const mlpMatrices = (model: ResolvedModelConfiguration): number => (model.mlp === 'none' ? 0 : isGated(model) ? 3 : 2);

/** Muon's products in a step: of an m×n matrix, m ≤ n, five times X·Xᵀ, its square, and the product of both with X. */
function muonFlops(model: ResolvedModelConfiguration, { optimizer = 'adamw', adapters = null }: BatchShape): number {
  return trainedSpecs(model, adapters)
    .filter((spec) => optimizerOf(spec, { optimizer }) === 'muon')
    .reduce((sum, { shape }) => {
      const [m, n] = [Math.min(...shape), Math.max(...shape)];
      return sum + 5 * (4 * m * m * n + 2 * m ** 3);
    }, 0);
}

export function estimateFlops(model: ResolvedModelConfiguration, shape: BatchShape): FlopEstimate {
  const { d_model: d, d_inner, n_layer, vocab_size } = model;
  const mixers = sumOfMixers(model, (mixer) => mixer.flops(model, shape));
  const blockMatrices = mixers.matrices + n_layer * 2 * mlpMatrices(model) * d * d_inner;
  const head = 2 * vocab_size * d;
  const forward = blockMatrices + head + mixers.mixing + mixers.filters;
  const adapterFlops = (settings: AdapterSettings) =>
    6 * countAdapters(model, settings) - (blockMatrices + head) - (settings.rest ? 0 : 2 * mixers.filters);
  const recomputed = shape.gradientCheckpointing ? forward - head : 0;
  // In a GPT block 12 d² parameters; attention multiplies with all keys and all values of the sequence.
  const gptLayers = blockMatrices / (2 * 12 * d * d);
  const gpt = 3 * (blockMatrices + head + gptLayers * 4 * shape.length * d);
  return {
    matrices: blockMatrices + head,
    convolutions: mixers.mixing,
    filters: mixers.filters,
    forward,
    training:
      3 * forward +
      recomputed +
      (shape.adapters ? adapterFlops(shape.adapters) : 0) +
      muonFlops(model, shape) / (shape.tokensPerStep ?? shape.length * shape.batch),
    gpt,
  };
}

/** The length of the sequences that a run trains on, once it has warmed up. */
export function sequenceLength(model: Pick<ModelConfiguration, 'l_max'>, training: TrainingConfiguration): number {
  return training.sequence_length ?? model.l_max;
}

/** Tokens of one optimizer step at the full length. */
export function tokensPerStep(model: Pick<ModelConfiguration, 'l_max'>, training: TrainingConfiguration): number {
  return training.batch_size * training.gradient_accumulation_steps * sequenceLength(model, training);
}

/** Memory of the compute process while it trains, bytes. */
export interface TrainingMemory {
  weights: number;
  gradients: number;
  /** The two moments of AdamW, the one of Muon. */
  moments: number;
  /** What the backward pass needs of the forward pass. */
  activations: number;
  /** What the largest operation needs beside its inputs and outputs. */
  workspace: number;
  /** The program itself. */
  process: number;
  total: number;
}

/** Memory of the compute process while it writes, bytes. */
export interface GenerationMemory {
  weights: number;
  /** Reading a prompt as long as the context in one pass, and what is kept of it. */
  reading: number;
  process: number;
  total: number;
}

const float = 4;
const half = 2;
const mebibyte = 1 << 20;
/** Node.js with tfjs and this program, before a model is made. */
const processMemory = 125 * mebibyte;
/** What a run holds beside its steps: data, evaluations, samples, checkpoints. Measured with the presets. */
const runMemory = 60 * mebibyte;
/** Tokens whose scores the cross entropy holds at once. */
const scoredAtOnce = 256;

const withTotal = <Parts extends Record<string, number>>(parts: Parts): Parts & { total: number } => ({
  ...parts,
  total: Object.values(parts).reduce((sum, part) => sum + part, 0),
});

/**
 * Hidden layers that an MLP keeps for its backward pass, and that this needs at once. Measured on the native device; where
 * activations are composed of elementary operations, GELU by the error function takes up to six more.
 */
const hiddenLayers: Record<ModelConfiguration['mlp'], { saved: number; workspace: number }> = {
  gelu_tanh: { saved: 1, workspace: 1 },
  gelu: { saved: 2, workspace: 3 },
  swiglu: { saved: 3, workspace: 4 },
  geglu: { saved: 3, workspace: 4 },
  bilinear: { saved: 3, workspace: 4 },
  none: { saved: 0, workspace: 0 },
};

/**
 * Values that the backward pass needs of the rest of a block, for each token: the hidden layers of the MLP, and of each
 * norm its output and the sum before it, of an RMSNorm once more. Measured with Hyena's: 12.0 d values for order 2 and an
 * MLP of 4 d.
 *
 * @param kept bytes of a value
 * @param hidden bytes of a value of a hidden layer
 * @param layers hidden layers that are kept
 */
function savedByRest(
  { mlp, norm, d_model: d, d_inner }: ResolvedModelConfiguration,
  { kept, hidden, layers }: { kept: number; hidden: number; layers: number },
): number {
  const norms = mlp === 'none' ? 1 : 2;
  return hidden * layers * d_inner + kept * norms * d + float * norms * (norm === 'layer_norm' ? 1 : 2) * d;
}

/** Bytes that the adapters of a block keep of each token: what lies between both factors, before and after its scale. */
function savedByAdapters(model: ResolvedModelConfiguration, adapters: AdapterSettings): number {
  // The MLP of one operation keeps nothing of its adapters.
  const matrices = adaptedMatrices(model, adapters).filter(({ part }) => part !== 'mlps' || model.mlp !== 'gelu_tanh');
  return (2 * float * adapters.rank * matrices.length) / model.n_layer;
}

/** What the backward pass of the rest of a block needs at once, bytes. */
function workspaceOfRest(
  model: ResolvedModelConfiguration,
  tokens: number,
  kept: number,
  adapters: AdapterSettings | null,
): number {
  const { mlp, norm, d_model: d, d_inner } = model;
  const hidden = kept * tokens * (hiddenLayers[mlp].workspace * d_inner + 2 * d);
  return Math.max(
    hidden + (adapters ? 0 : float * mlpMatrices(model) * d * d_inner),
    norm === 'layer_norm' ? 0 : float * tokens * 16 * d,
  );
}

/** What all weights take in a type, bytes. */
const weightsIn = (model: ResolvedModelConfiguration, type: WeightType): number =>
  type === 'fp32' ? float * countParameters(model).total : modelBytes(modelSpecs(model), type);

/** Memory while training, from the configuration alone. */
export function trainingMemory(
  model: ResolvedModelConfiguration,
  {
    length,
    batch,
    gradientCheckpointing = false,
    precision = 'fp32',
    optimizer = 'adamw',
    adapters = null,
    frozen = 'fp32',
    onGpu = false,
  }: BatchShape,
): TrainingMemory {
  const whole = adapters ? frozen : 'fp32';
  const weights = weightsIn(model, whole) + (adapters ? float * countAdapters(model, adapters) : 0);
  const trained = countTrained(model, adapters);
  const { d_model: d, n_layer, vocab_size } = model;
  const tokens = length * batch;
  const kept = precision === 'f16-mixed' ? half : float;
  // The MLP of one operation keeps its hidden layer in bf16, without adapters.
  const hidden = precision === 'bf16-mixed' && model.mlp === 'gelu_tanh' && !adapters ? half : kept;
  const hiddenKept = hiddenLayers[model.mlp].saved + (onGpu && model.mlp === 'gelu' ? composedGelu : 0);
  const rest =
    tokens *
    (savedByRest(model, { kept, hidden, layers: hiddenKept }) + (adapters ? savedByAdapters(model, adapters) : 0));
  const mixers = (mixer: MixerDescription) => mixer.trainingMemory(model, { length, batch }, kept);
  // The cross entropy makes the gradients of its input and of the head at once; the head's is then added to the
  // embedding's.
  const head = float * (tokens * 3 * d + (adapters ? 0 : 2 * vocab_size * d));
  const layers = Array.from({ length: n_layer }, (_, layer) => mixers(descriptionOf(mixerNameOf(model, layer))));
  const workspaces = layers.map(({ workspace }) => Math.max(workspace, workspaceOfRest(model, tokens, kept, adapters)));
  // The backward pass goes from the last layer to the first and frees what a layer has kept when that is done.
  let saved = gradientCheckpointing
    ? n_layer * tokens * (float + kept) * d + rest + Math.max(...layers.map((layer) => layer.saved))
    : layers.reduce((sum, layer) => sum + rest + layer.saved, 0);
  let peak = { activations: 0, workspace: 0 };
  for (const [index, layer] of [...layers.entries()].reverse()) {
    const workspace = workspaces[index];
    if (saved + workspace > peak.activations + peak.workspace) peak = { activations: saved, workspace };
    if (!gradientCheckpointing) saved -= rest + layer.saved;
  }
  const step = {
    weights,
    gradients: float * trained,
    moments: float * countMoments(trainedSpecs(model, adapters), { optimizer }),
    activations: peak.activations + head,
    workspace: onGpu
      ? Math.max(peak.workspace, logitsOnGpu(tokens, vocab_size, kept)) +
        workspaceOnGpu(model, { tokens, positions: length, trained, kept })
      : peak.workspace + kept * Math.min(tokens, scoredAtOnce) * vocab_size,
    process: processMemory + runMemory,
  };
  if (adapters === null) return withTotal(step);
  // Frozen weights are loaded first, and each is there three times while it is: as read, as it was and as it becomes.
  const largest = Math.max(...modelSpecs(model).map((spec) => modelBytes([spec], frozen)));
  const loading = step.weights + 2 * largest + processMemory;
  return withTotal({ ...step, workspace: step.workspace + Math.max(0, loading - withTotal(step).total) });
}

/** Memory while writing after a prompt as long as the context. */
export function generationMemory(model: ResolvedModelConfiguration, weights: WeightType = 'fp32'): GenerationMemory {
  const { d_model: d, d_inner, l_max } = model;
  const atOnce = readsInParts(model) ? Math.min(l_max, partLength) : l_max;
  const mixer = largestOfMixers(model, (one) => one.prefillMemory(model, atOnce));
  const kept = sumOfMixers(model, (one) => ({ bytes: one.cacheBytes(model, l_max) })).bytes;
  return withTotal({
    weights: weightsIn(model, weights),
    reading: mixer + kept + float * (atOnce * (d_inner + 6 * d) + model.vocab_size),
    process: processMemory,
  });
}
