import { z } from 'zod';
import { msg, toEnglish } from '../../message.ts';
import { count, field, fraction } from '../../setting.ts';
import { shortFilterLength } from '../short-filter.ts';

/** The keys of the Hyena mixer, arXiv 2302.10866, section 3 and appendix A. */
export const hyenaSettings = {
  order: field(count(2, 16).default(2), {
    title: 'Order',
    description: 'Order N of the Hyena recurrence: N gates and N - 1 long convolutions.',
  }),
  filter_network: field(z.enum(['paper', 'siren']).default('paper'), {
    title: 'Filter network',
    description:
      "The paper's sine network on positional features, or a SIREN (arXiv 2006.09661) of the time alone, from -1 to 1: the sine frequency multiplies its first layer, is not trained, and its initial values are a SIREN's.",
    advanced: true,
  }),
  filter_length: field(
    count(2, 1 << 20)
      .nullable()
      .default(null),
    {
      title: 'Filter time',
      description: 'Positions over which the time of the filters and their windows runs. Blank: the context length.',
      unit: 'tokens',
      advanced: true,
    },
  ),
  emb_dim: field(
    count(3, 1025)
      .refine((value) => value % 2 === 1, toEnglish(msg`must be odd: one time feature plus sine and cosine pairs`))
      .default(33),
    {
      title: 'Positional features',
      description:
        "Input features of the paper's filter network per position: time, then cosine and sine of each band.",
      advanced: true,
    },
  ),
  filter_order: field(count(1, 4096).default(64), {
    title: 'Filter width',
    description: 'Hidden width of the sine network that generates the filters.',
    unit: 'channels',
    advanced: true,
  }),
  num_inner_mlps: field(count(0, 16).default(2), {
    title: 'Filter layers',
    description: 'Inner layers of the sine network.',
    advanced: true,
  }),
  w: field(z.number().positive().max(1000).default(14), {
    title: 'Sine frequency',
    description:
      'Initial value of the trainable frequency of the sine layers; of a SIREN, the fixed one of the first layer.',
    advanced: true,
  }),
  short_filter_order: shortFilterLength,
  short_filter_initial: field(z.enum(['uniform', 'normal']).default('uniform'), {
    title: 'Initial short convolution',
    description:
      "Initial values: uniform with biases, as PyTorch's, or normal of variance 1/length without, as those of Flax.",
    advanced: true,
  }),
  gate_dropout: field(fraction().max(0.95).default(0), {
    title: 'Gate dropout',
    description: 'Share of the gated values dropped before the output projection during training.',
    advanced: true,
  }),
  fast_decay_pct: field(z.number().positive().max(100).default(0.3), {
    title: 'Fast decay',
    description: 'Position in the window at which the fastest channel has decayed to the target.',
    advanced: true,
  }),
  slow_decay_pct: field(z.number().positive().max(100).default(1.5), {
    title: 'Slow decay',
    description: 'Position in the window at which the slowest channel has decayed to the target.',
    advanced: true,
  }),
  decay_target: field(z.number().gt(0).lt(1).default(0.01), {
    title: 'Decay target',
    description: 'Value that the window has decayed to at those positions.',
    advanced: true,
  }),
  modulate: field(z.boolean().default(true), {
    title: 'Window',
    description: 'The filters are multiplied by an exponential window.',
    advanced: true,
  }),
  train_positions: field(z.boolean().default(true), {
    title: 'Trained features',
    description: 'The positional features are trained with the filters; otherwise they stay as their formula has them.',
    advanced: true,
  }),
  modulation_shift: field(z.number().min(-10).max(10).default(0), {
    title: 'Window shift',
    description: 'A constant added to the exponential window of the filters.',
    advanced: true,
  }),
};
