import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import { activation } from '../../ops/index.ts';
import { linearLayer } from '../biased-linear.ts';
import type { MixerOptions, Weights } from './mixer.ts';

/**
 * a·sigmoid(b), where a and b are projected of GELU(y): what S4D and long convolutions have after them (S4, arXiv
 * 2111.00396, appendix D).
 *
 * @param y `[D,B,L]`
 * @returns `[B,L,D]`
 */
export function gatedOutput(
  y: tf.Tensor,
  weights: Weights,
  config: ResolvedModelConfiguration,
  precision: MixerOptions['precision'],
): tf.Tensor {
  const attributes = { input: 'channels', output: 'tokens', precision } as const;
  const active = activation(y, null, 'gelu');
  const [a, b] = tf.split(linearLayer(active, weights, 'output_linear', config.mixer_bias, attributes), 2, 2);
  return tf.mul(a, tf.sigmoid(b));
}
