import { squashed, type LongConvConfiguration } from '../../../../../contract/mixers/long-conv/description.ts';
import type { Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, shortConvolution } from '../../operations.ts';

/** A squashed filter per channel, GELU, and a gated projection (arXiv 2302.06646). */
export async function longConvGraph(
  x: Value,
  { g, config, prefix, states }: Layer<LongConvConfiguration>,
): Promise<Value> {
  const { d_model: d, l_max, long_conv_squash } = config;
  const values = await g.weights.readFloats(`${prefix}kernel.kernel`);
  // The operator's last tap multiplies the present.
  const all = Float32Array.from({ length: d * l_max }, (_, index) => {
    const [channel, tap] = [Math.floor(index / l_max), index % l_max];
    return squashed(values[channel * l_max + l_max - 1 - tap], long_conv_squash);
  });
  const u = channelsFirst(g, x);
  const shape = { taps: g.floats(`${prefix}taps`, all, [d, 1, l_max]), bias: null, channels: d, count: l_max };
  const convolved = shortConvolution(g, u, shape, stateOf(states, 'inputs'));
  const y = g.add(convolved, g.mul(g.reshape(g.weight(`${prefix}D`), [-1, 1]), u));
  const [a, b] = g.split(linear(g, channelsFirst(g, g.op('Gelu', [y])), `${prefix}output_linear`), 2, 2);
  return g.mul(a, g.op('Sigmoid', [b]));
}
