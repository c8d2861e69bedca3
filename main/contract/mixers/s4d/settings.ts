import { z } from 'zod';
import { field } from '../../setting.ts';
import { stateSize } from '../state-space.ts';

/** The keys of S4D, arXiv 2206.11893. */
export const s4dSettings = {
  ssm_state: stateSize,
  ssm_spectrum: field(z.enum(['lin', 'inv', 'legs']).default('lin'), {
    title: 'Initial frequencies',
    description: 'How the frequencies of the states begin: S4D-Lin, S4D-Inv, or those of HiPPO-LegS, as of DSS.',
    advanced: true,
  }),
};
