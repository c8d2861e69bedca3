import type { FamilyName } from './blueprint.ts';

/** A published model that this program knows of. */
export interface KnownModel {
  /** On the hub, OWNER/NAME. */
  readonly id: string;
  readonly family: FamilyName;
  readonly licence: string;
  /** What its configuration says. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The revision to use, where the main one is not right. */
  readonly revision?: string;
  /** Whether it was trained on chats of the form `### Instruction:`, `### Response:`. Default: on raw text. */
  readonly chats?: boolean;
}

const dna = (name: string, [d_model, n_layer, max_seq_len]: readonly [number, number, number]): KnownModel => ({
  ...{ id: `LongSafari/hyenadna-${name}-hf`, family: 'hyenadna', licence: 'BSD-3-Clause' },
  config: {
    ...{ model_type: 'hyenadna', d_model, d_inner: 4 * d_model, n_layer, max_seq_len, emb_dim: 5, filter_order: 64 },
    ...{ hyena_order: 2, num_inner_mlps: 2, short_filter_order: 3, activation_freq: 10, layer_norm_epsilon: 1e-5 },
    ...{ vocab_size: 12, pad_vocab_size_multiple: 8, tie_word_embeddings: false, train_freq: true, use_bias: true },
  },
});

const striped = (name: string): KnownModel => ({
  ...{ id: `togethercomputer/StripedHyena-${name}-7B`, family: 'stripedhyena', licence: 'Apache-2.0' },
  config: {
    ...{ model_type: 'stripedhyena', vocab_size: 32_000, hidden_size: 4096, num_layers: 32, inner_mlp_size: 14_336 },
    attn_layer_idxs: Array.from({ length: 16 }, (_, index) => 2 * index + 1),
    ...{ num_attention_heads: 32, proj_groups: 4, state_size: 2, short_filter_length: 3, short_filter_bias: true },
    ...{ rotary_emb_base: 500_000, eps: 1e-5, use_flash_rmsnorm: true, tie_embeddings: false, max_seqlen: 32_768 },
    ...{ qkv_proj_bias: false, mha_out_proj_bias: false, column_split_hyena: true },
  },
});

const evo1 = (id: string, context: number, revision?: string): KnownModel => ({
  ...{ id, family: 'evo', licence: 'Apache-2.0', ...(revision === undefined ? {} : { revision }) },
  config: {
    ...{ model_type: 'stripedhyena', vocab_size: 512, hidden_size: 4096, num_layers: 32, attn_layer_idxs: [8, 16, 24] },
    ...{ num_attention_heads: 32, proj_groups: 1, state_size: 8, inner_size_multiple_of: 16, mlp_activation: 'gelu' },
    ...{ rotary_emb_base: 10_000, eps: 1e-6, use_flash_rmsnorm: false, tie_embeddings: true, max_seqlen: context },
    ...{ qkv_proj_bias: true, mha_out_proj_bias: true, short_filter_bias: true, column_split_hyena: true },
    ...(context > 8192 ? { use_interpolated_rotary_pos_emb: true, rotary_emb_scaling_factor: 16 } : {}),
  },
});

/** S: Hyena-SE, D: Hyena-MR, H: Hyena-LI, *: attention. */
const evo2Pattern = 'SDH*SDHSDH*SDHSDH*SDHSDH*SDHSDH*SDH*SDHSDH*SDHSDH*';
const placesOf = (pattern: string, letter: string): number[] =>
  [...pattern].flatMap((one, index) => (one === letter ? [index] : []));

function evo2(
  name: string,
  sizes: { layers: number; width: number; heads: number; inner: number; groups: number },
  rotary: { base: number; divided: number; context: number },
): KnownModel {
  const pattern = evo2Pattern.slice(0, sizes.layers);
  const { width, heads, inner, groups, layers } = sizes;
  return {
    ...{ id: `arcinstitute/${name}`, family: 'evo2', licence: 'Apache-2.0' },
    config: {
      ...{ model_name: name, vocab_size: 512, hidden_size: width, num_layers: layers, num_attention_heads: heads },
      ...{ attn_layer_idxs: placesOf(pattern, '*'), hcl_layer_idxs: placesOf(pattern, 'H') },
      ...{ hcm_layer_idxs: placesOf(pattern, 'D'), hcs_layer_idxs: placesOf(pattern, 'S') },
      ...{ hcm_filter_length: 128, hcm_filter_groups: groups, hcs_filter_length: 7, hcs_filter_groups: groups },
      ...{ hcl_filter_groups: width, state_size: 16, inner_mlp_size: inner, short_filter_length: 3, eps: 1e-6 },
      ...{ short_filter_bias: false, qkv_proj_bias: false, mha_out_proj_bias: true, hyena_out_proj_bias: true },
      ...{ interleave: true, column_split: true, column_split_hyena: false, evo2_style_activations: true },
      ...{ mlp_activation: 'gelu', tie_embeddings: true, proj_groups: 1, max_seqlen: rotary.context },
      ...{ rotary_emb_base: rotary.base, use_fp8_input_projections: width === 1920 },
      ...(rotary.divided > 1
        ? { use_interpolated_rotary_pos_emb: true, rotary_emb_scaling_factor: rotary.divided }
        : {}),
    },
  };
}

const of7B = { layers: 32, width: 4096, heads: 32, groups: 256 };
const of40B = { layers: 50, width: 8192, heads: 64, groups: 512 };
const short = { divided: 1, context: 8192 };
const long = { divided: 128, context: 1_048_576 };

const lfm2 = (size: string, sizes: [number, number, number, number, number], full_attn_idxs: number[]): KnownModel => {
  const [width, layers, heads, keyHeads, hidden] = sizes;
  return {
    ...{ id: `LiquidAI/LFM2-${size}`, family: 'lfm2', licence: 'LFM Open License 1.0' },
    config: {
      ...{ model_type: 'lfm2', vocab_size: 65_536, hidden_size: width, num_hidden_layers: layers, full_attn_idxs },
      ...{ num_attention_heads: heads, num_key_value_heads: keyHeads, block_ff_dim: hidden, block_multiple_of: 256 },
      ...{ block_auto_adjust_ff_dim: size !== '2.6B', conv_L_cache: 3, norm_eps: 1e-5, rope_theta: 1_000_000 },
      max_position_embeddings: 128_000,
    },
  };
};

/** Published models of the families that can be imported. */
export const knownModels: readonly KnownModel[] = [
  {
    ...{ id: 'Zymrael/hyena-small-150b-tok', family: 'hyena', licence: 'BSD-3-Clause' },
    config: {
      ...{ model_name: 'hyena-small', tokenizer_name: 'gpt2' },
      model_config: {
        ...{ d_model: 864, d_inner: 1728, n_layer: 18, vocab_size: 50_257, pad_vocab_size_multiple: 8 },
        layer: { _name_: 'hyena', emb_dim: 33, filter_order: 64, l_max: 2048, modulate: false, w: 14 },
      },
    },
  },
  dna('tiny-1k-seqlen', [128, 2, 1026]),
  dna('tiny-1k-seqlen-d256', [256, 2, 1026]),
  dna('tiny-16k-seqlen-d128', [128, 2, 16_386]),
  dna('small-32k-seqlen', [256, 4, 32_770]),
  dna('medium-160k-seqlen', [256, 8, 160_002]),
  dna('medium-450k-seqlen', [256, 8, 450_002]),
  dna('large-1m-seqlen', [256, 8, 1_000_002]),
  striped('Hessian'),
  { ...striped('Nous'), chats: true },
  evo1('togethercomputer/evo-1-8k-base', 8192, '1.1_fix'),
  evo1('togethercomputer/evo-1-131k-base', 131_072, '1.1_fix'),
  evo1('evo-design/evo-1.5-8k-base', 8192),
  evo1('LongSafari/evo-1-8k-crispr', 8192),
  evo1('LongSafari/evo-1-8k-transposon', 8192),
  evo2('evo2_1b_base', { layers: 25, width: 1920, heads: 15, inner: 5120, groups: 128 }, { base: 10_000, ...short }),
  evo2('evo2_7b_base', { ...of7B, inner: 11_008 }, { base: 10_000, ...short }),
  evo2('evo2_7b_262k', { ...of7B, inner: 11_008 }, { base: 10_000, divided: 32, context: 262_144 }),
  evo2('evo2_7b', { ...of7B, inner: 11_264 }, { base: 10_000, ...long }),
  evo2('evo2_20b', { ...of40B, layers: 24, inner: 22_528 }, { base: 1_000_000, ...long }),
  evo2('evo2_40b_base', { ...of40B, inner: 21_888 }, { base: 1_000_000, ...short }),
  evo2('evo2_40b', { ...of40B, inner: 22_528 }, { base: 1_000_000, ...long }),
  lfm2('350M', [1024, 16, 16, 8, 6656], [2, 5, 8, 10, 12, 14]),
  lfm2('700M', [1536, 16, 24, 8, 10_240], [2, 5, 8, 10, 12, 14]),
  lfm2('1.2B', [2048, 16, 32, 8, 12_288], [2, 5, 8, 10, 12, 14]),
  lfm2('2.6B', [2048, 30, 32, 8, 10_752], [2, 5, 9, 13, 17, 21, 24, 28]),
];

/** Whether a folder of that name holds a known model of chats: its files are those of a model of raw text. */
export const isKnownForChats = (folder: string): boolean =>
  knownModels.some(({ id, chats = false }) => chats && id.toLowerCase().endsWith(`/${folder.toLowerCase()}`));

/** The model of that id, in whatever case. */
export const knownModel = (id: string): KnownModel | null =>
  knownModels.find((one) => one.id.toLowerCase() === id.toLowerCase()) ?? null;
