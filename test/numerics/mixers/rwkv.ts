import type { MixerCase } from './index.ts';

export const rwkvCases: readonly MixerCase[] = [
  {},
  { mixer_bias: false },
  { layers: 'rwkv,attention', n_layer: 3, n_head: 2, mixer_bias: false, tie_embeddings: false, initializer_range: 0.2 },
];
