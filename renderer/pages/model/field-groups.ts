import type { Field } from '../../../main/contract/schema-fields.ts';

/** What most people set, if anything; all else stands behind 'More settings', by what it is about. */
const essential: ReadonlySet<string> = new Set([
  ...['model.layers', 'model.n_layer', 'model.d_model', 'model.l_max'],
  ...['training.max_steps', 'training.batch_size', 'training.learning_rate', 'training.warmup_steps'],
]);
export const isEssential = ({ path }: Field): boolean => essential.has(path);

const groups = {
  shape: ['d_inner', 'mlp', 'first_mlp', 'norm', 'vocab_size', 'tie_embeddings', 'positions'],
  initial: [
    'initializer_range',
    'embedding_dropout',
    'residual_dropout',
    'logit_scale',
    'layer_norm_epsilon',
    'final_norm_epsilon',
  ],
  budget: ['max_epochs', 'max_tokens', 'max_minutes', 'target_accuracy', 'seed'],
  schedule: ['schedule', 'sequence_length', 'gradient_accumulation_steps', 'grad_clip'],
  evaluation: ['checkpoint_interval', 'keep_checkpoints'],
  stability: ['spike_factor', 'max_recoveries', 'recovery_learning_rate_factor'],
  speed: ['precision', 'gradient_checkpointing', 'convolution'],
  adapters: [],
} as const satisfies Record<string, readonly string[]>;
const patterns: readonly (readonly [group: FieldGroup, key: RegExp])[] = [
  ['adapters', /^lora_/],
  ['budget', /^early_stopping_/],
  ['evaluation', /^(eval|sample)_/],
  ['schedule', /^(warmup|min_learning|sequence_length|adam)_|learning_rate$|weight_decay$/],
  ['shape', /^(rope|mixer|mlp)_/],
];
export type FieldGroup = keyof typeof groups | 'mixers';

function groupOf({ key, section }: Field): FieldGroup {
  for (const [group, keys] of Object.entries(groups))
    if ((keys as readonly string[]).includes(key)) return group as FieldGroup;
  // What is left of a model belongs to its mixers.
  return patterns.find(([, pattern]) => pattern.test(key))?.[0] ?? (section === 'model' ? 'mixers' : 'schedule');
}

const order: readonly FieldGroup[] = [
  ...(['shape', 'mixers', 'initial', 'budget', 'schedule', 'evaluation', 'speed', 'stability', 'adapters'] as const),
];

/** Fields by what they are about; groups without any are left out. */
export const grouped = (fields: readonly Field[]): { group: FieldGroup; fields: Field[] }[] =>
  order
    .map((group) => ({ group, fields: fields.filter((field) => groupOf(field) === group) }))
    .filter(({ fields: own }) => own.length > 0);
