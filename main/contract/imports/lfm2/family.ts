import { msg } from '../../message.ts';
import {
  patternOf,
  recipesOf,
  unusedTensors,
  type Blueprint,
  type Family,
  type ImportChoices,
  type Recipe,
} from '../blueprint.ts';
import { boundedContext, modelFrom } from '../model-of.ts';
import { NamedTensors, unknownTensor, unsaid, type PublishedModel } from '../published.ts';

const nameOf = (written: string): string => written.replace(/^(?:model|module)\./, '');
const embedding = 'embed_tokens.weight';

/** LFM2 of Liquid AI: gated short convolutions and attention. */
export const lfm2Family: Family = {
  names: ['lfm2'],
  recognises: (names, config) =>
    config.model_type === 'lfm2' ||
    names.some((name) => /^layers\.\d+\.conv\.conv\.weight$/.test(nameOf(name))) ||
    names.some((name) => nameOf(name) === 'embedding_norm.weight'),
  describe: (published, choices) => Promise.resolve(describeLfm2(published, choices)),
};

/** A published LFM2 in the terms of this program. Sizes come from the tensors, whatever the configuration says. */
function describeLfm2(published: PublishedModel, choices: ImportChoices): Blueprint {
  const tensors = new NamedTensors(published.tensors, nameOf);
  const { config } = published;
  const [rows, width] = [0, 1].map((axis) => tensors.extent(embedding, axis, 2));
  const layers = tensors.count(/^layers\.(\d+)\./);
  const mixers = Array.from({ length: layers }, (_, layer) =>
    tensors.has(`layers.${layer}.conv.conv.weight`) ? 'short-conv' : 'attention',
  );
  const convolution = `layers.${mixers.indexOf('short-conv')}.conv.`;
  const attention = `layers.${mixers.indexOf('attention')}.self_attn.`;
  const biased = tensors.has(`${convolution}in_proj.bias`);
  const head = tensors.find('lm_head.weight');
  const model = modelFrom(
    {
      ...{ vocab_size: rows, d_model: width, n_layer: layers, layers: patternOf(mixers) },
      ...{ d_inner: tensors.extent('layers.0.feed_forward.w1.weight', 0, 2), mlp: 'swiglu', mlp_bias: false },
      ...{ norm: 'rms_norm', layer_norm_epsilon: config.number('norm_eps') ?? config.number('block_norm_eps') ?? 1e-5 },
      ...{ mixer_bias: biased, l_max: boundedContext(config.number('max_position_embeddings') ?? 128_000) },
      tie_embeddings: head === null || head.storage === tensors.get(embedding).storage,
      ...(mixers.includes('short-conv') && { short_conv_length: tensors.extent(`${convolution}conv.weight`, 2, 3) }),
      ...(mixers.includes('attention') && attentionKeys(published, tensors, attention, width)),
    },
    choices,
  );
  const recipes = recipesOf(model, (name): Recipe => ({
    from: publishedNames(name, mixers).map((one) => tensors.get(one)),
  }));
  const unused = unusedTensors(published, recipes).map(({ name }) => name);
  if (unused.length > 0) throw unknownTensor(unused[0], 'LFM2');
  return {
    ...{
      family: 'lfm2',
      title: 'LFM2',
      model,
      recipes,
      unused,
      recomputed: [],
      tokenizer: 'folder',
      vocabulary: rows,
      notes: [],
    },
    licence: {
      name: 'LFM Open License 1.0',
      address: 'liquid.ai/lfm-license',
      terms: msg`The licence of LFM2 permits commercial use only to those whose yearly revenue is below 10 million US dollars, and asks that it be passed on with the model.`,
    },
  };
}

function attentionKeys({ config }: PublishedModel, tensors: NamedTensors, prefix: string, width: number): object {
  const normed = tensors.find(`${prefix}q_layernorm.weight`);
  const heads =
    config.number('num_attention_heads') ?? config.number('num_heads') ?? (normed ? width / normed.shape[0] : null);
  if (heads === null) throw unsaid('num_attention_heads');
  const kvHeads = tensors.extent(`${prefix}k_proj.weight`, 0, 2) / (width / heads);
  return {
    ...{ positions: 'rotary', n_head: heads, n_kv_head: kvHeads, qk_norm: normed !== null, attention_biases: 'none' },
    rope_theta: config.number('rope_theta') ?? config.part('rope_parameters').number('rope_theta') ?? 1_000_000,
  };
}

const outer: Readonly<Record<string, string>> = {
  'backbone.embeddings.word_embeddings.weight': embedding,
  'backbone.ln_f.weight': 'embedding_norm.weight',
  'lm_head.weight': 'lm_head.weight',
};
const inLayers: Readonly<Record<string, readonly string[]>> = {
  'norm1.weight': ['operator_norm.weight'],
  'norm2.weight': ['ffn_norm.weight'],
  'mlp.gate.weight': ['feed_forward.w1.weight'],
  'mlp.fc1.weight': ['feed_forward.w3.weight'],
  'mlp.fc2.weight': ['feed_forward.w2.weight'],
  'mixer.in_proj.weight': ['conv.in_proj.weight'],
  'mixer.in_proj.bias': ['conv.in_proj.bias'],
  'mixer.conv.weight': ['conv.conv.weight'],
  'mixer.conv.bias': ['conv.conv.bias'],
  'mixer.Wqkv.weight': ['q_proj', 'k_proj', 'v_proj'].map((name) => `self_attn.${name}.weight`),
  'mixer.q_layernorm.weight': ['self_attn.q_layernorm.weight'],
  'mixer.k_layernorm.weight': ['self_attn.k_layernorm.weight'],
};

/** The names of the tensors that make a parameter. */
function publishedNames(name: string, mixers: readonly string[]): string[] {
  if (Object.hasOwn(outer, name)) return [outer[name]];
  const [, layer, own = ''] = /^backbone\.layers\.(\d+)\.(.*)$/.exec(name) ?? [];
  if (own.startsWith('mixer.out_proj.'))
    return [
      `layers.${layer}.${mixers[Number(layer)] === 'attention' ? 'self_attn' : 'conv'}.${own.slice('mixer.'.length)}`,
    ];
  return (inLayers[own] ?? []).map((one) => `layers.${layer}.${one}`);
}
