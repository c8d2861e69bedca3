import { msg, type Message } from '../../message.ts';
import type { ModelInput } from '../../model-configuration.ts';
import {
  patternOf,
  recipesOf,
  unusedTensors,
  type Blueprint,
  type Family,
  type FamilyName,
  type ImportChoices,
  type ReadSmall,
  type Recipe,
} from '../blueprint.ts';
import { boundedContext, modelFrom } from '../model-of.ts';
import {
  NamedTensors,
  unfitShape,
  unknownTensor,
  unsupportedSwitch,
  type PublishedConfig,
  type PublishedModel,
} from '../published.ts';
import { rotaryBase } from './rotary-base.ts';
import { attentionRow, projectionRow } from './rows.ts';

const prefixes = /^(?:(?:backbone|model|module|_orig_mod)\.)+/;
const embedding = 'embedding_layer.weight';
const head = 'unembed.weight';

/** What a file has beside its weights: states of FP8, what was left over from trainings, angles in bf16. */
const leftOver = /(?:\._extra_state|\.rotary_emb\.inv_freq)$|^blocks\.\d+\.mixer\./;

/** What of a long filter neighbouring channels share where there are fewer filters than channels (StripedHyena 2). */
const longFilter = /\.filter\.(?:(?:log_)?poles|residues)$/;

const nameOf = (written: string): string => written.replace(prefixes, '');

/** StripedHyena 1 and 2: StripedHyena 7B, Evo 1, Evo 2. */
export const stripedHyenaFamily: Family = {
  names: ['stripedhyena', 'evo', 'evo2'],
  recognises: (names) =>
    names.some((name) => nameOf(name) === embedding) &&
    names.some((name) => nameOf(name) === 'blocks.0.pre_norm.scale'),
  describe: describeStripedHyena,
};

type BlockKind = 'attention' | 'hyena-li' | 'hyena-se' | 'hyena-mr';

interface Striped {
  readonly tensors: NamedTensors;
  readonly config: PublishedConfig;
  readonly width: number;
  readonly rows: number;
  readonly kinds: readonly BlockKind[];
  readonly family: Extract<FamilyName, 'stripedhyena' | 'evo' | 'evo2'>;
}

const bytes = 512;
const titles = { stripedhyena: 'StripedHyena 1', evo: 'Evo 1', evo2: 'Evo 2' } as const;

function read({ tensors: published, config }: PublishedModel): Striped {
  const tensors = new NamedTensors(published, (name) => (leftOver.test(nameOf(name)) ? null : nameOf(name)));
  const [rows, width] = [0, 1].map((axis) => tensors.extent(embedding, axis, 2));
  const layers = tensors.count(/^blocks\.(\d+)\./);
  const kinds = Array.from({ length: layers }, (_, layer): BlockKind => {
    const has = (name: string) => tensors.has(`blocks.${layer}.${name}`);
    if (has('inner_mha_cls.Wqkv.weight')) return 'attention';
    if (has('filter.poles') || has('filter.log_poles')) return 'hyena-li';
    return has('filter.D') ? 'hyena-mr' : 'hyena-se';
  });
  const isSecond =
    kinds.some((kind) => kind === 'hyena-se' || kind === 'hyena-mr') ||
    tensors.names.some((name) => name.endsWith('.filter.log_poles')) ||
    config.boolean('interleave') === true;
  return { tensors, config, width, rows, kinds, family: isSecond ? 'evo2' : rows === bytes ? 'evo' : 'stripedhyena' };
}

/** Values of which only one is computed here. */
function checkSwitches({ config, tensors, width, family }: Striped): void {
  const groups = config.number('hyena_filter_groups');
  if (family !== 'evo2' && groups !== null && groups !== 1) throw unsupportedSwitch('hyena_filter_groups', groups);
  if (config.boolean('smeared_gqa')) throw unsupportedSwitch('smeared_gqa', true);
  if (!tensors.has('norm.scale')) throw unsupportedSwitch('final_norm', false);
  for (const name of tensors.names) {
    if (!longFilter.test(name)) continue;
    const filters = tensors.get(name).shape[0];
    if (filters !== width && (family !== 'evo2' || width % filters !== 0)) throw unfitShape(tensors.get(name));
  }
}

/** A published StripedHyena in the terms of this program. Sizes come from the tensors, whatever the configuration says. */
async function describeStripedHyena(
  published: PublishedModel,
  choices: ImportChoices,
  readSmall: ReadSmall,
): Promise<Blueprint> {
  const striped = read(published);
  checkSwitches(striped);
  const { tensors, config, width, rows, kinds, family } = striped;
  const angles = published.tensors.find(({ name }) => name.endsWith('.rotary_emb.inv_freq')) ?? null;
  const heads = headsOf(striped, angles?.shape[0] ?? null);
  const storedHead = tensors.find(head);
  const isTied =
    storedHead === null ||
    storedHead.storage === tensors.get(embedding).storage ||
    (config.boolean('tie_embeddings') ?? false);
  const eps = config.number('eps') ?? (family === 'stripedhyena' ? 1e-5 : 1e-6);
  const inside = config.boolean('use_flash_rmsnorm') ?? (config.file === null && family === 'stripedhyena');
  const { mlp, first_mlp } = activations(striped);
  const model = modelFrom(
    {
      ...filterKeys(striped),
      ...(await attentionKeys(striped, heads, async () => (angles ? await readSmall(angles) : null))),
      ...{ vocab_size: rows, d_model: width, n_layer: kinds.length, layers: patternOf(kinds) },
      ...{ d_inner: tensors.extent('blocks.0.mlp.l1.weight', 0, 2), tie_embeddings: isTied, mlp, first_mlp },
      ...{ mlp_bias: false, norm: inside ? 'rms_norm' : 'rms_norm_outside_eps', layer_norm_epsilon: eps },
      l_max: boundedContext(config.number('max_seqlen') ?? 8192),
    },
    choices,
  );
  const layout = {
    ...{ width, heads },
    byHead: config.boolean('column_split_hyena') ?? family !== 'evo2',
    interleaved: config.boolean('interleave') ?? family === 'evo2',
    flipped: config.boolean('hyena_flip_x1x2') ?? false,
  };
  if (width % heads !== 0) throw unsupportedSwitch('num_attention_heads', heads);
  const byHead = family === 'evo2' && (config.boolean('column_split') ?? true);
  if (byHead && kinds.includes('attention') && (model.n_kv_head ?? heads) !== heads)
    throw unsupportedSwitch('proj_groups', heads / (model.n_kv_head ?? heads));
  const recipes = recipesOf(model, (name): Recipe => {
    const source = publishedName(name, kinds);
    const from = [tensors.get(source)];
    if (/\.(?:projections\.(?:weight|bias)|filter\.short_filter_(?:weight|bias))$/.test(source))
      return { from, rows: projectionRow(layout) };
    if (byHead && /\.inner_mha_cls\.Wqkv\.(?:weight|bias)$/.test(source))
      return { from, rows: attentionRow(width, heads) };
    if (longFilter.test(source)) return { from, repeated: width / from[0].shape[0] };
    return { from };
  });
  const unused = unusedOf(published, recipes);
  const isAngles = (name: string) => name.endsWith('.rotary_emb.inv_freq');
  return {
    ...{ family, title: titles[family], model, recipes },
    unused: unused.filter((name) => !isAngles(name)),
    recomputed: unused.filter(isAngles),
    tokenizer: rows === bytes ? 'evo-bytes' : 'folder',
    vocabulary: rows,
    licence: { name: 'Apache-2.0' },
    notes: notesOf(striped, heads, angles !== null),
  };
}

/** Heads of attention, which the projections of Hyena are split by, too. */
function headsOf({ config, width }: Striped, angles: number | null): number {
  const said = config.number('num_attention_heads');
  if (said !== null && Number.isInteger(said) && said >= 1) return said;
  return angles === null ? Math.max(1, Math.round(width / 128)) : width / (2 * angles);
}

function activations({
  config,
  family,
  kinds,
}: Striped): Pick<ModelInput, 'first_mlp'> & { mlp: 'swiglu' | 'geglu' | 'bilinear' } {
  const named = config.text('mlp_activation') ?? (family === 'stripedhyena' ? 'silu' : 'gelu');
  const mlp = ({ silu: 'swiglu', gelu: 'geglu', identity: 'bilinear' } as const)[named.toLowerCase()];
  if (mlp === undefined) throw unsupportedSwitch('mlp_activation', named);
  const evo2 = config.boolean('evo2_style_activations') ?? (config.file === null && family === 'evo2');
  if (!evo2) return { mlp };
  return kinds.length === 1 ? { mlp } : { mlp: 'bilinear', first_mlp: mlp };
}

const biasChoice = (input: boolean, output: boolean) =>
  input ? (output ? 'all' : 'input') : output ? 'output' : ('none' as const);

/** The keys of the blocks of Hyena. */
function filterKeys({ tensors, kinds }: Striped): ModelInput {
  const inKind = (kind: BlockKind, name: string) => `blocks.${kinds.indexOf(kind)}.${name}`;
  const first = kinds.findIndex((kind) => kind !== 'attention');
  if (first < 0) return {};
  const inBlock = (name: string) => `blocks.${first}.${name}`;
  const keys: ModelInput = {
    short_filter_order: tensors.extent(inBlock('filter.short_filter_weight'), 2, 3),
    short_filter_bias: tensors.has(inBlock('filter.short_filter_bias')),
    convolution_biases: biasChoice(
      tensors.has(inBlock('projections.bias')),
      tensors.has(inBlock('out_filter_dense.bias')),
    ),
  };
  for (const [kind, prefix] of [
    ['hyena-se', 'se'],
    ['hyena-mr', 'mr'],
  ] as const)
    if (kinds.includes(kind)) {
      keys[`${prefix}_filter_groups`] = tensors.extent(inKind(kind, 'filter.h'), 0, 3);
      keys[`${prefix}_filter_length`] = tensors.extent(inKind(kind, 'filter.h'), 2, 3);
    }
  if (kinds.includes('hyena-li')) {
    const poles = inKind('hyena-li', 'filter.poles');
    const complex = tensors.has(poles);
    keys.modal_poles = complex ? 'complex' : 'real';
    keys.modal_form = 'free';
    keys.modal_states = complex
      ? tensors.extent(poles, 1, 4)
      : tensors.extent(inKind('hyena-li', 'filter.log_poles'), 1, 3);
  }
  return keys;
}

async function attentionKeys(
  { tensors, config, width, kinds, family }: Striped,
  heads: number,
  angles: () => Promise<Float32Array | null>,
): Promise<ModelInput> {
  const first = kinds.indexOf('attention');
  if (first < 0) return {};
  const inBlock = (name: string) => `blocks.${first}.inner_mha_cls.${name}`;
  const perHead = width / heads;
  const kvHeads = (tensors.extent(inBlock('Wqkv.weight'), 0, 2) / perHead - heads) / 2;
  if (!Number.isInteger(kvHeads) || kvHeads < 1) throw unfitShape(tensors.get(inBlock('Wqkv.weight')));
  const interpolated = config.boolean('use_interpolated_rotary_pos_emb') ?? false;
  // The published program's own default, where a configuration names none.
  const usual = family === 'evo2' ? 1_000_000 : 10_000;
  const read = config.file === null ? await angles() : null;
  return {
    ...{ positions: 'rotary', n_head: heads, n_kv_head: kvHeads },
    rope_theta: config.number('rotary_emb_base') ?? (read ? rotaryBase(read) : usual),
    rope_interpolation: interpolated ? (config.number('rotary_emb_scaling_factor') ?? 1) : 1,
    attention_biases: biasChoice(tensors.has(inBlock('Wqkv.bias')), tensors.has(inBlock('out_proj.bias'))),
  };
}

const outer: Readonly<Record<string, string>> = {
  'backbone.embeddings.word_embeddings.weight': embedding,
  'backbone.ln_f.weight': 'norm.scale',
  'lm_head.weight': head,
};
const inBlocks: Readonly<Record<string, string>> = {
  'norm1.weight': 'pre_norm.scale',
  'norm2.weight': 'post_norm.scale',
  'mlp.gate.weight': 'mlp.l1.weight',
  'mlp.fc1.weight': 'mlp.l2.weight',
  'mlp.fc2.weight': 'mlp.l3.weight',
};
const inMixers: Readonly<Record<'attention' | 'hyena', Readonly<Record<string, string>>>> = {
  attention: {
    'mixer.Wqkv.weight': 'inner_mha_cls.Wqkv.weight',
    'mixer.Wqkv.bias': 'inner_mha_cls.Wqkv.bias',
    'mixer.out_proj.weight': 'inner_mha_cls.out_proj.weight',
    'mixer.out_proj.bias': 'inner_mha_cls.out_proj.bias',
  },
  hyena: {
    'mixer.in_proj.weight': 'projections.weight',
    'mixer.in_proj.bias': 'projections.bias',
    'mixer.short_filter.weight': 'filter.short_filter_weight',
    'mixer.short_filter.bias': 'filter.short_filter_bias',
    'mixer.out_proj.weight': 'out_filter_dense.weight',
    'mixer.out_proj.bias': 'out_filter_dense.bias',
    ...Object.fromEntries(
      ['poles', 'log_poles', 'residues', 'D', 'h'].map((name) => [`mixer.filter.${name}`, `filter.${name}`]),
    ),
  },
};

/** The name that a parameter has in these files. */
function publishedName(name: string, kinds: readonly BlockKind[]): string {
  if (Object.hasOwn(outer, name)) return outer[name];
  const [, layer, own = ''] = /^backbone\.layers\.(\d+)\.(.*)$/.exec(name) ?? [];
  const inMixer = inMixers[kinds[Number(layer)] === 'attention' ? 'attention' : 'hyena'];
  return `blocks.${layer}.${inBlocks[own] ?? inMixer[own] ?? own}`;
}

function unusedOf(published: PublishedModel, recipes: ReadonlyMap<string, Recipe>): string[] {
  const unused = unusedTensors(published, recipes).map(({ name }) => name);
  const unknown = unused.find((name) => !leftOver.test(nameOf(name)) && nameOf(name) !== head);
  if (unknown !== undefined) throw unknownTensor(unknown, titles.stripedhyena);
  return unused;
}

/** How many long filters a layer has; null: no layer has any. */
const longFiltersOf = ({ tensors }: Striped): number | null => {
  const name = tensors.names.find((one) => longFilter.test(one));
  return name === undefined ? null : tensors.get(name).shape[0];
};

function notesOf(striped: Striped, heads: number, hasAngles: boolean): Message[] {
  const { config, width, kinds, family } = striped;
  const notes: Message[] = [];
  const other = (key: string, actual: number) => {
    const said = config.number(key);
    if (said !== null && said !== actual)
      notes.push(msg`${config.file ?? ''} says ${key} ${said}, the tensors have ${actual}; the tensors count.`);
  };
  other('hidden_size', width);
  other('num_layers', kinds.length);
  if (config.file === null)
    notes.push(
      hasAngles
        ? msg`No configuration found: ${heads} heads and the rotary base were read off the file, epsilon and activation are those of ${titles[family]}.`
        : msg`No configuration found: ${heads} heads were assumed.`,
    );
  const filters = longFiltersOf(striped);
  if (filters !== null && filters < width)
    notes.push(
      msg`${filters} long {0|one: filter is|other: filters are} shared by ${width} channels in the file; here each channel has a copy, which counts as parameters.`,
    );
  if (family === 'evo2' && (config.boolean('use_fp8_input_projections') ?? width === 1920))
    notes.push(
      msg`Its input projections were trained in FP8, which is not computed here. By NVIDIA's account the 7B models do without; the scores of the 1B model are then near random.`,
    );
  return notes;
}
