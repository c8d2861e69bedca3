import { count, field } from '../setting.ts';

/** The states of S4D and of H3. */
export const stateSize = field(count(2, 1024).default(64), {
  title: 'States',
  description: 'State of each channel of the state spaces: even, half of it complex numbers and half their conjugates.',
  advanced: true,
});
