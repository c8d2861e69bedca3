import type { z } from 'zod';
import type { modelSchema, trainingSchema } from './configuration.ts';

/** A named starting point: what differs from the defaults, and the tokenizer it is meant for. */
export interface Preset {
  title: string;
  description: string;
  tokenizer: string;
  model: z.input<typeof modelSchema>;
  training: z.input<typeof trainingSchema>;
}

/** Filters as in the paper, appendix A.3. */
const paperFilter = { emb_dim: 33, filter_order: 64, num_inner_mlps: 2, w: 14, short_filter_order: 3 } as const;
/** The Pile, appendix A.2: 524,288 tokens a step at length 2,048. */
const paperTraining = {
  batch_size: 8,
  gradient_accumulation_steps: 32,
  learning_rate: 6e-4,
  warmup_ratio: 0.01,
  warmup_start_learning_rate: 1e-6,
  min_learning_rate_ratio: 0.1,
  weight_decay: 0.1,
  max_tokens: 5_000_000_000,
} as const;

const paper = (
  size: string,
  n_layer: number,
  d_model: number,
  d_inner: number,
  order: number,
  learning_rate = 6e-4,
): Preset => ({
  title: `Hyena ${size}`,
  description: `The paper's ${size} model: ${n_layer} layers, width ${d_model}, order ${order}, GPT-2 tokens.`,
  tokenizer: 'gpt2',
  model: { ...paperFilter, n_layer, d_model, d_inner, order, l_max: 2048 },
  training: { ...paperTraining, learning_rate },
});

export const presets = {
  tiny: {
    title: 'Tiny',
    description: 'A readable model of one book in about two minutes on two processor cores.',
    tokenizer: 'bpe:1024',
    model: { d_model: 128, n_layer: 2, l_max: 512, order: 2 },
    training: { batch_size: 8, max_minutes: 2, learning_rate: 3e-3, warmup_steps: 30, eval_interval: 50 },
  },
  small: {
    title: 'Small',
    description: 'Four layers of width 128 at length 1,024: a coffee break for a book.',
    tokenizer: 'bytes',
    model: { d_model: 128, n_layer: 4, d_inner: 512, l_max: 1024, order: 2 },
    training: { batch_size: 8, max_steps: 1500, learning_rate: 2e-3, warmup_steps: 50 },
  },
  base: {
    title: 'Base',
    description: 'Six layers of width 256 at length 2,048 with a vocabulary of its own: an evening.',
    tokenizer: 'bpe:4096',
    model: { d_model: 256, n_layer: 6, d_inner: 1024, l_max: 2048, order: 2 },
    training: { batch_size: 4, max_steps: 5000, learning_rate: 1.5e-3, warmup_steps: 100 },
  },
  long: {
    title: 'Long',
    description: 'Two layers of width 256 that read 65,536 bytes at once.',
    tokenizer: 'bytes',
    model: { d_model: 256, n_layer: 2, d_inner: 1024, l_max: 65_536, order: 2 },
    training: {
      batch_size: 1,
      max_steps: 1000,
      learning_rate: 1.5e-3,
      warmup_steps: 50,
      sequence_length_warmup_steps: 600,
      sequence_length_start: 1024,
    },
  },
  '125m': paper('125M', 12, 768, 3072, 3),
  '125m-slim': paper('125M-slim', 18, 768, 1536, 3),
  '153m': paper('153M', 18, 864, 1728, 2),
  '355m': paper('355M', 36, 1024, 2048, 2, 4e-4),
  '1.3b': paper('1.3B', 36, 2048, 4096, 2, 2.2e-4),
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof presets;
