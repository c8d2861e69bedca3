import type { Value } from '../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../layer.ts';
import { linear, shortConvolution } from '../operations.ts';

/** A projection and the depthwise convolution after it, `[B,channels,L]`. */
export function shortFiltered(
  x: Value,
  { g, prefix, states }: Omit<Layer, 'config'>,
  { channels, count }: { channels: number; count: number },
): Value {
  const bias = `${prefix}short_filter.bias`;
  return shortConvolution(
    g,
    channelsFirst(g, linear(g, x, `${prefix}in_proj`)),
    {
      ...{ taps: g.weight(`${prefix}short_filter.weight`), channels, count },
      bias: g.weights.has(bias) ? g.weight(bias) : null,
    },
    stateOf(states, 'tail'),
  );
}
