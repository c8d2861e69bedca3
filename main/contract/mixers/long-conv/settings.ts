import { z } from 'zod';
import { field } from '../../setting.ts';

/** The keys of explicit long convolutions, arXiv 2302.06646. */
export const longConvSettings = {
  long_conv_squash: field(z.number().min(0).max(1).default(0.003), {
    title: 'Squash',
    description: 'Taps of the long filters are moved towards zero by this much: small ones are zero. 0: none.',
    advanced: true,
  }),
};
