import type { MixerCase } from './index.ts';

/** Widths of 12: heads of 24, 8 and 6 inner channels. */
export const mamba2Cases: readonly MixerCase[] = [
  // Gates of larger weights: what is normalised of tiny ones curves too much for differences of the loss.
  { mamba_state: 8, initializer_range: 0.2 },
  { mamba_state: 5, mamba_head_dim: 8, mixer_bias: false, mamba_conv_length: 2 },
  { mamba_state: 3, mamba_head_dim: 6, mamba_expand: 1, tie_embeddings: false, initializer_range: 0.2 },
];
