import { mamba2Sizes, type Mamba2Configuration } from '../../../../../contract/mixers/mamba2/parameters.ts';
import type { Graph, Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, shortConvolution } from '../../operations.ts';

const silu = (g: Graph, x: Value): Value => g.mul(x, g.op('Sigmoid', [x]));

/** One position: state `[B,H,N,P]`, x `[B,H,P]`, step and decay `[B,H]`, b and c `[B,N]`. */
function position(g: Graph, skip: Value, [state]: Value[], [x, step, decay, b, c]: Value[]) {
  const column = (value: Value) => g.unsqueeze(value, [1, 3]);
  const added = g.mul(column(b), g.unsqueeze(g.mul(x, g.unsqueeze(step, [2])), [2]));
  const next = g.add(g.mul(state, g.unsqueeze(decay, [2, 3])), added);
  return { state: [next], output: g.add(g.sum(g.mul(next, column(c)), 2), g.mul(x, skip)) };
}

/** A short convolution, a selective state space, a gate and a norm (Mamba-2, arXiv 2405.21060, section 7). */
export function mamba2Graph(x: Value, { g, config, prefix, states }: Layer<Mamba2Configuration>): Value {
  const { inner, heads, headDim, states: count, convolved } = mamba2Sizes(config);
  const own = (name: string) => g.weight(prefix + name);
  const p = channelsFirst(g, linear(g, x, `${prefix}in_proj`));
  const part = (from: Value, begin: number, size: number) => g.slice(from, 1, begin, begin + size);
  const taps = { taps: own('conv1d.weight'), bias: own('conv1d.bias') };
  const shape = { ...taps, channels: convolved, count: config.mamba_conv_length };
  const short = silu(g, shortConvolution(g, part(p, inner, convolved), shape, stateOf(states, 'inputs')));
  // Positions first, `[L,B,…]`.
  const rows = (value: Value) => g.transpose(value, [2, 0, 1]);
  const u = g.reshape(rows(part(short, 0, inner)), [0, 0, heads, headDim]);
  const raw = g.add(rows(part(p, inner + convolved, heads)), own('dt_bias'));
  const step = g.op('Softplus', [raw]);
  const decay = g.op('Exp', [g.op('Neg', [g.mul(step, g.op('Exp', [own('A_log')]))])]);
  const inputs = [u, step, decay, rows(part(short, inner, count)), rows(part(short, inner + count, count))];
  const skip = g.reshape(own('D'), [heads, 1]);
  let y: Value;
  if (states) {
    const here = inputs.map((value) => g.op('Squeeze', [value, g.ints([0])]));
    const { state, output } = position(g, skip, [states.read('state', [heads, count, headDim])], here);
    states.write('state', state[0]);
    y = g.unsqueeze(output, [0]);
  } else {
    const first = g.unsqueeze(g.op('Squeeze', [g.slice(u, 0, 0, 1), g.ints([0])]), [2]);
    const nothing = g.mul(first, g.floats(`${prefix}nothing`, new Float32Array(count), [count, 1]));
    y = g.scan([nothing], inputs, (state, at) => position(g, skip, state, at));
  }
  const mixed = g.transpose(g.reshape(y, [0, 0, inner]), [1, 0, 2]);
  const gated = g.mul(mixed, silu(g, channelsFirst(g, part(p, 0, inner))));
  const mean = g.op('ReduceMean', [g.mul(gated, gated), g.ints([-1])], { keepdims: 1 });
  const root = g.op('Sqrt', [g.add(mean, g.scalar(config.layer_norm_epsilon))]);
  return linear(g, g.mul(g.op('Div', [gated, root]), own('norm.weight')), `${prefix}out_proj`);
}
