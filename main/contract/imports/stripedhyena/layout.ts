import { Layout, listed, needed } from '../layout.ts';
import type { PublishedConfig, PublishedTensor } from '../published.ts';

/** The tensors of a published file of StripedHyena 1, Evo 1 or Evo 2: bf16, but for poles and residues. */
export function stripedHyenaLayout(config: PublishedConfig): PublishedTensor[] {
  const second = config.has('hcl_layer_idxs');
  const width = needed(config, 'hidden_size');
  const heads = needed(config, 'num_attention_heads');
  const kvHeads = heads / (config.number('proj_groups') ?? 1);
  const states = needed(config, 'state_size');
  const multiple = config.number('inner_size_multiple_of') ?? 64;
  const hidden = config.number('inner_mlp_size') ?? multiple * Math.ceil(Math.trunc((8 * width) / 3) / multiple);
  const taps = config.number('short_filter_length') ?? 3;
  const rows = needed(config, 'vocab_size');
  const [attention, short, medium] = ['attn', 'hcs', 'hcm'].map((kind) => listed(config, `${kind}_layer_idxs`));
  const layout = new Layout(second ? '' : 'backbone.');
  const half = (name: string, shape: number[]) => layout.add(name, shape, 'BF16');
  half('embedding_layer.weight', [rows, width]);
  for (let layer = 0; layer < needed(config, 'num_layers'); layer++) {
    const add = (name: string, shape: number[], dtype = 'BF16') => layout.add(`blocks.${layer}.${name}`, shape, dtype);
    for (const norm of ['pre_norm', 'post_norm']) add(`${norm}.scale`, [width]);
    for (const name of ['l1', 'l2']) add(`mlp.${name}.weight`, [hidden, width]);
    add('mlp.l3.weight', [width, hidden]);
    const linear = (name: string, outputs: number, biased: boolean) => {
      add(`${name}.weight`, [outputs, width]);
      if (biased) add(`${name}.bias`, [outputs]);
    };
    if (attention.has(layer)) {
      const perHead = width / heads;
      linear('inner_mha_cls.Wqkv', (heads + 2 * kvHeads) * perHead, config.boolean('qkv_proj_bias') ?? false);
      linear('inner_mha_cls.out_proj', width, config.boolean('mha_out_proj_bias') ?? false);
      add('inner_mha_cls.rotary_emb.inv_freq', [perHead / 2]);
      continue;
    }
    linear('projections', 3 * width, !second);
    linear('out_filter_dense', width, true);
    add('filter.short_filter_weight', [3 * width, 1, taps]);
    if (config.boolean('short_filter_bias') ?? true) add('filter.short_filter_bias', [3 * width]);
    if (short.has(layer)) {
      add('filter.h', [needed(config, 'hcs_filter_groups'), 1, needed(config, 'hcs_filter_length')]);
      continue;
    }
    add('filter.D', [width]);
    if (medium.has(layer))
      add('filter.h', [needed(config, 'hcm_filter_groups'), 1, needed(config, 'hcm_filter_length')]);
    else if (second) {
      const filters = config.number('hcl_filter_groups') ?? width;
      add('filter.log_poles', [filters, states, 1], 'F32');
      add('filter.residues', [filters, states], 'F32');
    } else for (const name of ['poles', 'residues']) add(`filter.${name}`, [width, states, 1, 2], 'F32');
  }
  half('norm.scale', [width]);
  if (!(config.boolean('tie_embeddings') ?? false)) half('unembed.weight', [rows, width]);
  return layout.tensors;
}
