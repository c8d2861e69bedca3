import type { MixerCase } from './index.ts';

export const hyenaCases: readonly MixerCase[] = [
  { order: 2 },
  { order: 3, num_inner_mlps: 0, emb_dim: 3 },
  { order: 4, short_filter_order: 5, tie_embeddings: false },
  { order: 2, mixer_bias: false },
  { order: 3, filter_network: 'siren', filter_length: 48, w: 30, short_filter_initial: 'normal', logit_scale: 0.3 },
];
