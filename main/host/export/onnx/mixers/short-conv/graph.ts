import type { ShortConvConfiguration } from '../../../../../contract/mixers/short-conv/description.ts';
import type { Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, shortConvolution } from '../../operations.ts';

/** out_proj(C·conv(B·x)), as in LFM2. */
export function shortConvGraph(x: Value, { g, config, prefix, states }: Layer<ShortConvConfiguration>): Value {
  const { d_model: channels, short_conv_length: count } = config;
  const [b, c, value] = g.split(channelsFirst(g, linear(g, x, `${prefix}in_proj`)), 1, 3);
  const bias = g.weights.has(`${prefix}conv.bias`) ? g.weight(`${prefix}conv.bias`) : null;
  const shape = { taps: g.weight(`${prefix}conv.weight`), bias, channels, count };
  const y = shortConvolution(g, g.mul(b, value), shape, stateOf(states, 'inputs'));
  return linear(g, channelsFirst(g, g.mul(c, y)), `${prefix}out_proj`);
}
