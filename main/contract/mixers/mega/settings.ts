import { count, field } from '../../setting.ts';

/** The keys of Mega, arXiv 2209.10655, section 3. */
export const megaSettings = {
  mega_states: field(count(1, 256).default(16), {
    title: 'Mega states',
    description: 'Exponentials of the moving average of each channel.',
    advanced: true,
  }),
  mega_chunk: field(count(1, 65_536).default(128), {
    title: 'Mega chunk',
    unit: 'tokens',
    description:
      'Attention of Mega sees the tokens of the same chunk alone, the moving average all before. As long as the sequences: attention sees all.',
  }),
  mega_key_width: field(count(1, 65_536).nullable().default(null), {
    title: 'Width of keys',
    unit: 'channels',
    description: 'Channels of queries and keys in the one head of Mega. Blank: a quarter of the width.',
    advanced: true,
  }),
  mega_expand: field(count(1, 16).default(2), {
    title: 'Mega expansion',
    description: 'Channels of the values of Mega, as a multiple of the width.',
    advanced: true,
  }),
};
