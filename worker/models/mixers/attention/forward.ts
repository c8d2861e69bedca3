import * as tf from '@tensorflow/tfjs-core';
import {
  biasesOf,
  headsOf,
  rotaryOf,
  type AttentionConfiguration,
} from '../../../../main/contract/mixers/attention/parameters.ts';
import { attention, rmsNorm, rotary } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import type { MixerOptions, Weights } from '../mixer.ts';

/** Causal multi-head attention (arXiv 1706.03762, section 3.2), its heads grouped or not (arXiv 2305.13245). */
export function attentionForward(
  x: tf.Tensor,
  weights: Weights,
  config: AttentionConfiguration,
  { precision }: MixerOptions,
): tf.Tensor {
  const { attention_window: window } = config;
  const biased = biasesOf(config);
  const { heads, kvHeads, headDim } = headsOf(config);
  const layout = { input: 'tokens', output: 'tokens', precision } as const;
  const projected = linearLayer(x, weights, 'Wqkv', biased.input, layout);
  const [q, k, values] = tf.split(projected, [heads * headDim, kvHeads * headDim, kvHeads * headDim], 2);
  projected.dispose();
  const queries = placed(q, 'q_layernorm', heads, weights, config, 0);
  const keys = placed(k, 'k_layernorm', kvHeads, weights, config, 0);
  const mixed = attention(queries, keys, values, { heads, kvHeads, window, precision });
  tf.dispose([queries, keys, values]);
  const y = linearLayer(mixed, weights, 'out_proj', biased.output, layout);
  mixed.dispose();
  return y;
}

/**
 * Queries or keys as they are compared: normalised and rotated, where the model does so.
 *
 * @param x `[B,L,heads·E]`, which is freed
 * @param norm the name of its norm
 * @param offset position of the first row
 * @returns `[B,L,heads·E]`
 */
export function placed(
  x: tf.Tensor,
  norm: 'q_layernorm' | 'k_layernorm',
  heads: number,
  weights: Weights,
  config: AttentionConfiguration,
  offset: number,
): tf.Tensor {
  const turn = rotaryOf(config);
  const normal = config.qk_norm ? normalisedHeads(x, weights(`${norm}.weight`), config) : x;
  if (!turn) return normal;
  const turned = rotary(normal, { heads, ...turn, offset });
  normal.dispose();
  return turned;
}

/** An RMSNorm of each head alone. @param x freed */
function normalisedHeads(x: tf.Tensor, scale: tf.Tensor, { layer_norm_epsilon: epsilon }: AttentionConfiguration) {
  const byHead = tf.reshape(x, [-1, scale.size]);
  const normal = rmsNorm(byHead, scale, { epsilon, outside: false });
  const y = tf.reshape(normal, x.shape);
  tf.dispose([x, byHead, normal]);
  return y;
}
