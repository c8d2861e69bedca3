import { z } from 'zod';
import { count, field } from '../../setting.ts';
import { convolutionBiases } from '../bias-settings.ts';
import { shortFilterBiased, shortFilterLength } from '../short-filter.ts';

/** The keys of Hyena-LI: the long filters of StripedHyena 2 (arXiv 2503.01868, section 2.1) and of StripedHyena. */
export const hyenaLiSettings = {
  modal_poles: field(z.enum(['real', 'complex']).default('real'), {
    title: 'Poles',
    description:
      'What the long filters are sums of: decaying exponentials (StripedHyena 2, Evo 2), or ones that oscillate as well (StripedHyena, Evo).',
    advanced: true,
  }),
  modal_states: field(count(1, 256).default(16), {
    title: 'States',
    description: 'Exponentials of each long filter; while generating, numbers that each channel keeps of all before.',
    advanced: true,
  }),
  modal_form: field(z.enum(['decaying', 'free']).default('decaying'), {
    title: 'Pole form',
    description:
      'How poles are kept: as rates of decay, so that no filter can grow, or free, as published checkpoints have them.',
    advanced: true,
  }),
  short_filter_order: shortFilterLength,
  short_filter_bias: shortFilterBiased,
  convolution_biases: convolutionBiases,
};
