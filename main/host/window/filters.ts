import path from 'node:path';
import { SafetensorsFile } from '../../../worker/checkpoints/safetensors.ts';
import { listCheckpoints } from '../../../worker/checkpoints/checkpoint-folder.ts';
import type { ParameterSpec } from '../../../worker/models/parameters.ts';
import { modelSchema, resolveModel, type ResolvedModelConfiguration } from '../../contract/configuration.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { RequestParams } from '../../contract/requests.ts';
import type { RunSummary } from '../../contract/runs.ts';
import type { FilterView } from '../../contract/views.ts';

/** The weights of one layer's filters by their names within the mixer. */
type FilterWeights = (name: string) => Promise<Float32Array>;
const network = 'filter_fn.implicit_filter';

/** Weights as training would start from. Its module computes with tensors elsewhere, so it is loaded when needed. */
async function initialWeights(model: ResolvedModelConfiguration, layer: number, seed: number): Promise<FilterWeights> {
  const [{ hyena }, { initialValues }] = await Promise.all([
    import('../../../worker/models/mixers/hyena.ts'),
    import('../../../worker/models/parameters.ts'),
  ]);
  const specs = new Map<string, ParameterSpec>(hyena.specs(model).map((spec) => [spec.name, spec]));
  return (name) => {
    const spec = specs.get(name);
    if (!spec) throw new HyenaError('internal', `The filters have no parameter '${name}'.`);
    const published = `backbone.layers.${layer}.mixer.${name}`;
    return Promise.resolve(initialValues({ ...spec, name: published }, seed));
  };
}

/**
 * The implicit filters at some positions (Hyena, arXiv 2302.10866, section 3.3): every position is computed by itself,
 * so a picture costs as much as its points.
 */
async function drawFilters(
  model: ResolvedModelConfiguration,
  weights: FilterWeights,
  { layer, channels, points }: Pick<RequestParams<'model.filters'>, 'layer' | 'channels' | 'points'>,
): Promise<FilterView> {
  const { l_max, emb_dim, filter_order: width, num_inner_mlps, modulation_shift, d_model, order } = model;
  const count = Math.min(points, l_max);
  const positions = Array.from({ length: count }, (_, index) =>
    Math.round((index * (l_max - 1)) / Math.max(1, count - 1)),
  );
  const [z, frequency, deltas] = await Promise.all([
    weights('filter_fn.pos_emb.z'),
    weights(`${network}.1.freq`),
    weights('filter_fn.modulation.deltas'),
  ]);
  const layers: { weight: Float32Array; bias: Float32Array; inputs: number }[] = [];
  for (let index = 0; index <= num_inner_mlps; index++)
    layers.push({
      weight: await weights(`${network}.${2 * index}.weight`),
      bias: await weights(`${network}.${2 * index}.bias`),
      inputs: index === 0 ? emb_dim : width,
    });
  const last = await weights(`${network}.${2 * num_inner_mlps + 2}.weight`);
  const total = (order - 1) * d_model;
  const drawn = Array.from({ length: Math.min(channels, total) }, (_, index) =>
    Math.round(((index + 0.5) * total) / Math.min(channels, total) - 0.5),
  );
  const responses = drawn.map((channel) => ({ channel, response: [] as number[], window: [] as number[] }));
  for (const position of positions) {
    let hidden: number[] = Array.from(z.subarray(position * emb_dim, (position + 1) * emb_dim));
    for (const { weight, bias, inputs } of layers) {
      const before = hidden;
      hidden = Array.from({ length: width }, (_, unit) => {
        let sum = bias[unit];
        for (let input = 0; input < inputs; input++) sum += weight[unit * inputs + input] * before[input];
        return Math.sin(frequency[unit] * sum);
      });
    }
    const time = l_max > 1 ? position / (l_max - 1) : 0;
    for (const { channel, response, window } of responses) {
      let sum = 0;
      for (let unit = 0; unit < width; unit++) sum += last[channel * width + unit] * hidden[unit];
      const decay = Math.exp(-time * Math.abs(deltas[channel])) + modulation_shift;
      response.push(sum * decay);
      window.push(decay);
    }
  }
  return { layer, order, length: l_max, positions, channels: responses };
}

/** The filters of a configuration as they start, or of the last checkpoint of a run. */
export async function filterView(
  { source, ...what }: RequestParams<'model.filters'>,
  runs: { get(name: string): Promise<RunSummary> },
): Promise<FilterView> {
  if (source.from === 'configuration') {
    const { model, training } = source.configuration;
    const layer = Math.min(what.layer, model.n_layer - 1);
    const resolved = resolveModel(model, 256);
    return drawFilters(resolved, await initialWeights(resolved, layer, training.seed), { ...what, layer });
  }
  const run = await runs.get(source.run);
  const model = resolveModel(modelSchema.parse(run.configuration.model), 256);
  const layer = Math.min(what.layer, model.n_layer - 1);
  const checkpoint = (await listCheckpoints(run.path)).at(-1);
  if (!checkpoint)
    return drawFilters(model, await initialWeights(model, layer, run.configuration.training.seed), { ...what, layer });
  const file = await SafetensorsFile.open(path.join(checkpoint.path, 'model.safetensors'));
  try {
    const weights: FilterWeights = (name) => file.readFloats(`backbone.layers.${layer}.mixer.${name}`);
    return await drawFilters(model, weights, { ...what, layer });
  } finally {
    await file.close();
  }
}
