import type { MixerCase } from './index.ts';

/** Widths of 12. */
export const hyenaSeCases: readonly MixerCase[] = [
  {},
  { se_filter_groups: 4, se_filter_length: 2, short_filter_order: 1 },
  { se_filter_groups: 12, short_filter_bias: false, mixer_bias: false },
];
