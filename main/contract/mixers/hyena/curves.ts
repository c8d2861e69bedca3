import type { FilterView } from '../../views.ts';
import type { CurveQuery, StoredWeights } from '../mixer.ts';
import { firstFrequency, type HyenaConfiguration } from './parameters.ts';
import { featureCount } from './positions.ts';

const network = 'filter_fn.implicit_filter';

/**
 * The implicit filters at some positions (Hyena, arXiv 2302.10866, section 3.3): every position is computed by itself,
 * so a picture costs as much as its points.
 */
export async function hyenaCurves(
  model: HyenaConfiguration,
  weights: StoredWeights,
  { layer, channels, points }: CurveQuery,
): Promise<FilterView> {
  const { l_max, filter_order: width, num_inner_mlps, modulation_shift, modulate, d_model, order } = model;
  const features = featureCount(model);
  const count = Math.min(points, l_max);
  const positions = Array.from({ length: count }, (_, index) =>
    Math.round((index * (l_max - 1)) / Math.max(1, count - 1)),
  );
  const [z, times, frequency, deltas] = await Promise.all([
    weights('filter_fn.pos_emb.z'),
    weights('filter_fn.pos_emb.t'),
    weights(`${network}.1.freq`),
    weights('filter_fn.modulation.deltas'),
  ]);
  const layers: { weight: Float32Array; bias: Float32Array; inputs: number }[] = [];
  for (let index = 0; index <= num_inner_mlps; index++)
    layers.push({
      weight: await weights(`${network}.${2 * index}.weight`),
      bias: await weights(`${network}.${2 * index}.bias`),
      inputs: index === 0 ? features : width,
    });
  const last = await weights(`${network}.${2 * num_inner_mlps + 2}.weight`);
  const total = (order - 1) * d_model;
  const drawn = Array.from({ length: Math.min(channels, total) }, (_, index) =>
    Math.round(((index + 0.5) * total) / Math.min(channels, total) - 0.5),
  );
  const responses = drawn.map((channel) => ({ channel, response: [] as number[], window: [] as number[] }));
  for (const position of positions) {
    let hidden: number[] = Array.from(z.subarray(position * features, (position + 1) * features));
    for (const [layerIndex, { weight, bias, inputs }] of layers.entries()) {
      const before = hidden;
      hidden = Array.from({ length: width }, (_, unit) => {
        let sum = bias[unit];
        for (let input = 0; input < inputs; input++) sum += weight[unit * inputs + input] * before[input];
        return Math.sin((layerIndex === 0 ? firstFrequency(model) : 1) * frequency[unit] * sum);
      });
    }
    const time = times[position];
    for (const { channel, response, window } of responses) {
      let sum = 0;
      for (let unit = 0; unit < width; unit++) sum += last[channel * width + unit] * hidden[unit];
      const decay = modulate ? Math.exp(-time * Math.abs(deltas[channel])) + modulation_shift : 1;
      response.push(sum * decay);
      window.push(decay);
    }
  }
  return { layer, order, length: l_max, positions, channels: responses };
}
