import type { MixerCase } from './index.ts';

export const hyenaLiCases: readonly MixerCase[] = [
  {},
  { modal_poles: 'complex', modal_states: 3 },
  { modal_form: 'free', modal_states: 3, convolution_biases: 'output' },
  {
    modal_form: 'free',
    modal_poles: 'complex',
    modal_states: 2,
    convolution_biases: 'input',
    mlp: 'bilinear',
    first_mlp: 'geglu',
  },
  { modal_states: 1, short_filter_order: 1, short_filter_bias: false },
  { modal_poles: 'complex', modal_states: 2, short_filter_order: 4, mixer_bias: false, tie_embeddings: false },
];
