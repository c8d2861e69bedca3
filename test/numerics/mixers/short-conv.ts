import type { MixerCase } from './index.ts';

export const shortConvCases: readonly MixerCase[] = [
  { mixer_bias: false },
  { short_conv_length: 5, norm: 'rms_norm', mlp: 'swiglu', mlp_bias: false, layer_norm_epsilon: 0.1 },
];
