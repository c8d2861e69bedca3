import type { ExplicitFilters, GatedConfiguration } from '../../../../contract/mixers/gated-convolution.ts';
import type { Value } from '../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../layer.ts';
import { linear, shortConvolution } from '../operations.ts';
import { shortFiltered } from './short-filter.ts';

/** Hyena-SE and Hyena-MR: explicit filters between two gates (arXiv 2503.01868, section 2.1). */
export async function gatedConvolution(
  x: Value,
  layer: Layer<GatedConfiguration>,
  { taps, groups, skip, orientation }: ExplicitFilters,
): Promise<Value> {
  const { g, config, prefix, states } = layer;
  const { d_model: d, short_filter_order: count } = config;
  const [x2, x1, v] = g.split(shortFiltered(x, layer, { channels: 3 * d, count }), 1, 3);
  const u = g.mul(x1, v);
  const values = await g.weights.readFloats(`${prefix}filter.h`);
  // Each filter is that of neighbouring channels; the operator's last tap multiplies the present.
  const all = Float32Array.from({ length: d * taps }, (_, index) => {
    const [channel, tap] = [Math.floor(index / taps), index % taps];
    const from = orientation === 'correlation' ? tap : taps - 1 - tap;
    return values[Math.floor(channel / (d / groups)) * taps + from];
  });
  const filter = g.floats(`${prefix}taps`, all, [d, 1, taps]);
  const shape = { taps: filter, bias: null, channels: d, count: taps };
  let y = shortConvolution(g, u, shape, stateOf(states, 'inputs'));
  if (skip) y = g.add(y, g.mul(g.reshape(g.weight(`${prefix}filter.D`), [-1, 1]), u));
  return linear(g, channelsFirst(g, g.mul(x2, y)), `${prefix}out_proj`);
}
