import type { MixerCase } from './index.ts';

/** Filters of which some taps are squashed, all are kept, and many are squashed. */
export const longConvCases: readonly MixerCase[] = [
  {},
  { long_conv_squash: 0, mixer_bias: false },
  { long_conv_squash: 0.01, tie_embeddings: false },
];
