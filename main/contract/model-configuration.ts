import { z } from 'zod';
import { descriptionOf } from './mixers/index.ts';
import { mixersIn, parseLayers } from './mixers/layers.ts';
import { mixerNames, type MixerName } from './mixers/names.ts';
import { mixerSettings, type AllMixerSettings } from './mixers/settings.ts';
import { msg, toEnglish, type Message } from './message.ts';
import { count, field, fraction } from './setting.ts';

/** Keys that every model has, whatever its layers mix with. */
const sharedSettings = {
  vocab_size: field(count(2, 1_000_000).nullable().default(null), {
    title: 'Vocabulary',
    description: 'Size of the vocabulary. Blank: that of the tokenizer of the data.',
    unit: 'tokens',
    advanced: true,
  }),
  d_model: field(count(4, 16_384).default(128), {
    title: 'Width',
    description: 'Channels of the residual stream (D).',
    unit: 'channels',
  }),
  n_layer: field(count(1, 256).default(4), { title: 'Layers', description: 'Blocks of a mixer and an MLP.' }),
  layers: field(z.string().min(1).max(4096).default('hyena'), {
    title: 'Mixers',
    description:
      'What mixes along the sequence in each layer: a mixer, or a pattern that is repeated, as hyena*3,attention.',
    advanced: true,
  }),
  d_inner: field(count(1, 65_536).nullable().default(null), {
    title: 'MLP width',
    description: 'Hidden channels of the MLP. Blank: four times the width.',
    unit: 'channels',
  }),
  l_max: field(count(1, 1 << 20).default(1024), {
    title: 'Context length',
    description: 'Longest sequence of training; the longest at all for mixers whose filters end there.',
    unit: 'tokens',
  }),
  norm: field(z.enum(['layer_norm', 'rms_norm', 'rms_norm_outside_eps']).default('layer_norm'), {
    title: 'Norm',
    description: 'What normalises the residual stream. rms_norm_outside_eps adds epsilon to the root, not below it.',
    advanced: true,
  }),
  layer_norm_epsilon: field(z.number().gt(0).max(1).default(1e-5), {
    title: 'Layer norm epsilon',
    description: 'Added to the variance.',
    advanced: true,
  }),
  final_norm_epsilon: field(z.number().gt(0).max(1).nullable().default(null), {
    title: 'Final norm epsilon',
    description: 'Epsilon of the norm before the head. Blank: as of the other norms.',
    advanced: true,
  }),
  mlp: field(z.enum(['gelu_tanh', 'gelu', 'swiglu', 'geglu', 'bilinear', 'none']).default('gelu_tanh'), {
    title: 'MLP',
    description: 'The second half of each block: its activation, a gated one of three matrices, or none.',
    advanced: true,
  }),
  first_mlp: field(z.enum(['swiglu', 'geglu', 'bilinear']).nullable().default(null), {
    title: 'First MLP',
    description: 'The gated MLP of the first block, where it differs, as in Evo 2. Blank: as in the other blocks.',
    advanced: true,
  }),
  mixer_bias: field(z.boolean().default(true), {
    title: 'Mixer biases',
    description: 'The projections of the mixers have biases.',
    advanced: true,
  }),
  mlp_bias: field(z.boolean().default(true), {
    title: 'MLP biases',
    description: 'The matrices of the MLPs have biases.',
    advanced: true,
  }),
  positions: field(z.enum(['none', 'learned', 'rotary']).default('none'), {
    title: 'Positions',
    description:
      'How attention learns the order of tokens: learned vectors added to the embedding, or rotary. Convolutions and recurrences need none.',
    advanced: true,
  }),
  tie_embeddings: field(z.boolean().default(true), {
    title: 'Tied embeddings',
    description: 'The head uses the embedding matrix.',
    advanced: true,
  }),
  logit_scale: field(z.number().positive().max(1000).default(1), {
    title: 'Logit scale',
    description: 'Logits are multiplied by this number; 1/√D keeps those of a tied head small at first.',
    advanced: true,
  }),
  initializer_range: field(z.number().positive().max(1).default(0.02), {
    title: 'Initial standard deviation',
    description: 'Standard deviation of the initial weights.',
    advanced: true,
  }),
  embedding_dropout: field(fraction().max(0.95).default(0), {
    title: 'Embedding dropout',
    description: 'Share of embedding values dropped during training.',
    advanced: true,
  }),
  residual_dropout: field(fraction().max(0.95).default(0), {
    title: 'Residual dropout',
    description: "Share of each block's output values dropped during training.",
    advanced: true,
  }),
};

/** Keys of rotary positions (RoFormer, arXiv 2104.09864). */
const rotarySettings = {
  rope_theta: field(z.number().gt(1).max(1e12).default(10_000), {
    title: 'Rotary base',
    description: 'Base of the wavelengths of rotary positions.',
    advanced: true,
  }),
  rope_interpolation: field(z.number().gt(0).max(65_536).default(1), {
    title: 'Rotary interpolation',
    description:
      'Positions are divided by this factor (arXiv 2306.15595): a longer context with the angles of a shorter one.',
    advanced: true,
  }),
};

type SharedSettings = z.output<z.ZodObject<typeof sharedSettings>>;
type RotarySettings = z.output<z.ZodObject<typeof rotarySettings>>;

/** A model: the shared keys, and of the others those that belong to what it chooses. */
export type ModelConfiguration = SharedSettings & Partial<RotarySettings> & Partial<AllMixerSettings>;
/** A model configuration with nothing left open: what a checkpoint holds and a model is built from. */
export type ResolvedModelConfiguration = ModelConfiguration & { vocab_size: number; d_inner: number };
/** Any part of a model. `mixer` is how earlier versions wrote `layers`. */
export type ModelInput = Partial<ModelConfiguration> & { mixer?: string };

/** Keys that belong to a choice, with what a person reads where it was not made. */
interface Branch {
  readonly settings: z.ZodRawShape;
  readonly chosen: (choices: Choices) => boolean;
  readonly missing: Message;
}

interface Choices {
  readonly mixers: readonly MixerName[];
  readonly positions: unknown;
}

const branches: readonly Branch[] = [
  ...mixerNames.map((name) => ({
    settings: mixerSettings[name],
    chosen: ({ mixers }: Choices) => mixers.includes(name),
    missing: msg`belongs to the mixer ${name}, which model.layers does not use`,
  })),
  {
    settings: rotarySettings,
    chosen: ({ positions }) => positions === 'rotary',
    missing: msg`applies only to rotary positions`,
  },
];

/** Every key that a model may have, whatever it chooses: what a help page lists. */
export const allModelSettings = z.strictObject({
  ...sharedSettings,
  ...(Object.assign({}, ...branches.map(({ settings }) => settings)) as z.ZodRawShape),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemas = new Map<string, z.ZodObject>();

/** The keys of a model with these choices. */
function schemaFor(choices: Choices): z.ZodObject {
  const chosen = branches.filter((branch) => branch.chosen(choices));
  const name = chosen.map((branch) => branches.indexOf(branch)).join();
  let schema = schemas.get(name);
  if (!schema) {
    schema = z.strictObject({ ...sharedSettings, ...Object.assign({}, ...chosen.map(({ settings }) => settings)) });
    schemas.set(name, schema);
  }
  return schema;
}

/** What a model chooses, or what is wrong with its choices. */
function choicesOf({ layers = 'hyena', positions = 'none' }: Record<string, unknown>): Choices | { problem: Message } {
  if (typeof layers !== 'string') return { mixers: [], positions };
  const parsed = parseLayers(layers);
  return 'problem' in parsed ? parsed : { mixers: mixersIn({ layers }), positions };
}

/** The keys that a model with these choices may have: what a form shows. */
export function settingsFor(model: Record<string, unknown>): z.ZodType {
  const choices = choicesOf(model);
  return 'problem' in choices ? schemaFor({ mixers: [], positions: model.positions }) : schemaFor(choices);
}

/** A model without the keys that belong to what it does not choose. */
export function withoutForeignKeys(model: Record<string, unknown>): Record<string, unknown> {
  const choices = choicesOf(model);
  if ('problem' in choices) return model;
  const own = schemaFor(choices).shape;
  return Object.fromEntries(
    Object.entries(model).filter(([key]) => !Object.hasOwn(allModelSettings.shape, key) || Object.hasOwn(own, key)),
  );
}

/** Keys of a model that earlier versions wrote, with the one value that they could have. */
const formerKeys: Readonly<Record<string, unknown>> = { activation: 'gelu_tanh' };

/** A model as an earlier version stored it, as this one reads it. Another value of a former key stays, and is refused. */
export const withoutFormerKeys = (model: unknown): unknown =>
  isObject(model)
    ? Object.fromEntries(
        Object.entries(model).filter(([key, value]) => !Object.hasOwn(formerKeys, key) || formerKeys[key] !== value),
      )
    : model;

/** `mixer`, the one mixer of all layers, is how earlier versions wrote `layers`. */
function withLayers({ mixer, ...model }: Record<string, unknown>): Record<string, unknown> {
  return mixer === undefined || model.layers !== undefined ? model : { ...model, layers: mixer };
}

/**
 * A model. The shared keys and those of what it chooses are there, with their defaults; a key of anything else is refused
 * by its name. Issues that are whole sentences carry `params.whole`.
 */
const parsedModel = z.unknown().transform((input, context): ModelConfiguration => {
  const model = isObject(input) ? withLayers(input) : input;
  const whole = (key: string, message: Message) =>
    context.issues.push({
      code: 'custom',
      path: [key],
      message: toEnglish(message),
      params: { whole: true },
      input: isObject(model) ? model[key] : undefined,
    });
  const choices = choicesOf(isObject(model) ? model : {});
  if ('problem' in choices) {
    whole('layers', choices.problem);
    return z.NEVER;
  }
  const schema = schemaFor(choices);
  const foreign = isObject(model)
    ? branches.flatMap((branch) =>
        branch.chosen(choices)
          ? []
          : Object.keys(branch.settings)
              .filter((key) => Object.hasOwn(model, key) && !Object.hasOwn(schema.shape, key))
              .map((key) => ({ key, missing: branch.missing })),
      )
    : [];
  for (const { key, missing } of foreign) whole(key, msg`model.${key} ${missing}.`);
  const parsed = schema.safeParse(
    isObject(model) && foreign.length > 0
      ? Object.fromEntries(Object.entries(model).filter(([key]) => !foreign.some((one) => one.key === key)))
      : model,
  );
  if (parsed.success) {
    const complete = parsed.data as ModelConfiguration;
    if (complete.first_mlp !== null && !isGated(complete))
      whole('first_mlp', msg`model.first_mlp is ${complete.first_mlp}, but model.mlp, ${complete.mlp}, has no gate.`);
    for (const name of choices.mixers) {
      const problem = descriptionOf(name).problem?.(complete);
      if (problem) whole(problem.key, problem.message);
    }
    return complete;
  }
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: undefined });
  return z.NEVER;
});
export const modelSchema = parsedModel as unknown as z.ZodType<ModelConfiguration, ModelInput>;

/** MLPs with a gate: two matrices in, one out. */
export const isGated = ({ mlp }: Pick<ModelConfiguration, 'mlp'>): boolean =>
  mlp === 'swiglu' || mlp === 'geglu' || mlp === 'bilinear';

/** Whether anything is dropped during training. */
export const hasDropout = ({ embedding_dropout, residual_dropout, gate_dropout = 0 }: ModelConfiguration): boolean =>
  embedding_dropout > 0 || residual_dropout > 0 || gate_dropout > 0;

/** A model as one of its blocks sees it: the first may have an MLP of its own. */
export const blockConfiguration = <Model extends Pick<ModelConfiguration, 'mlp' | 'first_mlp'>>(
  model: Model,
  layer: number,
): Model => (layer === 0 && model.first_mlp !== null ? { ...model, mlp: model.first_mlp } : model);

/** Hidden channels of an MLP: 4 D; of a gated one, which has three matrices, 8/3 D in whole sixteens. */
const usualWidth = (model: ModelConfiguration): number =>
  isGated(model) ? 16 * Math.ceil((8 * model.d_model) / 3 / 16) : 4 * model.d_model;

/** Fills in what depends on the data: the vocabulary and the MLP width. */
export function resolveModel(model: ModelConfiguration, vocabularySize: number): ResolvedModelConfiguration {
  return { ...model, vocab_size: model.vocab_size ?? vocabularySize, d_inner: model.d_inner ?? usualWidth(model) };
}
