import { count, field } from '../../setting.ts';

/** The keys of gated state spaces, arXiv 2206.13947, section 3.2. */
export const gssSettings = {
  gss_state_width: field(count(1, 65_536).nullable().default(null), {
    title: 'Width of the state space',
    unit: 'channels',
    description: 'Channels that the state space of GSS acts on. Blank: a quarter of the width, as in the paper.',
    advanced: true,
  }),
  gss_expand: field(count(1, 16).default(4), {
    title: 'GSS expansion',
    description: 'Channels of the gate of GSS, as a multiple of the width.',
    advanced: true,
  }),
  gss_states: field(count(1, 4096).default(512), {
    title: 'GSS states',
    description: 'Complex modes of the state space of GSS, which all its channels share.',
    advanced: true,
  }),
};
