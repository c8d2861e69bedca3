import type { MixerCase } from './index.ts';

/** Widths of 12: state spaces of 8, 5 and 3 channels. */
export const gssCases: readonly MixerCase[] = [
  { gss_states: 8, gss_state_width: 8 },
  { gss_states: 5, gss_state_width: 5, gss_expand: 2, mixer_bias: false },
  { gss_states: 6, gss_expand: 1, mlp: 'none', tie_embeddings: false },
];
