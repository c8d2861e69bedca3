import { count, field } from '../../setting.ts';
import { stateSize } from '../state-size.ts';

/** The keys of H3, arXiv 2212.14052. */
export const h3Settings = {
  ssm_state: stateSize,
  h3_head_dim: field(count(1, 64).default(1), {
    title: 'Channels of an H3 head',
    description:
      'Keys and values of a head are multiplied with each other: its state grows with the square. A divisor of the width.',
    unit: 'channels',
    advanced: true,
  }),
};
