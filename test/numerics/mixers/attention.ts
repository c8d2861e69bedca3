import type { MixerCase } from './index.ts';

/** Widths of 12: heads of 12, 6, 3 and 2 channels. */
export const attentionCases: readonly MixerCase[] = [
  {},
  { n_head: 4, positions: 'learned' },
  { n_head: 6, n_kv_head: 2, positions: 'rotary', rope_interpolation: 4 },
  { n_head: 3, n_kv_head: 1, attention_window: 9, positions: 'rotary', rope_theta: 500, mixer_bias: false },
  { n_head: 2, attention_window: 1, positions: 'rotary', qk_norm: true },
  { n_head: 4, n_kv_head: 2, attention_window: 40, qk_norm: true, layer_norm_epsilon: 0.01, norm: 'rms_norm' },
  { layers: 'hyena*2,attention', n_layer: 3, n_head: 2, positions: 'rotary' },
];
