import { count, field } from '../../setting.ts';
import { convolutionBiases } from '../bias-settings.ts';
import { shortFilterBiased, shortFilterLength } from '../short-filter.ts';

/** The keys of Hyena-SE, StripedHyena 2, arXiv 2503.01868, section 2.1. */
export const hyenaSeSettings = {
  se_filter_length: field(count(2, 256).default(7), {
    title: 'Hyena-SE filter length',
    description: 'Taps of the explicit filters between the gates of Hyena-SE.',
    unit: 'tokens',
    advanced: true,
  }),
  se_filter_groups: field(count(1, 16_384).nullable().default(null), {
    title: 'Hyena-SE filters',
    description:
      'Filters of Hyena-SE, a divisor of the width: neighbouring channels share one. Blank: one per 16 channels.',
    advanced: true,
  }),
  short_filter_order: shortFilterLength,
  short_filter_bias: shortFilterBiased,
  convolution_biases: convolutionBiases,
};
