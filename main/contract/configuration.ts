import { z } from 'zod';
import { modelSchema, withoutFormerKeys } from './model-configuration.ts';
import { count, field, fraction } from './setting.ts';

export {
  modelSchema,
  resolveModel,
  withoutFormerKeys,
  type ModelConfiguration,
  type ResolvedModelConfiguration,
} from './model-configuration.ts';

/**
 * The configuration of a run, declared once. The form, the command line, its help, the checkpoint and the
 * validation are all made from these schemas. Keys follow the published checkpoints (`config.json`) and the field's
 * usual names; unknown keys fail. `unit` and `advanced` are read by the shells. The model's keys are in
 * model-configuration.ts.
 */

/** Optimizer, schedule, budget and intervals. */
export const trainingSchema = z.strictObject({
  batch_size: field(count(1, 65_536).default(8), {
    title: 'Batch size',
    description: 'Sequences per batch.',
    unit: 'sequences',
  }),
  gradient_accumulation_steps: field(count(1, 65_536).default(1), {
    title: 'Gradient accumulation',
    description: 'Batches whose gradients are accumulated per optimizer step.',
    unit: 'batches',
    advanced: true,
  }),
  sequence_length: field(
    count(1, 1 << 20)
      .nullable()
      .default(null),
    {
      title: 'Sequence length',
      description: 'Tokens per training sequence. Blank: the context length.',
      unit: 'tokens',
    },
  ),
  sequence_length_warmup_steps: field(count(0, 100_000_000).default(0), {
    title: 'Sequence length warmup',
    description: 'Steps over which the sequence length doubles from its initial to its full value. 0: off.',
    unit: 'steps',
    advanced: true,
  }),
  sequence_length_start: field(count(1, 1 << 20).default(64), {
    title: 'Initial sequence length',
    description: 'Sequence length at the start of the sequence length warmup.',
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
  optimizer: field(z.enum(['adamw', 'muon']).default('adamw'), {
    title: 'Optimizer',
    description:
      'AdamW, or Muon for the weight matrices of mixers and MLPs (arXiv 2502.16982), which keeps one moment of them, not two. AdamW trains all else, and adapters.',
    advanced: true,
  }),
  learning_rate: field(z.number().gt(0).max(10).default(2e-3), {
    title: 'Learning rate',
    description: 'Peak learning rate of the optimizer.',
  }),
  schedule: field(z.enum(['cosine', 'linear', 'constant', 'inverse_sqrt']).default('cosine'), {
    title: 'Schedule',
    description: 'How the learning rate decays after the warmup.',
  }),
  min_learning_rate_ratio: field(fraction().default(0.1), {
    title: 'Final learning rate',
    description: 'Learning rate at the end, as a share of the peak.',
    advanced: true,
  }),
  decay_steps: field(count(1, 1_000_000_000).nullable().default(null), {
    title: 'Schedule length',
    description: 'Step at which the schedule reaches the final learning rate. Blank: the end of the budget.',
    unit: 'steps',
    advanced: true,
  }),
  warmup_steps: field(count(0, 100_000_000).nullable().default(null), {
    title: 'Warmup',
    description: 'Steps over which the learning rate rises. Blank: use the warmup share.',
    unit: 'steps',
  }),
  warmup_ratio: field(fraction().default(0.05), {
    title: 'Warmup share',
    description: 'Warmup as a share of the budget, if Warmup is blank.',
    advanced: true,
  }),
  warmup_start_learning_rate: field(z.number().min(0).max(10).default(0), {
    title: 'Initial learning rate',
    description: 'Learning rate before the first warmup step.',
    advanced: true,
  }),
  adam_beta1: field(fraction().lt(1).default(0.9), {
    title: 'Beta 1',
    description: 'Decay rate of the first moment.',
    advanced: true,
  }),
  adam_beta2: field(fraction().lt(1).default(0.98), {
    title: 'Beta 2',
    description: 'Decay rate of the second moment.',
    advanced: true,
  }),
  adam_epsilon: field(z.number().gt(0).max(1).default(1e-8), {
    title: 'Epsilon',
    description: 'Added to the square root of the second moment.',
    advanced: true,
  }),
  muon_momentum: field(fraction().lt(1).default(0.95), {
    title: 'Momentum',
    description: 'Decay rate of the momentum of Muon.',
    advanced: true,
  }),
  weight_decay: field(z.number().min(0).max(10).default(0.1), {
    title: 'Weight decay',
    description: 'Decoupled weight decay of the matrices.',
  }),
  bias_weight_decay: field(z.number().min(0).max(10).default(0), {
    title: 'Bias weight decay',
    description: 'Weight decay of biases and layer norms.',
    advanced: true,
  }),
  embedding_weight_decay: field(z.number().min(0).max(10).nullable().default(null), {
    title: 'Embedding weight decay',
    description: 'Weight decay of the embeddings. Blank: that of the matrices.',
    advanced: true,
  }),
  filter_weight_decay: field(z.number().min(0).max(10).default(0), {
    title: 'Filter weight decay',
    description: 'Weight decay of all filter parameters, including the positional features.',
    advanced: true,
  }),
  filter_learning_rate: field(z.number().min(0).max(10).nullable().default(null), {
    title: 'Filter learning rate',
    description: 'Learning rate of the filters. Blank: the learning rate.',
    advanced: true,
  }),
  position_learning_rate: field(z.number().min(0).max(10).nullable().default(null), {
    title: 'Position learning rate',
    description: 'Learning rate of the positional features z; 0 freezes them. Blank: the filter learning rate.',
    advanced: true,
  }),
  grad_clip: field(z.number().gt(0).max(1e6).nullable().default(1), {
    title: 'Gradient clipping',
    description: 'Maximum global gradient norm. Blank: no clipping.',
    advanced: true,
  }),
  eval_interval: field(count(1, 1_000_000_000).default(50), {
    title: 'Evaluate every',
    description: 'Steps between evaluations on the validation data.',
    unit: 'steps',
  }),
  eval_windows: field(count(1, 1_000_000_000).nullable().default(64), {
    title: 'Evaluation windows',
    description: 'Full windows scored per evaluation. Blank: all. The last evaluation always scores all.',
    unit: 'windows',
    advanced: true,
  }),
  sample_interval: field(count(1, 1_000_000_000).nullable().default(100), {
    title: 'Sample every',
    description: 'Steps between text samples. Blank: no samples.',
    unit: 'steps',
  }),
  sample_prompt: field(z.string().max(100_000).default(''), {
    title: 'Sample prompt',
    description: 'Text that samples continue. Blank: the beginning of the validation text.',
  }),
  sample_tokens: field(count(1, 1 << 20).default(200), {
    title: 'Sample length',
    description: 'Tokens generated per sample.',
    unit: 'tokens',
    advanced: true,
  }),
  sample_temperature: field(z.number().min(0).max(10).default(0.8), {
    title: 'Sample temperature',
    description: 'Sampling temperature of the samples generated during training.',
    advanced: true,
  }),
  checkpoint_interval: field(count(1, 1_000_000_000).default(100), {
    title: 'Checkpoint every',
    description: 'Steps between checkpoints.',
    unit: 'steps',
  }),
  keep_checkpoints: field(count(1, 1000).default(3), {
    title: 'Checkpoints kept',
    description: 'Number of latest checkpoints to keep. The best one by validation loss is always kept.',
    advanced: true,
  }),
  early_stopping_patience: field(count(1, 1_000_000).nullable().default(null), {
    title: 'Patience',
    description: 'Evaluations without improvement before early stopping. Blank: never.',
    unit: 'evaluations',
    advanced: true,
  }),
  early_stopping_min_delta: field(z.number().min(0).max(100).default(0), {
    title: 'Minimum improvement',
    description: 'Smallest drop in validation loss that counts as an improvement.',
    unit: 'nats',
    advanced: true,
  }),
  target_accuracy: field(fraction().nullable().default(null), {
    title: 'Target accuracy',
    description: 'On a task: the share of right answers at which the run ends. Blank: it uses up its budget.',
    advanced: true,
  }),
  spike_factor: field(z.number().gt(1).max(1000).default(3), {
    title: 'Spike threshold',
    description: 'A loss above this multiple of its moving average counts as a spike and rolls the run back.',
    advanced: true,
  }),
  max_recoveries: field(count(0, 1000).default(3), {
    title: 'Recoveries',
    description: 'How often a run may skip a step or roll back before it fails.',
    advanced: true,
  }),
  recovery_learning_rate_factor: field(z.number().gt(0).max(1).default(0.5), {
    title: 'Learning-rate factor after rollback',
    description: 'The learning rate is multiplied by this factor after each rollback.',
    advanced: true,
  }),
  precision: field(z.enum(['fp32', 'tf32', 'bf16-mixed', 'f16-mixed']).default('fp32'), {
    title: 'Precision',
    description:
      'Number format of matrix products: bfloat16 (bf16-mixed), f16 (f16-mixed) or TF32 on NVIDIA tensor cores (tf32), accumulated in fp32, on devices that support it. f16-mixed also stores activations in f16, which saves about a third of the memory.',
  }),
  gradient_checkpointing: field(z.boolean().default(false), {
    title: 'Gradient checkpointing',
    description: 'Recompute each block in the backward pass: less memory, more time, the same gradients.',
    advanced: true,
  }),
  convolution: field(z.enum(['auto', 'fft', 'monarch']).default('auto'), {
    title: 'Long convolution',
    description: 'Algorithm: FFT, or matrix products (Monarch, arXiv 2311.05908).',
    advanced: true,
  }),
  lora_rank: field(count(1, 4096).nullable().default(null), {
    title: 'Adapter rank',
    description:
      'Rank of the adapters (LoRA, arXiv 2106.09685) that are trained instead of the weights of the run that training starts from. Blank: all weights are trained.',
    advanced: true,
  }),
  lora_alpha: field(z.number().gt(0).max(65_536).default(16), {
    title: 'Adapter alpha',
    description: 'What adapters contribute is multiplied by alpha divided by the rank.',
    advanced: true,
  }),
  lora_matrices: field(z.enum(['all', 'mixers', 'mlps']).default('all'), {
    title: 'Adapted matrices',
    description: 'Which matrices get adapters: the projections of the mixers, those of the MLPs, or all of them.',
    advanced: true,
  }),
  lora_rest: field(z.boolean().default(false), {
    title: 'Train the rest',
    description: 'Besides the adapters, train biases, norms and filters: all that is not a large matrix.',
    advanced: true,
  }),
  seed: field(count(0, 0xffffffff).default(0), {
    title: 'Seed',
    description: 'Random seed for weights, data order, dropout and samples.',
  }),
});
export type TrainingConfiguration = z.infer<typeof trainingSchema>;

/** All of a run: which data, which model, how it is trained, where. */
export const runConfigurationSchema = z.strictObject({
  dataset: z.string().min(1).describe('Name of the data set in the library.'),
  device: z.string().min(1).default('auto').describe('auto, or a device from `hyena devices`.'),
  from: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Run whose best checkpoint provides the initial weights. The architecture must be the same except for l_max. Empty: train from scratch.',
    ),
  model: modelSchema.prefault({}),
  training: trainingSchema.prefault({}),
});
export type RunConfiguration = z.infer<typeof runConfigurationSchema>;

/** A run's configuration on disk, where earlier versions may have written it. */
export const storedConfigurationSchema = z.preprocess(
  (stored) =>
    typeof stored === 'object' && stored !== null && 'model' in stored
      ? { ...stored, model: withoutFormerKeys(stored.model) }
      : stored,
  runConfigurationSchema,
);
