import { Layout, needed, paddedTo } from '../layout.ts';
import type { PublishedConfig, PublishedTensor } from '../published.ts';

/** The tensors of a published file of Hyena or HyenaDNA; the Hugging Face port stores `freq` once and the head by itself. */
export function hyenaLayout(given: PublishedConfig): PublishedTensor[] {
  const hugging = given.text('model_type') === 'hyenadna';
  const config = given.part('model_config').has('d_model') ? given.part('model_config') : given;
  const layer = hugging ? given : config.part('layer');
  const width = needed(config, 'd_model');
  const order = layer.number('order') ?? layer.number('hyena_order') ?? 2;
  const [features, filterWidth] = [needed(layer, 'emb_dim'), needed(layer, 'filter_order')];
  const length = needed(layer, 'l_max', 'max_seq_len');
  const inner = layer.number('num_inner_mlps') ?? 2;
  const taps = layer.number('short_filter_order') ?? 3;
  const hidden = needed(config, 'd_inner');
  const rows = paddedTo(config.number('pad_vocab_size_multiple') ?? 1, needed(config, 'vocab_size'));
  const layout = new Layout(hugging ? 'hyena.' : '');
  const embedding = 'backbone.embeddings.word_embeddings.weight';
  layout.add(embedding, [rows, width]);
  const channels = (order - 1) * width;
  for (let index = 0; index < needed(config, 'n_layer'); index++) {
    const add = (name: string, shape: number[], storage = name) =>
      layout.add(`backbone.layers.${index}.${name}`, shape, 'F32', `${index}.${storage}`);
    const linear = (name: string, outputs: number, inputs: number) => {
      add(`${name}.weight`, [outputs, inputs]);
      add(`${name}.bias`, [outputs]);
    };
    linear('mixer.in_proj', (order + 1) * width, width);
    linear('mixer.out_proj', width, width);
    add('mixer.short_filter.weight', [(order + 1) * width, 1, taps]);
    add('mixer.short_filter.bias', [(order + 1) * width]);
    const filter = 'mixer.filter_fn';
    add(`${filter}.bias`, [channels]);
    add(`${filter}.pos_emb.z`, [1, length, features]);
    add(`${filter}.pos_emb.t`, [1, length, 1]);
    for (let place = 0; place <= inner; place++) {
      linear(`${filter}.implicit_filter.${2 * place}`, filterWidth, place === 0 ? features : filterWidth);
      if (place === 0 || !hugging)
        add(`${filter}.implicit_filter.${2 * place + 1}.freq`, [1, filterWidth], `${filter}.implicit_filter.1.freq`);
    }
    add(`${filter}.implicit_filter.${2 * inner + 2}.weight`, [channels, filterWidth]);
    add(`${filter}.modulation.deltas`, [1, 1, channels]);
    for (const norm of ['norm1', 'norm2']) for (const part of ['weight', 'bias']) add(`${norm}.${part}`, [width]);
    linear('mlp.fc1', hidden, width);
    linear('mlp.fc2', width, hidden);
  }
  for (const part of ['weight', 'bias']) layout.add(`backbone.ln_f.${part}`, [width]);
  const head = { name: 'lm_head.weight', dtype: 'F32', shape: [rows, width] };
  return [...layout.tensors, { ...head, storage: hugging ? head.name : embedding }];
}
