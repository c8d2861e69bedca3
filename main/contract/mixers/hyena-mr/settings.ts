import { count, field } from '../../setting.ts';
import { convolutionBiases } from '../bias-settings.ts';
import { shortFilterBiased, shortFilterLength } from '../short-filter.ts';

/** The keys of Hyena-MR, StripedHyena 2, arXiv 2503.01868, section 2.1. */
export const hyenaMrSettings = {
  mr_filter_length: field(count(2, 4096).default(128), {
    title: 'Hyena-MR filter length',
    description: 'Taps of the explicit filters between the gates of Hyena-MR.',
    unit: 'tokens',
    advanced: true,
  }),
  mr_filter_groups: field(count(1, 16_384).nullable().default(null), {
    title: 'Hyena-MR filters',
    description:
      'Filters of Hyena-MR, a divisor of the width: neighbouring channels share one. Blank: one per 16 channels.',
    advanced: true,
  }),
  short_filter_order: shortFilterLength,
  short_filter_bias: shortFilterBiased,
  convolution_biases: convolutionBiases,
};
