import { count, field } from '../../setting.ts';

/** The keys of LFM2's gated short convolution. */
export const shortConvSettings = {
  short_conv_length: field(count(2, 256).default(3), {
    title: 'Gated convolution length',
    description: 'Taps of the convolution of short-conv layers.',
    unit: 'tokens',
    advanced: true,
  }),
};
