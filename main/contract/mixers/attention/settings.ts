import { z } from 'zod';
import { count, field } from '../../setting.ts';
import { attentionBiases } from '../bias-settings.ts';

/** The keys of attention; how it learns the order of tokens is the model's `positions`. */
export const attentionSettings = {
  n_head: field(count(1, 1024).nullable().default(null), {
    title: 'Heads',
    description: 'Attention heads, a divisor of the width. Blank: heads of 64 channels, or the next narrower that fit.',
    unit: 'heads',
  }),
  n_kv_head: field(count(1, 1024).nullable().default(null), {
    title: 'Key-value heads',
    description:
      'Heads of keys and values, a divisor of the heads, which share them (arXiv 2305.13245). Blank: one for each head.',
    unit: 'heads',
    advanced: true,
  }),
  attention_window: field(
    count(1, 1 << 20)
      .nullable()
      .default(null),
    {
      title: 'Attention window',
      description: 'Number of tokens each token attends to, including itself. Blank: all previous tokens.',
      unit: 'tokens',
      advanced: true,
    },
  ),
  qk_norm: field(z.boolean().default(false), {
    title: 'Query-key norm',
    description: 'Queries and keys of each head pass through an RMSNorm, before they are rotated.',
    advanced: true,
  }),
  attention_biases: attentionBiases,
};
