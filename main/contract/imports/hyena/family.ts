import { msg, type Message } from '../../message.ts';
import {
  patternOf,
  recipesOf,
  unusedTensors,
  type Blueprint,
  type Family,
  type ImportChoices,
  type ReadSmall,
  type Recipe,
} from '../blueprint.ts';
import { boundedContext, modelFrom } from '../model-of.ts';
import {
  NamedTensors,
  unfitShape,
  unknownTensor,
  unsaid,
  unsupported,
  unsupportedSwitch,
  type PublishedConfig,
  type PublishedModel,
  type PublishedTensor,
} from '../published.ts';
import { hyenaNames } from './names.ts';

const embedding = 'backbone.embeddings.word_embeddings.weight';
const places = 'backbone.embeddings.position_embeddings.weight';

/** Hyena of safari and HyenaDNA: the same blocks under the names that this program uses, too. */
export const hyenaFamily: Family = {
  names: ['hyena', 'hyenadna'],
  recognises: (names) => {
    const modern = hyenaNames(names);
    return names.some((name) => /^backbone\.layers\.0\.mixer\.filter_fn\./.test(modern(name) ?? ''));
  },
  describe: describeHyena,
};

/** What differs between the programs that the files come from. */
interface Port {
  readonly dna: boolean;
  /** The Hugging Face port of HyenaDNA, which has no switches of its own. */
  readonly hugging: boolean;
  readonly config: PublishedConfig;
  readonly layer: PublishedConfig;
}

function portOf({ tensors, config: given }: PublishedModel, rows: number): Port {
  const hugging = given.text('model_type') === 'hyenadna' || tensors.some(({ name }) => name.startsWith('hyena.'));
  // The evaluation files of safari have the model's keys under `model_config`, HyenaDNA's at the top.
  const config = ['model_config', 'model'].map((key) => given.part(key)).find((part) => part.has('d_model')) ?? given;
  const vocabulary = config.number('vocab_size');
  return {
    dna: hugging || (vocabulary === 12 && rows <= 16) || (vocabulary === null && rows === 16),
    hugging,
    config,
    layer: hugging ? given : config.part('layer'),
  };
}

/** Switches of the authors' program that no published file uses, with the value that they have there. */
const fixedSwitches: Readonly<Record<string, unknown>> = {
  num_heads: 1,
  num_blocks: 1,
  inner_factor: 1,
  outer_mixing: false,
  post_order_ffn: false,
  normalized: false,
  activation: 'id',
  bidirectional: false,
  prenorm: true,
};

function checkSwitches({ config, layer }: Port): void {
  for (const part of [config, layer])
    for (const [key, value] of Object.entries(fixedSwitches))
      if (part.has(key) && part.values[key] !== value) throw unsupportedSwitch(key, part.values[key]);
}

/** A published Hyena in the terms of this program. Sizes come from the tensors, whatever the configuration says. */
async function describeHyena(
  published: PublishedModel,
  choices: ImportChoices,
  readSmall: ReadSmall,
): Promise<Blueprint> {
  const tensors = new NamedTensors(published.tensors, hyenaNames(published.tensors.map(({ name }) => name)));
  const [rows, width] = [0, 1].map((axis) => tensors.extent(embedding, axis, 2));
  const port = portOf(published, rows);
  checkSwitches(port);
  const { dna, hugging, config, layer } = port;
  const layers = tensors.count(/^backbone\.layers\.(\d+)\./);
  const inLayer = (index: number, name: string) => `backbone.layers.${index}.${name}`;
  const mixers = Array.from({ length: layers }, (_, index) =>
    tensors.has(inLayer(index, 'mixer.Wqkv.weight')) ? 'attention' : 'hyena',
  );
  const firstHyena = mixers.indexOf('hyena');
  const inMixer = (name: string) => inLayer(firstHyena, `mixer.${name}`);
  const filter = (name: string) => inMixer(`filter_fn.${name}`);
  const order = tensors.extent(inMixer('in_proj.weight'), 0, 2) / width - 1;
  if (!Number.isInteger(order) || order < 2) throw unfitShape(tensors.get(inMixer('in_proj.weight')));
  const inner = tensors.names.filter((name) => name.startsWith(filter('implicit_filter.')) && name.endsWith('.weight'));
  const [filterWidth, features] = [0, 1].map((axis) => tensors.extent(filter('implicit_filter.0.weight'), axis, 2));
  const length = tensors.has(filter('pos_emb.z'))
    ? tensors.extent(filter('pos_emb.z'), 1, 3)
    : (layer.number('l_max') ?? layer.number('max_seq_len'));
  if (length === null) throw unsaid('l_max');
  const frequency = layer.number('w') ?? layer.number('activation_freq') ?? (dna ? 10 : 14);
  const hasPlaces = tensors.has(places);
  const head = tensors.find('lm_head.weight');
  const isTied = head === null || head.storage === tensors.get(embedding).storage;
  const hasWindow = hugging || (layer.boolean('modulate') ?? (dna || config.file !== null));
  const model = modelFrom(
    {
      ...{ vocab_size: rows, d_model: width, n_layer: layers, layers: patternOf(mixers) },
      ...{ d_inner: tensors.extent(inLayer(0, 'mlp.fc1.weight'), 0, 2), tie_embeddings: isTied },
      ...{ order, emb_dim: features, filter_order: filterWidth, num_inner_mlps: inner.length - 2, w: frequency },
      l_max: boundedContext(length),
      short_filter_order: tensors.extent(inMixer('short_filter.weight'), 2, 3),
      modulate: hasWindow,
      modulation_shift: hugging ? 0.05 : (layer.number('shift') ?? (dna ? 0.05 : 0)),
      train_positions: !dna && layer.number('lr_pos_emb') !== 0,
      positions: hasPlaces ? 'learned' : 'none',
      final_norm_epsilon: finalEpsilon(port),
      ...attentionKeys(port, tensors, mixers),
    },
    choices,
  );
  const layout = choices.filters ?? (dna ? 'order-major' : 'channel-major');
  const channelMajor = layout === 'channel-major' && order > 2;
  const withoutSkip = layer.boolean('use_bias') === false || layer.boolean('bias') === false;
  await checkFrequencies(tensors, readSmall);
  const recipes = recipesOf(model, (name): Recipe | null => {
    if (/\.filter_fn\.(?:pos_emb\.[zt]|modulation\.deltas)$/.test(name) && !tensors.has(name)) return null;
    if (name.endsWith('.implicit_filter.1.freq')) return frequencyRecipe(tensors, name, frequency);
    if (name.endsWith('.filter_fn.bias') && withoutSkip) return { values: 'zero' };
    // Of each channel its filters one after another; here all channels of one filter.
    const permuted = channelMajor && isFilterChannels(name, inner.length - 2);
    const from = [tensors.get(name)];
    if (!permuted) return { from };
    const order1 = order - 1;
    return { from, rows: (row) => (row % width) * order1 + Math.floor(row / width) };
  });
  return {
    family: dna ? 'hyenadna' : 'hyena',
    title: dna ? 'HyenaDNA' : 'Hyena',
    ...{ model, recipes, unused: unusedOf(published, recipes), recomputed: [] },
    tokenizer: dna
      ? 'hyenadna'
      : config.file !== null && published.config.text('tokenizer_name') !== 'gpt2'
        ? 'folder'
        : 'gpt2',
    vocabulary: Math.min(rows, config.number('vocab_size') ?? (dna ? 12 : rows)),
    licence: { name: 'BSD-3-Clause' },
    notes: notesOf(port, { width, hasWindow, channelMajor, layers }),
  };
}

/** -hf: `layer_norm_epsilon` reaches the last norm alone. */
const finalEpsilon = ({ hugging, config }: Port): number | null => {
  const epsilon = hugging ? config.number('layer_norm_epsilon') : null;
  return epsilon === null || epsilon === 1e-5 ? null : epsilon;
};

/** Attention layers of safari's hybrids. */
function attentionKeys({ config }: Port, tensors: NamedTensors, mixers: readonly string[]): object {
  const index = mixers.indexOf('attention');
  if (index < 0) return {};
  const settings = config.part('attn_cfg');
  const heads = settings.number('num_heads');
  if (heads === null) throw unsaid('num_heads');
  if (settings.number('rotary_emb_dim')) throw unsupportedSwitch('rotary_emb_dim', settings.number('rotary_emb_dim'));
  const biased = tensors.has(`backbone.layers.${index}.mixer.Wqkv.bias`);
  return { n_head: heads, attention_biases: biased ? null : 'none' };
}

/** Parameters with a row or entry for each channel of each filter. */
const isFilterChannels = (name: string, innerLayers: number): boolean =>
  name.endsWith(`.implicit_filter.${2 * innerLayers + 2}.weight`) ||
  /\.filter_fn\.(?:bias|modulation\.deltas)$/.test(name);

const frequencyName = /^(backbone\.layers\.\d+\.mixer\.filter_fn\.implicit_filter\.)\d+\.freq$/;

/** One tensor for all sine layers, under some of their names; missing where it was not trained. */
function frequencyRecipe(tensors: NamedTensors, name: string, frequency: number): Recipe {
  const stem = name.slice(0, -'1.freq'.length);
  const found = tensors.names.find((other) => frequencyName.exec(other)?.[1] === stem);
  return found === undefined ? { constant: frequency } : { from: [tensors.get(found)] };
}

/** Files without shared storages have it several times, which must be equal. */
async function checkFrequencies(tensors: NamedTensors, readSmall: ReadSmall): Promise<void> {
  const firsts = new Map<string, PublishedTensor>();
  for (const name of tensors.names) {
    const stem = frequencyName.exec(name)?.[1];
    if (stem === undefined) continue;
    const tensor = tensors.get(name);
    const first = firsts.get(stem) ?? tensor;
    firsts.set(stem, first);
    if (first.storage === tensor.storage) continue;
    const [one, other] = await Promise.all([first, tensor].map(readSmall));
    if (one && other && one.some((value, index) => value !== other[index]))
      throw unsupported(msg`its sine layers have different frequencies ('${tensor.name}')`);
  }
}

/** What else a file has: other names of what is used, and beside the model what its training had. */
function unusedOf(published: PublishedModel, recipes: ReadonlyMap<string, Recipe>): string[] {
  const named = hyenaNames(published.tensors.map(({ name }) => name));
  const unused = unusedTensors(published, recipes).map(({ name }) => name);
  const unknown = unused.find((name) => {
    const modern = named(name);
    return modern !== null && !frequencyName.test(modern) && !/\.filter_fn\.bias$/.test(modern);
  });
  if (unknown !== undefined) throw unknownTensor(unknown, 'Hyena');
  return unused;
}

function notesOf(
  { dna, hugging, config, layer }: Port,
  {
    width,
    hasWindow,
    channelMajor,
    layers,
  }: { width: number; hasWindow: boolean; channelMajor: boolean; layers: number },
): Message[] {
  const notes: Message[] = [];
  const other = (key: string, actual: number) => {
    const said = config.number(key);
    if (said !== null && said !== actual)
      notes.push(msg`${config.file ?? ''} says ${key} ${said}, the tensors have ${actual}; the tensors count.`);
  };
  other('d_model', width);
  other('n_layer', layers);
  if (!dna && !hasWindow)
    notes.push(
      msg`The filters have no exponential window, as in the published evaluation. If the file was trained with one, set modulate to true.`,
    );
  if (dna && !hugging && !layer.has('shift'))
    notes.push(
      msg`The window is shifted by 0.05, as in the released inference code; the training code had no shift. To import the model without it, set modulation_shift to 0.`,
    );
  if (channelMajor)
    notes.push(
      msg`The filters are read channel by channel, as safari writes them. If the file was written by its standalone program, choose order-major filters.`,
    );
  return notes;
}
