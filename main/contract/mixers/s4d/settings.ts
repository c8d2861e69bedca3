import { z } from 'zod';
import { count, field } from '../../setting.ts';
import { stateSize } from '../state-size.ts';

/** The keys of S4D, arXiv 2206.11893, and of DSS, arXiv 2203.14343. */
export const s4dSettings = {
  ssm_state: stateSize,
  ssm_spectrum: field(z.enum(['lin', 'inv', 'legs']).default('lin'), {
    title: 'Initial frequencies',
    description: 'How the frequencies of the states begin: S4D-Lin, S4D-Inv, or those of HiPPO-LegS, as of DSS.',
    advanced: true,
  }),
  ssm_softmax: field(
    count(1, 2 ** 24)
      .nullable()
      .default(null),
    {
      title: 'Softmax over',
      unit: 'tokens',
      description:
        'DSS: each state is normalised by a softmax over this many positions, usually the length of the training sequences; none: S4D.',
      advanced: true,
    },
  ),
};
