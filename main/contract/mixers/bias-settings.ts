import { z } from 'zod';
import { field } from '../setting.ts';

/** Which projections of a mixer have biases. */
const choiceSchema = z.enum(['all', 'input', 'output', 'none']).nullable().default(null);
export type BiasChoice = z.output<typeof choiceSchema>;

export const attentionBiases = field(choiceSchema, {
  title: 'Attention biases',
  description:
    'Which projections of attention have biases: of queries, keys and values, or the output. Blank: as Mixer biases says.',
  advanced: true,
});

export const convolutionBiases = field(choiceSchema, {
  title: 'Convolution biases',
  description: 'Which projections of Hyena-LI, Hyena-SE and Hyena-MR have biases. Blank: as Mixer biases says.',
  advanced: true,
});
