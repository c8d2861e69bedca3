import type { ModelConfiguration, ResolvedModelConfiguration, TrainingConfiguration } from './configuration.ts';

/**
 * What a configuration costs, computed from it alone, before anything is allocated: parameters, memory, arithmetic.
 * Sizes are in bytes, arithmetic in floating-point operations (a multiplication and an addition are two).
 */

/** Trainable values by the part of the model they belong to. */
export interface ParameterCount {
  /** Token embedding; where it is tied, the head too. */
  embedding: number;
  /** The head where it is not tied, else 0. */
  head: number;
  /** Projections, short convolutions and skips of the Hyena mixers. */
  mixers: number;
  /** Implicit filters: sine networks and positional features. */
  filters: number;
  mlps: number;
  norms: number;
  total: number;
}

/** Hyena, arXiv 2302.10866, section 3; counts what a checkpoint holds except its fixed tables. */
export function countParameters(model: ResolvedModelConfiguration): ParameterCount {
  const { vocab_size, d_model: d, d_inner, n_layer, order } = model;
  const inner = model.num_inner_mlps * model.filter_order * (model.filter_order + 1);
  const filterNetwork =
    model.filter_order * (model.emb_dim + 1) + inner + model.filter_order * (order - 1) * d + model.filter_order;
  const count = {
    embedding: vocab_size * d,
    head: model.tie_embeddings ? 0 : vocab_size * d,
    mixers:
      n_layer *
      ((order + 1) * d * (d + 1) + // input projection
        (order + 1) * d * (model.short_filter_order + 1) +
        (order - 1) * d + // skips
        d * (d + 1)), // output projection
    filters: n_layer * (filterNetwork + model.l_max * model.emb_dim),
    mlps: n_layer * (d * d_inner + d_inner + d_inner * d + d),
    norms: (2 * n_layer + 1) * 2 * d,
  };
  return { ...count, total: Object.values(count).reduce((sum, part) => sum + part, 0) };
}

/** Arithmetic for one token. */
export interface FlopEstimate {
  /** Matrix products of the projections, the MLPs and the head. */
  matrices: number;
  /** Short and long convolutions with their gates, by fast Fourier transform. */
  convolutions: number;
  /** The filters, made once a step and shared by all sequences of the batch. */
  filters: number;
  forward: number;
  /** Forward, backward (twice a forward), and the recomputation that gradient checkpointing asks for. */
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
}

/** A real transform of n points takes 2.5 n log2 n operations. */
const realTransform = (points: number): number => 2.5 * points * Math.log2(points);

export function estimateFlops(model: ResolvedModelConfiguration, shape: BatchShape): FlopEstimate {
  const { d_model: d, d_inner, n_layer, order, vocab_size } = model;
  const { length, batch } = shape;
  const blockMatrices = n_layer * 2 * ((order + 2) * d * d + 2 * d * d_inner);
  const head = 2 * vocab_size * d;
  // A causal convolution needs twice the length: the input forth, the product, and back.
  const longConvolution = (2 * realTransform(2 * length) + 6 * length) / length + 2;
  const convolutions =
    n_layer * d * ((order + 1) * 2 * model.short_filter_order + (order - 1) * (longConvolution + 1) + 1);
  const { emb_dim, filter_order: width, num_inner_mlps } = model;
  const network = 2 * (emb_dim * width + num_inner_mlps * width * width + width * (order - 1) * d);
  const spectrum = ((order - 1) * d * realTransform(2 * length)) / length;
  const filters = (n_layer * (network + spectrum)) / batch;
  const forward = blockMatrices + head + convolutions + filters;
  const recomputed = shape.gradientCheckpointing ? forward - head : 0;
  // In a GPT block 12 d² parameters; attention multiplies with all keys and all values of the sequence.
  const gptLayers = blockMatrices / (2 * 12 * d * d);
  const gpt = 3 * (blockMatrices + head + gptLayers * 4 * length * d);
  return {
    matrices: blockMatrices + head,
    convolutions,
    filters,
    forward,
    training: 3 * forward + recomputed,
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
  /** The two moments of AdamW. */
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
  /** Reading the longest possible prompt in one pass. */
  reading: number;
  process: number;
  total: number;
}

const float = 4;
const half = 2;
const mebibyte = 1 << 20;
/** Node.js with tfjs and this program, before a model is made. */
const processMemory = 125 * mebibyte;
/** Tokens whose scores the cross entropy holds at once. */
const scoredAtOnce = 256;

const withTotal = <Parts extends Record<string, number>>(parts: Parts): Parts & { total: number } => ({
  ...parts,
  total: Object.values(parts).reduce((sum, part) => sum + part, 0),
});

/** Bytes that the backward pass of one block needs, for each token; `kept`: of what goes in and out of products. */
function savedByBlock({ d_model: d, d_inner, order }: ResolvedModelConfiguration, kept: number): number {
  // The projected channels, the hidden layer of the MLP, and three tensors as wide as the stream: two layer norms, and
  // what leaves the recurrence; and two sums. Measured: 12.0 d values for order 2 and an MLP of 4 d.
  return kept * ((order + 1) * d + d_inner + 3 * d) + float * 2 * d;
}

/** Memory while training, from the configuration alone. */
export function trainingMemory(
  model: ResolvedModelConfiguration,
  { length, batch, gradientCheckpointing = false, precision = 'fp32' }: BatchShape,
): TrainingMemory {
  const parameters = countParameters(model).total;
  const { d_model: d, d_inner, order, n_layer, vocab_size } = model;
  const tokens = length * batch;
  const filters = (order - 1) * d * length;
  const kept = precision === 'f16-mixed' ? half : float;
  const block = tokens * savedByBlock(model, kept) + float * filters;
  const blocks = gradientCheckpointing ? n_layer * tokens * (float + kept) * d + block : n_layer * block;
  // The cross entropy makes the gradients of its input and of the head at once; the head's is then added to the
  // embedding's.
  const head = float * (tokens * 3 * d + 2 * vocab_size * d);
  const backward = Math.max(
    kept * tokens * (2 * (order + 1) * d + 2 * d) + float * 4 * filters, // the recurrence
    kept * tokens * (d_inner + 2 * d) + float * 2 * d * d_inner, // the MLP
  );
  return withTotal({
    weights: float * parameters,
    gradients: float * parameters,
    moments: 2 * float * parameters,
    activations: blocks + head,
    workspace: backward + kept * Math.min(tokens, scoredAtOnce) * vocab_size,
    process: processMemory,
  });
}

/** Memory while writing after a prompt as long as the context. */
export function generationMemory(model: ResolvedModelConfiguration): GenerationMemory {
  const { d_model: d, d_inner, order, l_max } = model;
  const reading = l_max * (2 * (order + 1) * d + d_inner + 6 * d) + 4 * (order - 1) * d * l_max;
  return withTotal({
    weights: float * countParameters(model).total,
    reading: float * (reading + model.vocab_size),
    process: processMemory,
  });
}
