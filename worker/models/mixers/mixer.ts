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
}
