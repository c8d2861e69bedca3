import type * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import type { ConvolutionAlgorithm, Precision } from '../../ops/index.ts';
import type { ParameterSpec } from '../parameters.ts';

/** How a pass through the model is computed. */
export interface ComputeOptions {
  readonly precision: Precision;
  readonly convolution: ConvolutionAlgorithm;
}

/** The weights of one mixer by their names within it: `in_proj.weight`. */
export type Weights = (name: string) => tf.Tensor;

/** The weights of one mixer in the memory of the processor, by their names within it. */
export type HostWeights = (name: string) => Float32Array;

/** A mixer token by token. Holds what it needs of the tokens before. */
export interface MixerDecoder {
  /** Takes the next position: its input `[D]`, returns its output `[D]`, valid until the next call. */
  step(x: Float32Array): Float32Array;
  /** A copy that goes on by itself. */
  fork(): MixerDecoder;
}

/** What mixes along the sequence in a block. To add one, see 'Add a mixer' in CONTRIBUTING.md. */
export interface Mixer {
  /** Parameters and buffers, with their names within the mixer. */
  specs(config: ResolvedModelConfiguration): ParameterSpec[];
  /**
   * Causal: output i depends on inputs 0 to i alone. What it allocates and does not return, it frees.
   *
   * @param x `[B,L,D]`, L at most l_max
   * @returns `[B,L,D]`
   */
  forward(x: tf.Tensor, weights: Weights, config: ResolvedModelConfiguration, options: ComputeOptions): tf.Tensor;
  /**
   * Reads what decoding needs from the device, once for a set of weights.
   *
   * @returns a function that takes the inputs of a prompt `[1,L,D]` on the device and gives the decoder behind it
   */
  decoding(
    weights: Weights,
    hostWeights: HostWeights,
    config: ResolvedModelConfiguration,
  ): Promise<(promptInputs: tf.Tensor) => Promise<MixerDecoder>>;
}
