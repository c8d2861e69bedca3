import type { MixerCase } from './index.ts';

/** Widths of 12; filters longer and shorter than the texts of the suites. */
export const hyenaMrCases: readonly MixerCase[] = [
  {},
  { mr_filter_groups: 3, mr_filter_length: 5, short_filter_order: 4 },
  { layers: 'hyena-se,hyena-mr,hyena-li,attention', n_layer: 4, mr_filter_length: 17, n_head: 2, positions: 'rotary' },
];
