import type * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import type { ConvolutionAlgorithm, Precision } from '../../ops/index.ts';
import type { Stepper } from '../decoding/stepper.ts';
import type { LanguageModel } from '../language-model.ts';
import type { Mixing } from '../mixing.ts';
import type { Distiller } from './distillation.ts';

/** How a pass through the model is computed. */
export interface MixerOptions {
  readonly precision: Precision;
  readonly convolution: ConvolutionAlgorithm;
  /** Seed of the dropout within the mixer, of mixers that have one; null or left out: no dropout. */
  readonly gateDropoutSeed?: number | null;
}

/** What is added to a frozen matrix: scale·b·a, a `[R,In]`, b `[Out,R]` (LoRA, arXiv 2106.09685). */
export interface Adapter {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
  readonly scale: number;
}

/** The weights of one mixer by their names within it. */
export interface Weights {
  (name: string): tf.Tensor;
  /** The adapter of a matrix, or null; left out: no matrix has one. */
  readonly adapter?: (matrix: string) => Adapter | null;
}

/** Those weights whose names begin with a prefix, by the rest of their names. */
export function weightsWithin(weights: Weights, prefix: string): Weights {
  const within = (name: string) => weights(prefix + name);
  const { adapter } = weights;
  return adapter ? Object.assign(within, { adapter: (matrix: string) => adapter(prefix + matrix) }) : within;
}

/** A tensor as it is kept on disk. */
export interface KeptTensor {
  readonly shape: readonly number[];
  readonly data: () => Promise<Float32Array>;
}

/** What one layer keeps of the positions that were read: never changed, on the device. */
export interface LayerCache {
  /** Further positions that can be taken one by one before {@link extend} is needed; Infinity where it never is. */
  readonly lookahead: number;
  readonly bytes: number;
  /** What is kept on disk, by the names that files have. */
  kept(): Record<string, KeptTensor>;
  /**
   * The first positions alone, without what was prepared for later ones.
   *
   * @param length a multiple of `snapshotInterval`, at least one, less than what there is
   * @returns null if it cannot be cut there: it was read without snapshots
   */
  cut(length: number): LayerCache | null;
  /**
   * The most positions, at most `length`, that it can be cut at; 0 if there are none. Left out by caches that can be
   * cut at all multiples of `snapshotInterval`, having been read with snapshots.
   */
  longestCut?(length: number): number;
  /** The same prepared for further positions: where a mixer prepares any. */
  extend?(weights: Weights, config: ResolvedModelConfiguration, count: number): Promise<LayerCache>;
  /** Another owner of the same tensors. */
  share(): LayerCache;
  dispose(): void;
}

/** How a text is read by one layer. */
export interface PrefillRequest {
  /** Positions after the text that are to be prepared, for mixers that prepare any. */
  readonly lookahead: number;
  /** Position of the first token that is read: this many are in the cache. */
  readonly offset: number;
  /** Whether the cache is to be cut at multiples of `snapshotInterval`; the cache before then can be, too. */
  readonly snapshots: boolean;
  /** Waits until something is computed, and tells that this share of the work is done; throws where it is to end. */
  readonly settle: (computed: tf.Tensor, share: number) => Promise<void>;
}

/** What one layer's mixer makes of a text. */
export interface PrefilledLayer {
  /** What comes out at some positions, `[1,count,D]`; called within a tidy. */
  rows(first: number, count: number): tf.Tensor;
  /** Frees what `rows` needs. */
  free(): void;
  /** Of all positions so far; belongs to the caller. */
  readonly cache: LayerCache;
}

/** What one layer of one text has beyond the cache that it began with: tokens one after another. */
export interface LayerState {
  /** What the memory of the state takes beside the cache. */
  readonly bytes: number;
  /** All positions so far as a cache, not prepared for later ones; belongs to the caller. */
  cache(): LayerCache;
  /** A copy that continues on its own. */
  fork(): LayerState;
  dispose(): void;
}

/** One token more of each of several texts by one layer's mixer, for the weights as they are when it is made. */
export interface LayerStepper<State extends LayerState = LayerState> {
  /** @param cache outlives the state */
  begin(cache: LayerCache): Promise<State>;
  /**
   * @param x `[texts,1,D]`, stays the caller's
   * @param states one a text, which are advanced
   * @returns `[texts,1,D]`, the caller's
   */
  step(x: tf.Tensor, states: readonly State[]): Promise<tf.Tensor>;
  /** As `step` into `y`, which is as large as x: of steppers of the native device, which make no tensors for it. */
  stepInto?(x: tf.Tensor, y: tf.Tensor, states: readonly State[]): void;
  dispose(): void;
}

/** The whole model a token at a time, each at the cost of the whole text before it. */
export interface ComparisonDecoder {
  prefill(ids: Int32Array): Promise<{ state: unknown; logits: Float32Array }>;
  /** One token more; the state is advanced. @returns the scores of the next token, `[vocab_size]` */
  step(state: unknown, id: number): Float32Array;
}

/** Makes the stepper of a layer, for each device that a mixer has kernels of its own for; `host` runs on all of them. */
interface StepKernels {
  host(weights: Weights, config: ResolvedModelConfiguration): LayerStepper;
  native?(weights: Weights, config: ResolvedModelConfiguration): LayerStepper;
  webgpu?(weights: Weights, config: ResolvedModelConfiguration): LayerStepper;
}
export type StepDevice = keyof StepKernels;

/**
 * What mixes along the sequence in a block. A mixer is asked of layers that name it: its methods may take a configuration
 * with its own keys. To add one, see 'Add a mixer' in CONTRIBUTING.md.
 */
export interface Mixer {
  /**
   * Causal: output i depends on inputs 0 to i alone. What it allocates and does not return, it frees.
   *
   * @param x `[B,L,D]`, normalised
   * @returns `[B,L,D]`, to be added to the residual stream
   */
  forward(x: tf.Tensor, weights: Weights, config: ResolvedModelConfiguration, options: MixerOptions): tf.Tensor;
  /**
   * Reads a text, after what was read before.
   *
   * @param x `[1,L,D]`, normalised, stays the caller's
   * @param before what was read before, which stays as it is; null: nothing
   */
  prefill(
    x: tf.Tensor,
    weights: Weights,
    config: ResolvedModelConfiguration,
    before: LayerCache | null,
    request: PrefillRequest,
  ): Promise<PrefilledLayer>;
  /** A token at a time, layer by layer. */
  readonly step: StepKernels;
  /**
   * The whole model a token at a time, where all its layers have this mixer, the rest of its blocks is the usual one and
   * the device has kernels for that.
   */
  readonly fused?: Partial<Record<StepDevice, (model: LanguageModel) => Stepper>>;
  /**
   * A cache from what `kept` gave, which it takes over.
   *
   * @returns null where a tensor is missing
   */
  cacheFrom(
    tensors: Readonly<Record<string, tf.Tensor>>,
    length: number,
    config: ResolvedModelConfiguration,
  ): LayerCache | null;
  /** A weight of this layer for a model with another context: of a mixer with `l_max` among its resizable keys. */
  resize?(name: string, values: Float32Array, from: ResolvedModelConfiguration, length: number): Float32Array;
  /**
   * The mixer as matrices over the positions of a text: where these depend on the text. A mixer that convolves with the same
   * filters whatever it reads has none.
   *
   * @param x `[1,L,D]`, normalised
   */
  mixing?(x: tf.Tensor, weights: Weights, config: ResolvedModelConfiguration): Mixing;
  /** Exact and slow, with weights in the memory of the CPU: what `hyena bench generate` compares with. */
  readonly comparison?: (model: LanguageModel) => Promise<ComparisonDecoder>;
  /** Another way to continue for its layers, of constant memory, close to the exact one. */
  readonly distiller?: Distiller;
}
