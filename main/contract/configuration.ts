import { z } from 'zod';
import { english, told } from './told.ts';

/**
 * The configuration of a run, declared once. The form, the command line, its help, the checkpoint and the
 * validation are all made from these schemas. Keys follow the published checkpoints (`config.json`) and the field's
 * usual names; unknown keys fail. `unit` and `advanced` are read by the shells.
 */
interface FieldMeta {
  title: string;
  description: string;
  unit?: string;
  /** Hidden behind 'more' in a form. */
  advanced?: boolean;
}
const field = <T extends z.ZodType>(schema: T, meta: FieldMeta): T => schema.meta({ ...meta });
const count = (minimum: number, maximum: number) => z.int().min(minimum).max(maximum);
const fraction = () => z.number().min(0).max(1);

/** The model: Hyena, arXiv 2302.10866, section 3 and appendix A. */
export const modelSchema = z
  .strictObject({
    vocab_size: field(count(2, 1_000_000).nullable().default(null), {
      title: 'Vocabulary',
      description: 'How many tokens there are. Empty: what the tokenizer of the data has.',
      unit: 'tokens',
      advanced: true,
    }),
    d_model: field(count(4, 16_384).default(128), {
      title: 'Width',
      description: 'Channels of the residual stream (D).',
      unit: 'channels',
    }),
    n_layer: field(count(1, 256).default(4), { title: 'Layers', description: 'Blocks of a Hyena mixer and an MLP.' }),
    d_inner: field(count(1, 65_536).nullable().default(null), {
      title: 'MLP width',
      description: 'Hidden channels of the MLP. Empty: four times the width.',
      unit: 'channels',
    }),
    mixer: field(z.enum(['hyena']).default('hyena'), {
      title: 'Mixer',
      description: 'What mixes along the sequence in each block.',
      advanced: true,
    }),
    order: field(count(2, 16).default(2), {
      title: 'Order',
      description: 'Order N of the Hyena recurrence: N gates and N - 1 long convolutions.',
    }),
    l_max: field(count(1, 1 << 20).default(1024), {
      title: 'Context length',
      description: 'The longest sequence the implicit filters are defined for.',
      unit: 'tokens',
    }),
    emb_dim: field(
      count(3, 1025)
        .refine((value) => value % 2 === 1, english(told`must be odd: one time feature and pairs of sine and cosine`))
        .default(33),
      {
        title: 'Positional features',
        description: 'Features of a position that the filter network sees: time, then cosine and sine of each band.',
        advanced: true,
      },
    ),
    filter_order: field(count(1, 4096).default(64), {
      title: 'Filter width',
      description: 'Hidden width of the sine network that makes the filters.',
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
      description: 'Start value of the trainable frequency of the sine layers.',
      advanced: true,
    }),
    short_filter_order: field(count(1, 64).default(3), {
      title: 'Short convolution',
      description: 'Length of the depthwise causal convolution after the input projection.',
      unit: 'tokens',
      advanced: true,
    }),
    fast_decay_pct: field(z.number().positive().max(100).default(0.3), {
      title: 'Fast decay',
      description: 'Where in the window the fastest channel has decayed to the target.',
      advanced: true,
    }),
    slow_decay_pct: field(z.number().positive().max(100).default(1.5), {
      title: 'Slow decay',
      description: 'Where in the window the slowest channel has decayed to the target.',
      advanced: true,
    }),
    decay_target: field(z.number().gt(0).lt(1).default(0.01), {
      title: 'Decay target',
      description: 'What the window has decayed to at those places.',
      advanced: true,
    }),
    modulation_shift: field(z.number().min(-10).max(10).default(0), {
      title: 'Window shift',
      description: 'A constant added to the exponential window of the filters.',
      advanced: true,
    }),
    activation: field(z.enum(['gelu_tanh']).default('gelu_tanh'), {
      title: 'Activation',
      description: 'Of the MLP: GELU in its tanh form.',
      advanced: true,
    }),
    layer_norm_epsilon: field(z.number().gt(0).max(1).default(1e-5), {
      title: 'Layer norm epsilon',
      description: 'Added to the variance.',
      advanced: true,
    }),
    tie_embeddings: field(z.boolean().default(true), {
      title: 'Tied embeddings',
      description: 'The head uses the embedding matrix.',
      advanced: true,
    }),
    initializer_range: field(z.number().positive().max(1).default(0.02), {
      title: 'Initial deviation',
      description: 'Standard deviation of the initial weights.',
      advanced: true,
    }),
    embedding_dropout: field(fraction().max(0.95).default(0), {
      title: 'Embedding dropout',
      description: 'Share of the embedding values dropped in training.',
      advanced: true,
    }),
    residual_dropout: field(fraction().max(0.95).default(0), {
      title: 'Residual dropout',
      description: "Share of each block's output values dropped in training.",
      advanced: true,
    }),
  })
  .strict();
export type ModelConfiguration = z.infer<typeof modelSchema>;
/** A model configuration with nothing left open: what a checkpoint holds and a model is built from. */
export type ResolvedModelConfiguration = ModelConfiguration & { vocab_size: number; d_inner: number };

/** Optimizer, schedule, budget and intervals. */
export const trainingSchema = z.strictObject({
  batch_size: field(count(1, 65_536).default(8), {
    title: 'Batch size',
    description: 'Sequences computed at once.',
    unit: 'sequences',
  }),
  gradient_accumulation_steps: field(count(1, 65_536).default(1), {
    title: 'Gradient accumulation',
    description: 'Batches whose gradients are summed for one optimizer step.',
    unit: 'batches',
    advanced: true,
  }),
  sequence_length: field(
    count(1, 1 << 20)
      .nullable()
      .default(null),
    {
      title: 'Sequence length',
      description: 'Tokens of a training sequence. Empty: the context length.',
      unit: 'tokens',
    },
  ),
  sequence_length_warmup_steps: field(count(0, 100_000_000).default(0), {
    title: 'Length warmup',
    description: 'Steps over which the sequence length doubles up from its start to its full value; 0: none.',
    unit: 'steps',
    advanced: true,
  }),
  sequence_length_start: field(count(1, 1 << 20).default(64), {
    title: 'First length',
    description: 'Sequence length at the start of the length warmup.',
    unit: 'tokens',
    advanced: true,
  }),
  max_steps: field(count(1, 1_000_000_000).nullable().default(null), {
    title: 'Steps',
    description: 'Budget in optimizer steps. The first budget reached ends the run.',
    unit: 'steps',
  }),
  max_epochs: field(z.number().positive().max(1_000_000).nullable().default(null), {
    title: 'Epochs',
    description: 'Budget in passes over the training data.',
    unit: 'epochs',
  }),
  max_tokens: field(count(1, Number.MAX_SAFE_INTEGER).nullable().default(null), {
    title: 'Tokens',
    description: 'Budget in training tokens.',
    unit: 'tokens',
  }),
  max_minutes: field(z.number().positive().max(1_000_000).nullable().default(null), {
    title: 'Minutes',
    description: 'Budget in wall-clock time spent training.',
    unit: 'minutes',
  }),
  learning_rate: field(z.number().gt(0).max(10).default(2e-3), {
    title: 'Learning rate',
    description: 'Highest learning rate of AdamW.',
  }),
  schedule: field(z.enum(['cosine', 'linear', 'constant', 'inverse_sqrt']).default('cosine'), {
    title: 'Schedule',
    description: 'How the learning rate falls after the warmup.',
  }),
  min_learning_rate_ratio: field(fraction().default(0.1), {
    title: 'Final rate',
    description: 'Learning rate at the end, as a share of the highest.',
    advanced: true,
  }),
  warmup_steps: field(count(0, 100_000_000).nullable().default(null), {
    title: 'Warmup',
    description: 'Steps of rising learning rate. Empty: the share given by warmup_ratio.',
    unit: 'steps',
  }),
  warmup_ratio: field(fraction().default(0.05), {
    title: 'Warmup share',
    description: 'Warmup as a share of the budget, where warmup_steps is empty.',
    advanced: true,
  }),
  warmup_start_learning_rate: field(z.number().min(0).max(10).default(0), {
    title: 'First rate',
    description: 'Learning rate before the first warmup step.',
    advanced: true,
  }),
  adam_beta1: field(fraction().lt(1).default(0.9), {
    title: 'Beta 1',
    description: 'Decay of the mean of the gradients.',
    advanced: true,
  }),
  adam_beta2: field(fraction().lt(1).default(0.98), {
    title: 'Beta 2',
    description: 'Decay of the mean of their squares.',
    advanced: true,
  }),
  adam_epsilon: field(z.number().gt(0).max(1).default(1e-8), {
    title: 'Epsilon',
    description: 'Added to the root of the second moment.',
    advanced: true,
  }),
  weight_decay: field(z.number().min(0).max(10).default(0.1), {
    title: 'Weight decay',
    description: 'Decoupled weight decay of the matrices.',
  }),
  bias_weight_decay: field(z.number().min(0).max(10).default(0), {
    title: 'Decay of biases',
    description: 'Weight decay of biases and layer norms.',
    advanced: true,
  }),
  filter_weight_decay: field(z.number().min(0).max(10).default(0), {
    title: 'Decay of filters',
    description: 'Weight decay of everything in the implicit filters, positions included.',
    advanced: true,
  }),
  filter_learning_rate: field(z.number().min(0).max(10).nullable().default(null), {
    title: 'Filter rate',
    description: 'Learning rate of the implicit filters. Empty: the learning rate.',
    advanced: true,
  }),
  position_learning_rate: field(z.number().min(0).max(10).nullable().default(null), {
    title: 'Position rate',
    description: 'Learning rate of the positional features z; 0 freezes them. Empty: the filter rate.',
    advanced: true,
  }),
  grad_clip: field(z.number().gt(0).max(1e6).nullable().default(1), {
    title: 'Gradient clipping',
    description: 'Largest norm of the whole gradient. Empty: none.',
    advanced: true,
  }),
  eval_interval: field(count(1, 1_000_000_000).default(50), {
    title: 'Evaluate every',
    description: 'Steps between evaluations on the validation data.',
    unit: 'steps',
  }),
  eval_windows: field(count(1, 1_000_000_000).nullable().default(64), {
    title: 'Evaluation windows',
    description: 'Full windows scored at each evaluation. Empty: all. The last evaluation always scores all.',
    unit: 'windows',
    advanced: true,
  }),
  sample_interval: field(count(1, 1_000_000_000).nullable().default(100), {
    title: 'Sample every',
    description: 'Steps between samples of text. Empty: none.',
    unit: 'steps',
  }),
  sample_prompt: field(z.string().max(100_000).default(''), {
    title: 'Sample prompt',
    description: 'What samples start from. Empty: the beginning of the validation text.',
  }),
  sample_tokens: field(count(1, 1 << 20).default(200), {
    title: 'Sample length',
    description: 'Tokens written for a sample.',
    unit: 'tokens',
    advanced: true,
  }),
  sample_temperature: field(z.number().min(0).max(10).default(0.8), {
    title: 'Sample temperature',
    description: 'Of the samples written during training.',
    advanced: true,
  }),
  checkpoint_interval: field(count(1, 1_000_000_000).default(100), {
    title: 'Checkpoint every',
    description: 'Steps between checkpoints.',
    unit: 'steps',
  }),
  keep_checkpoints: field(count(1, 1000).default(3), {
    title: 'Checkpoints kept',
    description: 'How many of the latest checkpoints are kept; the best by validation loss is kept besides.',
    advanced: true,
  }),
  early_stopping_patience: field(count(1, 1_000_000).nullable().default(null), {
    title: 'Patience',
    description: 'Evaluations without improvement after which the run ends. Empty: never.',
    unit: 'evaluations',
    advanced: true,
  }),
  early_stopping_min_delta: field(z.number().min(0).max(100).default(0), {
    title: 'Least improvement',
    description: 'Fall of the validation loss that counts as improvement.',
    unit: 'nats',
    advanced: true,
  }),
  spike_factor: field(z.number().gt(1).max(1000).default(3), {
    title: 'Spike',
    description: 'A loss above this many times its moving average counts as a spike and rolls the run back.',
    advanced: true,
  }),
  max_recoveries: field(count(0, 1000).default(3), {
    title: 'Recoveries',
    description: 'How often a run may skip or roll back before it stops with the reason.',
    advanced: true,
  }),
  recovery_learning_rate_factor: field(z.number().gt(0).max(1).default(0.5), {
    title: 'Rate after a recovery',
    description: 'What the learning rate is multiplied by after a rollback.',
    advanced: true,
  }),
  precision: field(z.enum(['fp32', 'tf32', 'bf16-mixed', 'f16-mixed']).default('fp32'), {
    title: 'Precision',
    description:
      'Matrix products with factors in bfloat16 (bf16-mixed), f16 (f16-mixed) or the ten bits of NVIDIA’s tensor cores (tf32) and sums in fp32, on devices that have it. With f16-mixed activations lie in f16 too, which takes a third less memory.',
  }),
  gradient_checkpointing: field(z.boolean().default(false), {
    title: 'Gradient checkpointing',
    description: 'Recompute each block in the backward pass: less memory, more time, the same gradients.',
    advanced: true,
  }),
  convolution: field(z.enum(['auto', 'fft', 'monarch']).default('auto'), {
    title: 'Long convolution',
    description: 'By fast Fourier transform, or by matrix products (Monarch, arXiv 2311.05908).',
    advanced: true,
  }),
  seed: field(count(0, 0xffffffff).default(0), {
    title: 'Seed',
    description: 'Of the weights, the data order, dropout and samples.',
  }),
});
export type TrainingConfiguration = z.infer<typeof trainingSchema>;

/** All of a run: which data, which model, how it is trained, where. */
export const runConfigurationSchema = z.strictObject({
  dataset: z.string().min(1).describe('Name of the data set in the library.'),
  device: z.string().min(1).default('auto').describe('auto, or a device that `hyena devices` lists.'),
  from: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "A run whose weights training starts from: that of its best checkpoint. The model's shape must be the same but for l_max. Empty: new weights.",
    ),
  model: modelSchema.prefault({}),
  training: trainingSchema.prefault({}),
});
export type RunConfiguration = z.infer<typeof runConfigurationSchema>;

/** Fills in what depends on the data: the vocabulary and the MLP width. */
export function resolveModel(model: ModelConfiguration, vocabularySize: number): ResolvedModelConfiguration {
  return { ...model, vocab_size: model.vocab_size ?? vocabularySize, d_inner: model.d_inner ?? 4 * model.d_model };
}
