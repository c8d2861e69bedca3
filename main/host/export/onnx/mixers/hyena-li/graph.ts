import { hyenaLiModes } from '../../../../../contract/mixers/hyena-li/curves.ts';
import type { HyenaLiConfiguration } from '../../../../../contract/mixers/hyena-li/parameters.ts';
import type { Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, modalConvolution } from '../../operations.ts';
import { shortFiltered } from '../short-filter.ts';

/** Hyena of order 2 whose filters are sums of exponentials (StripedHyena 2, arXiv 2503.01868, section 2.1). */
export async function hyenaLiGraph(x: Value, layer: Layer<HyenaLiConfiguration>): Promise<Value> {
  const { g, config, prefix, states } = layer;
  const { d_model: d, short_filter_order: count } = config;
  const [x2, x1, v] = g.split(shortFiltered(x, layer, { channels: 3 * d, count }), 1, 3);
  const modesOf = await hyenaLiModes(config, (name) => g.weights.readFloats(prefix + name));
  const modes = Array.from({ length: d }, (_, channel) => modesOf(channel));
  const u = g.mul(x1, v);
  const y = modalConvolution(g, u, { name: `${prefix}modes`, modes }, stateOf(states, 'modes'));
  const skip = g.mul(g.reshape(g.weight(`${prefix}filter.D`), [-1, 1]), u);
  return linear(g, channelsFirst(g, g.mul(x2, g.add(y, skip))), `${prefix}out_proj`);
}
