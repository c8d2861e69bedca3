import {
  firstFrequency,
  layerPlaces,
  type HyenaConfiguration,
} from '../../../../../contract/mixers/hyena/parameters.ts';
import { featureCount } from '../../../../../contract/mixers/hyena/positions.ts';
import { toEnd, type Value } from '../../graph.ts';
import { channelsFirst, type Layer } from '../../layer.ts';
import { linear, longConvolution } from '../../operations.ts';
import { shortFiltered } from '../short-filter.ts';

/** The implicit filters of the first positions, `[(N-1)D,length]`, or of all. */
function hyenaFilters({ g, prefix, config }: Layer<HyenaConfiguration>, length: Value | null): Value {
  const { l_max, filter_order: width, modulate, modulation_shift, num_inner_mlps } = config;
  const network = `${prefix}filter_fn.implicit_filter`;
  const first = (x: Value) => (length === null ? x : g.slice(x, 0, 0, length));
  let h = first(g.reshape(g.weight(`${prefix}filter_fn.pos_emb.z`), [l_max, featureCount(config)]));
  const frequency = g.reshape(g.weight(`${network}.1.freq`), [width]);
  for (const place of layerPlaces(config)) {
    const phase = g.mul(frequency, linear(g, h, `${network}.${place}`));
    h = g.op('Sin', [place === 0 ? g.mul(phase, g.scalar(firstFrequency(config))) : phase]);
  }
  h = linear(g, h, `${network}.${2 * num_inner_mlps + 2}`);
  if (modulate) {
    const t = first(g.reshape(g.weight(`${prefix}filter_fn.pos_emb.t`), [l_max, 1]));
    const deltas = g.op('Abs', [g.reshape(g.weight(`${prefix}filter_fn.modulation.deltas`), [1, -1])]);
    const window = g.op('Exp', [g.op('Neg', [g.mul(t, deltas)])]);
    h = g.mul(h, g.add(window, g.scalar(modulation_shift)));
  }
  return g.transpose(h, [1, 0]);
}

/** The Hyena operator of order N (arXiv 2302.10866, definition 3.1). */
export function hyenaGraph(x: Value, layer: Layer<HyenaConfiguration>): Value {
  const { g, config, prefix, states } = layer;
  const { d_model: d, order, short_filter_order: count } = config;
  const channels = (order + 1) * d;
  const parts = g.split(shortFiltered(x, layer, { channels, count }), 1, order + 1);
  const filters = g.split(hyenaFilters(layer, states ? null : g.size(x, 1)), 0, order - 1);
  const skips = g.split(g.reshape(g.weight(`${prefix}filter_fn.bias`), [-1, 1]), 0, order - 1);
  let v = parts[order];
  for (let stage = 0; stage < order - 1; stage++) {
    const u = g.mul(v, parts[order - 1 - stage]);
    let y: Value;
    if (states) {
      // What was convolved so far meets the filter from its end.
      const whole = g.concat([states.read(`inputs_${stage}`, [d, 'past']), u], 2);
      states.write(`inputs_${stage}`, whole);
      const reversed = g.slice(filters[stage], 1, -1, -toEnd, -1);
      const taps = g.slice(reversed, 1, g.op('Neg', [g.size(whole, 2)]), toEnd);
      y = g.sum(g.mul(whole, taps), 2, true);
    } else y = longConvolution(g, u, filters[stage]);
    v = g.add(y, g.mul(skips[stage], u));
  }
  return linear(g, channelsFirst(g, g.mul(v, parts[0])), `${prefix}out_proj`);
}
