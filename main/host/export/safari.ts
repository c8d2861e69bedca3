import path from 'node:path';
import type { ResolvedModelConfiguration } from '../../contract/configuration.ts';
import { HyenaError } from '../../contract/errors.ts';
import { modelSpecs } from '../../contract/logic/model-parameters.ts';
import { parameterSize } from '../../contract/logic/parameter-specs.ts';
import { msg, type Message } from '../../contract/message.ts';
import { mixersIn } from '../../contract/mixers/layers.ts';
import type { SettingsOf } from '../../contract/mixers/settings.ts';
import { safetensorsPieces, type TensorToWrite } from '../../library/checkpoints/safetensors.ts';
import { openWeights } from '../../library/checkpoints/weights.ts';
import { contentOf, type WriteExported } from './export-folder.ts';
import type { ExportedRun } from './exported-run.ts';

type HyenaConfiguration = ResolvedModelConfiguration & SettingsOf<'hyena'>;

/** What the published Hyena language model has no place for; null: nothing. */
function obstacle(model: ResolvedModelConfiguration): Message | null {
  const mixers = mixersIn(model);
  if (mixers.some((name) => name !== 'hyena')) return msg`its layers mix with ${mixers.join(', ')}`;
  if (model.norm !== 'layer_norm') return msg`its norm is ${model.norm}`;
  if (model.mlp !== 'gelu_tanh') return msg`its MLP is ${model.mlp}`;
  if (!model.mixer_bias || !model.mlp_bias) return msg`its projections have no biases`;
  if (model.positions !== 'none') return msg`its positions are ${model.positions}`;
  if (!model.tie_embeddings) return msg`its head has its own weights`;
  if (model.logit_scale !== 1) return msg`its logits are scaled by ${String(model.logit_scale)}`;
  const { filter_network, filter_length, l_max } = model as HyenaConfiguration;
  if (filter_network !== 'paper') return msg`its filter network is ${filter_network}`;
  if (filter_length !== null && filter_length !== l_max)
    return msg`the time of its filters runs over ${filter_length} positions`;
  return null;
}

/** Safari pads the vocabulary to whole eights. */
const padded = (vocabulary: number): number => 8 * Math.ceil(vocabulary / 8);

/**
 * Filter channels of safari's `hyena.py` go channel by channel, d·(N-1) + o; ours order by order, o·D + d. Of order 2
 * they are the same.
 *
 * @param values rows of the channels, `[(N-1)D, width]`
 */
export function channelMajor(values: Float32Array, { order, d_model }: Pick<HyenaConfiguration, 'order' | 'd_model'>) {
  const rows = (order - 1) * d_model;
  const width = values.length / rows;
  const moved = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const [o, d] = [Math.floor(row / d_model), row % d_model];
    moved.set(values.subarray(row * width, (row + 1) * width), (d * (order - 1) + o) * width);
  }
  return moved;
}

const orderMajorNames = (inner: number) =>
  new RegExp(`filter_fn\\.(bias|modulation\\.deltas|implicit_filter\\.${2 * inner + 2}\\.weight)$`);

/** The model's yaml, as safari's training program takes it. */
const yaml = ({ model, record }: ExportedRun): string => {
  const hyena = model as HyenaConfiguration;
  return `# Of run ${record.name}, by Hyena Studio.
model:
  _name_: lm
  d_model: ${model.d_model}
  n_layer: ${model.n_layer}
  d_inner: ${model.d_inner}
  vocab_size: ${model.vocab_size}
  pad_vocab_size_multiple: 8
  resid_dropout: ${model.residual_dropout}
  embed_dropout: ${model.embedding_dropout}
  fused_mlp: False
  layer_norm_epsilon: ${model.layer_norm_epsilon}
  layer:
    _name_: hyena
    emb_dim: ${hyena.emb_dim}
    filter_order: ${hyena.filter_order}
    short_filter_order: ${hyena.short_filter_order}
    l_max: ${model.l_max}
    order: ${hyena.order}
    num_inner_mlps: ${hyena.num_inner_mlps}
    w: ${hyena.w}
    modulate: True
    shift: ${hyena.modulation_shift}
    lr_pos_emb: 1e-5
`;
};

/**
 * The weights by the names of the published Hyena language model, all of them: the shared frequency three times, the
 * tied head, the vocabulary padded to whole eights, filters channel by channel.
 *
 * @throws HyenaError `bad-input` for a model that is not plain Hyena
 */
export async function writeSafari(run: ExportedRun, write: WriteExported): Promise<void> {
  const { model, checkpoint } = run;
  const problem = obstacle(model);
  if (problem)
    throw new HyenaError('bad-input', msg`Run '${run.record.name}' is not plain Hyena: ${problem}.`, {
      kept: 'Nothing was written.',
      hint: 'Export it for Hugging Face.',
      command: `hyena export ${run.record.name} FOLDER --to huggingface`,
    });
  const hyena = model as HyenaConfiguration;
  const moved = orderMajorNames(hyena.num_inner_mlps);
  const file = await openWeights(checkpoint);
  try {
    const rows = padded(model.vocab_size);
    const tensors = modelSpecs(model).flatMap(({ name, shape, aliases = [] }): TensorToWrite[] => {
      const isEmbedding = shape[0] === model.vocab_size && name.endsWith('word_embeddings.weight');
      const written = isEmbedding ? [rows, ...shape.slice(1)] : shape;
      const data = async (): Promise<Float32Array> => {
        const values = await file.readFloats(name);
        if (moved.test(name)) return channelMajor(values, hyena);
        if (!isEmbedding) return values;
        const all = new Float32Array(parameterSize(written));
        all.set(values);
        return all;
      };
      return [name, ...aliases].map((one) => ({ name: one, dtype: 'F32', shape: written, data }));
    });
    await write('model.safetensors', safetensorsPieces(tensors, { format: 'pt' }));
  } finally {
    await file.close();
  }
  await write('model.yaml', yaml(run));
  await write('tokenizer.json', contentOf(path.join(checkpoint, 'tokenizer.json')));
  await write('README.md', readme(run));
}

const readme = ({ record, step, model }: ExportedRun): string => `# ${record.name}

Weights of step ${step} by the names of the published Hyena language model (safari). A program that expects its
\`.ckpt\` gets it with

\`\`\`python
import torch
from safetensors.torch import load_file

torch.save(load_file("model.safetensors"), "model.ckpt")
\`\`\`

The vocabulary of ${model.vocab_size} is padded to ${padded(model.vocab_size)} rows of zeros, filter channels are laid out channel by
channel, and \`model.yaml\` has the model's configuration.
`;
