import { Layout, listed, needed } from '../layout.ts';
import type { PublishedConfig, PublishedTensor } from '../published.ts';

/** The tensors of a published file of LFM2, all bf16. */
export function lfm2Layout(config: PublishedConfig): PublishedTensor[] {
  const width = needed(config, 'hidden_size', 'block_dim');
  const heads = needed(config, 'num_attention_heads', 'num_heads');
  const perHead = width / heads;
  const keys = needed(config, 'num_key_value_heads') * perHead;
  const asked = needed(config, 'block_ff_dim', 'intermediate_size');
  const multiple = config.number('block_multiple_of') ?? 256;
  const adjusted = config.boolean('block_auto_adjust_ff_dim') ?? false;
  const hidden = adjusted ? multiple * Math.ceil(Math.trunc((2 * asked) / 3) / multiple) : asked;
  const attention = listed(config, 'full_attn_idxs');
  const layout = new Layout('model.');
  layout.add('embed_tokens.weight', [needed(config, 'vocab_size'), width], 'BF16');
  layout.add('embedding_norm.weight', [width], 'BF16');
  for (let layer = 0; layer < needed(config, 'num_hidden_layers'); layer++) {
    const add = (name: string, shape: number[]) => layout.add(`layers.${layer}.${name}.weight`, shape, 'BF16');
    for (const norm of ['operator_norm', 'ffn_norm']) add(norm, [width]);
    for (const name of ['w1', 'w3']) add(`feed_forward.${name}`, [hidden, width]);
    add('feed_forward.w2', [width, hidden]);
    if (attention.has(layer)) {
      add('self_attn.q_proj', [width, width]);
      for (const name of ['k_proj', 'v_proj']) add(`self_attn.${name}`, [keys, width]);
      add('self_attn.out_proj', [width, width]);
      for (const name of ['q_layernorm', 'k_layernorm']) add(`self_attn.${name}`, [perHead]);
    } else {
      add('conv.conv', [width, 1, config.number('conv_L_cache') ?? 3]);
      add('conv.in_proj', [3 * width, width]);
      add('conv.out_proj', [width, width]);
    }
  }
  return layout.tensors;
}
