import { count, field } from '../../setting.ts';

/** The keys of Mamba-2, arXiv 2405.21060. */
export const mamba2Settings = {
  mamba_state: field(count(1, 1024).default(128), {
    title: 'Mamba states',
    description: 'Numbers that each channel of Mamba-2 keeps of everything before.',
    advanced: true,
  }),
  mamba_expand: field(count(1, 8).default(2), {
    title: 'Mamba expansion',
    description: 'Inner channels of Mamba-2, as a multiple of the width.',
    advanced: true,
  }),
  mamba_head_dim: field(count(1, 256).nullable().default(null), {
    title: 'Channels of a Mamba head',
    description:
      'Inner channels that share a decay, a divisor of all of them. Blank: 64, or the next fewer that divide them.',
    unit: 'channels',
    advanced: true,
  }),
  mamba_conv_length: field(count(2, 64).default(4), {
    title: 'Mamba convolution',
    description: 'Taps of the convolution before the state space of Mamba-2.',
    unit: 'tokens',
    advanced: true,
  }),
};
