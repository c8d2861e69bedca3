import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { modelSchema, resolveModel, type ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { attentionSpecs, type AttentionConfiguration } from '../../main/contract/mixers/attention/parameters.ts';
import { batchOfWindows } from '../../worker/models/batch.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { attentionForward } from '../../worker/models/mixers/attention/forward.ts';
import { expectClose, type Values } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import { readLineage, type LineageVector } from './lineage.ts';
import { plain } from './models.ts';

const resolved = (settings: Record<string, unknown>): ResolvedModelConfiguration =>
  resolveModel(modelSchema.parse({ layers: 'attention', positions: 'rotary', ...settings }), 64);

/** Tensors of a file by our names, in our layout, from those that `of` finds in the file. */
type Names = Record<string, (of: (name: string) => Values) => Values>;

/** One below the other: `[rows,columns]` each. */
function stacked(parts: Values[]): Values {
  const data = Float32Array.from(parts.flatMap((part) => Array.from(part.data)));
  return { shape: [data.length / parts[0].shape[1], parts[0].shape[1]], data };
}

const same = (...names: string[]): Names => Object.fromEntries(names.map((name) => [name, (of) => of(name)]));

const operators: { file: string; config: (of: LineageVector['config']) => ResolvedModelConfiguration; names: Names }[] =
  [
    {
      file: 'attention/operator.safetensors',
      config: ({ d_model, num_heads, rotary_emb_base }) =>
        resolved({ d_model, n_head: num_heads, rope_theta: rotary_emb_base }),
      names: same('Wqkv.weight', 'Wqkv.bias', 'out_proj.weight', 'out_proj.bias'),
    },
    {
      file: 'mixers/attention_gqa.safetensors',
      config: ({ d_model, num_heads, num_kv_heads, rotary_emb_base, eps }) =>
        resolved({
          ...{ d_model, n_head: num_heads, n_kv_head: num_kv_heads, rope_theta: rotary_emb_base },
          ...{ layer_norm_epsilon: eps, qk_norm: true, mixer_bias: false },
        }),
      names: {
        'Wqkv.weight': (of) => stacked(['q', 'k', 'v'].map((which) => of(`${which}_proj.weight`))),
        ...same('q_layernorm.weight', 'k_layernorm.weight', 'out_proj.weight'),
      },
    },
  ];

/** The configuration of a language model's file. */
interface LanguageModelFile {
  readonly d_model: number;
  readonly d_inner: number;
  readonly n_layer: number;
  readonly vocab_size: number;
  readonly layer_norm_epsilon: number;
  readonly tie_embeddings: boolean;
  readonly attn_layer_idx: readonly number[];
  readonly attn_cfg: { readonly num_heads: number; readonly rotary_emb_base: number };
  /** Of the layers without attention. */
  readonly layer?: Readonly<Record<string, number>>;
}

function languageModel(file: LanguageModelFile): ResolvedModelConfiguration {
  const { d_model, d_inner, n_layer, vocab_size, layer_norm_epsilon, tie_embeddings, attn_cfg, layer } = file;
  const mixers = Array.from({ length: n_layer }, (_, index) =>
    file.attn_layer_idx.includes(index) ? 'attention' : 'hyena',
  );
  const { order, emb_dim, filter_order, w, l_max, short_filter_order, num_inner_mlps, shift } = layer ?? {};
  return resolved({
    ...{ d_model, d_inner, n_layer, vocab_size, layer_norm_epsilon, tie_embeddings, layers: mixers.join() },
    ...{ n_head: attn_cfg.num_heads, rope_theta: attn_cfg.rotary_emb_base },
    ...(layer && { order, emb_dim, filter_order, w, l_max, short_filter_order, num_inner_mlps }),
    ...(layer && { modulation_shift: shift }),
  });
}

await onEveryDevice('published attention', (device) => {
  it.each(operators)('$file: output and all gradients', async ({ file, config: configOf, names }) => {
    const vector = await readLineage(file);
    const config = configOf(vector.config) as AttentionConfiguration;
    const specs = attentionSpecs(config);
    expect(Object.keys(names).sort()).toEqual(specs.map(({ name }) => name).sort());
    const part = (kind: string, name: string) => names[name]((theirs) => vector.values(`${kind}.${theirs}`));
    const weights = new Map(
      specs.map(({ name, shape }) => {
        const values = part('weight', name);
        expect(values.shape, name).toEqual(shape);
        return [name, tf.tensor(values.data, [...shape])];
      }),
    );
    const [x, slope] = [vector.tensor('input'), vector.tensor('grad_output')];
    const { value, grads } = tf
      .engine()
      .gradients(
        () => attentionForward(x, (name) => weights.get(name)!, config, plain),
        [x, ...weights.values()],
        slope,
      );
    const close = async (what: string, actual: tf.Tensor, expected: Values) =>
      expectClose(what, await valuesOf(actual), expected, vector.tolerance);
    await close('output', value, vector.values('output'));
    await close('grad_input', grads[0], vector.values('grad_input'));
    for (const [index, { name }] of specs.entries()) await close(name, grads[index + 1], part('grad', name));
    tf.dispose([x, slope, ...weights.values()]);
  });

  it.each(['lm_attention', 'lm_hybrid'])('%s: loss, logits, all gradients and what it writes', async (name) => {
    const vector = await readLineage(`attention/${name}.safetensors`);
    const { tolerance } = vector;
    const model = LanguageModel.create(languageModel(vector.metadata('config') as LanguageModelFile), device(), 0);
    expect(
      model.parameters
        .all()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(vector.weights.sort());
    for (const name of vector.weights) {
      const values = vector.values(`weight.${name}`);
      expect(model.parameters.get(name).shape).toEqual(values.shape);
      model.parameters.set(name, values.data);
    }
    const ids = Int32Array.from(vector.values('input_ids').data);
    const [batchSize, columns] = vector.values('input_ids').shape;
    const batch = batchOfWindows(ids, batchSize, columns - 1);
    const logits = await model.logits(batch.ids, batchSize);
    const expected = vector.values('logits');
    expectClose('logits', { shape: expected.shape, data: logits }, expected, tolerance);
    const { loss, gradients } = model.lossAndGradients(batch, plain);
    const most = Math.max(...expected.data.map(Math.abs));
    expect(Math.abs((await loss) - (vector.metadata('loss') as number))).toBeLessThan(2 * tolerance * most);
    for (const name of gradients.names) {
      const gradient = { shape: gradients.get(name).shape, data: await gradients.read(name) };
      expectClose(`gradient of ${name}`, gradient, vector.values(`grad.${name}`), tolerance);
    }
    gradients.dispose();

    // Greedy, from the prompt on.
    const written = Array.from(vector.values('generated').data);
    const prompt = vector.metadata('prompt_length') as number;
    const decoder = new Decoder(model);
    const read = await decoder.prefill(Int32Array.from(written.slice(0, prompt)));
    let scores = read.logits;
    for (const [index, id] of written.slice(prompt).entries()) {
      const best = scores.reduce((likeliest, score, token) => (score > scores[likeliest] ? token : likeliest), 0);
      expect(best, `token ${index}`).toBe(id);
      [scores] = await decoder.step([read.text], [id]);
    }
    read.text.dispose();
    decoder.dispose();
    model.dispose();
  });
});
