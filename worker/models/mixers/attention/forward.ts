import * as tf from '@tensorflow/tfjs-core';
import {
  biasesOf,
  headsOf,
  rotaryOf,
  type AttentionConfiguration,
} from '../../../../main/contract/mixers/attention/parameters.ts';
import { attention, rmsNorm, rotary } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { repeatedBatch, type Mixing } from '../../mixing.ts';
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

/** The weights of each head. Heads that share keys and values have copies of them. */
export function attentionMixing(x: tf.Tensor, weights: Weights, config: AttentionConfiguration): Mixing {
  const { attention_window: window } = config;
  const biased = biasesOf(config);
  const { heads, kvHeads, headDim } = headsOf(config);
  const layout = { input: 'tokens', output: 'tokens', precision: 'fp32' } as const;
  const projected = linearLayer(x, weights, 'Wqkv', biased.input, layout);
  const [q, k, v] = tf.split(projected, [heads * headDim, kvHeads * headDim, kvHeads * headDim], 2);
  const queries = placed(q, 'q_layernorm', heads, weights, config, 0);
  const keys = placed(k, 'k_layernorm', kvHeads, weights, config, 0);
  const length = x.shape[1]!;
  const forEachHead = (shared: tf.Tensor): tf.Tensor => {
    const copies = tf.ones([1, 1, 1, heads / kvHeads, 1]);
    return tf.reshape(tf.mul(tf.reshape(shared, [1, length, kvHeads, 1, headDim]), copies), [1, length, -1]);
  };
  const ownKeys = forEachHead(keys);
  return {
    unit: 'head',
    count: heads,
    values: tf.transpose(forEachHead(v), [2, 0, 1]),
    mix(values) {
      const repeat = (one: tf.Tensor) => repeatedBatch(one, 0, values.shape[1]!);
      const rows = tf.transpose(values, [1, 2, 0]);
      const sizes = { heads, kvHeads: heads, window, precision: 'fp32' } as const;
      return tf.transpose(attention(repeat(queries), repeat(ownKeys), rows, sizes), [2, 0, 1]);
    },
    project: (mixed) => linearLayer(tf.transpose(mixed, [1, 2, 0]), weights, 'out_proj', biased.output, layout),
  };
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
