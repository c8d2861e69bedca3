import type { z } from 'zod';
import type { trainingSchema } from './configuration.ts';
import type { ModelInput } from './model-configuration.ts';

/** A named starting point: what differs from the defaults, and the tokenizer it is meant for. */
export interface Preset {
  title: string;
  description: string;
  tokenizer: string;
  model: ModelInput;
  training: z.input<typeof trainingSchema>;
}

/** Filters as in the paper, appendix A.3. */
const paperFilter = { emb_dim: 33, filter_order: 64, num_inner_mlps: 2, w: 14, short_filter_order: 3 } as const;
/** The Pile, appendix A.2: 524,288 tokens per step at length 2,048. */
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

/**
 * Layers in the order of StripedHyena 2 (arXiv 2503.01868, section 2): short, medium and long filters in turn. None of
 * them ends at `l_max`, and what they keep of a text has the same size however long it is.
 */
const striped = 'hyena-se,hyena-mr,hyena-li';
/**
 * Attention among them. It sees a window no wider than the training context, so that its rotary positions hold for texts
 * of any length, and a token costs the same wherever it is.
 */
const withinWindow = (attention_window: number) => ({ positions: 'rotary', attention_window }) as const;

export const presets = {
  'hybrid-tiny': {
    title: 'Tiny hybrid',
    description:
      'Short and long filters. Learns one book in about two minutes on two CPU cores, and reads texts of any length.',
    tokenizer: 'bpe:1024',
    model: { layers: 'hyena-se,hyena-li', d_model: 128, n_layer: 2, l_max: 512 },
    training: { batch_size: 8, max_minutes: 2, learning_rate: 3e-3, warmup_steps: 30, eval_interval: 50 },
  },
  'hybrid-small': {
    title: 'Small hybrid',
    description: '4 layers: short, medium and long filters, and attention. Width 128; reads texts of any length.',
    tokenizer: 'bytes',
    model: {
      ...{ layers: `${striped},attention`, d_model: 128, n_layer: 4, d_inner: 512, l_max: 1024 },
      ...withinWindow(512),
    },
    training: { batch_size: 8, max_steps: 1500, learning_rate: 2e-3, warmup_steps: 50 },
  },
  'hybrid-base': {
    title: 'Base hybrid',
    description:
      '8 layers: short, medium and long filters, the last with attention. Width 256, its own vocabulary; reads texts of any length.',
    tokenizer: 'bpe:4096',
    model: {
      ...{ layers: `${striped},${striped},hyena-se,attention`, d_model: 256, n_layer: 8, d_inner: 1024, l_max: 2048 },
      ...withinWindow(1024),
    },
    training: { batch_size: 4, max_steps: 5000, learning_rate: 1.5e-3, warmup_steps: 100 },
  },
  long: {
    title: 'Long',
    description:
      '3 layers of short, medium and long filters, width 256, trained on 16,384 bytes at a time. Reads texts of any length in constant memory.',
    tokenizer: 'bytes',
    model: { layers: striped, d_model: 256, n_layer: 3, d_inner: 1024, l_max: 16_384 },
    training: {
      batch_size: 1,
      max_steps: 1000,
      learning_rate: 1.5e-3,
      warmup_steps: 50,
      sequence_length_warmup_steps: 600,
      sequence_length_start: 1024,
    },
  },
  tiny: {
    title: 'Tiny',
    description: '2 layers of Hyena, width 128, context 512. Learns one book in about two minutes on two CPU cores.',
    tokenizer: 'bpe:1024',
    model: { d_model: 128, n_layer: 2, l_max: 512, order: 2 },
    training: { batch_size: 8, max_minutes: 2, learning_rate: 3e-3, warmup_steps: 30, eval_interval: 50 },
  },
  small: {
    title: 'Small',
    description: '4 layers of Hyena, width 128, context 1,024. One book takes about as long as a coffee break.',
    tokenizer: 'bytes',
    model: { d_model: 128, n_layer: 4, d_inner: 512, l_max: 1024, order: 2 },
    training: { batch_size: 8, max_steps: 1500, learning_rate: 2e-3, warmup_steps: 50 },
  },
  base: {
    title: 'Base',
    description: '6 layers of Hyena, width 256, context 2,048, its own vocabulary. Takes an evening.',
    tokenizer: 'bpe:4096',
    model: { d_model: 256, n_layer: 6, d_inner: 1024, l_max: 2048, order: 2 },
    training: { batch_size: 4, max_steps: 5000, learning_rate: 1.5e-3, warmup_steps: 100 },
  },
  '125m': paper('125M', 12, 768, 3072, 3),
  '125m-slim': paper('125M-slim', 18, 768, 1536, 3),
  '153m': paper('153M', 18, 864, 1728, 2),
  '355m': paper('355M', 36, 1024, 2048, 2, 4e-4),
  '1.3b': paper('1.3B', 36, 2048, 4096, 2, 2.2e-4),
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof presets;

/** What the first run trains, in the window and in the terminal, and what a new run starts from. */
export const defaultPreset: PresetName = 'hybrid-tiny';
