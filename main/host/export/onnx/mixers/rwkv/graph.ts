import type { Graph, Value } from '../../graph.ts';
import type { Layer } from '../../layer.ts';
import { linear } from '../../operations.ts';

/** Below all exponents: of what was never seen. */
const least = -1e30;

/** Names of what is kept: the last input, and the sums of the average with the exponent that they are relative to. */
const kept = ['last', 'sum', 'weights', 'exponent'] as const;

interface Vectors {
  readonly rate: Value;
  readonly bonus: Value;
}

/** One position of the average (arXiv 2305.13048, equation 14), `[B,D]` each; the exponents never grow beyond the largest. */
function average(g: Graph, { rate, bonus }: Vectors, [sum, weights, kept]: Value[], [k, v]: Value[]) {
  const known = g.op('Greater', [weights, g.scalar(0)]);
  const exponent = g.op('Where', [known, kept, g.scalar(least)]);
  const relative = (a: Value, b: Value) => {
    const top = g.op('Max', [a, b]);
    return { top, first: g.op('Exp', [g.sub(a, top)]), second: g.op('Exp', [g.sub(b, top)]) };
  };
  const seen = relative(exponent, g.add(k, bonus));
  const y = g.op('Div', [
    g.add(g.mul(sum, seen.first), g.mul(v, seen.second)),
    g.add(g.mul(weights, seen.first), seen.second),
  ]);
  const next = relative(g.sub(exponent, rate), k);
  return {
    state: [
      g.add(g.mul(sum, next.first), g.mul(v, next.second)),
      g.add(g.mul(weights, next.first), next.second),
      next.top,
    ],
    output: y,
  };
}

/** RWKV-4's time mixing (arXiv 2305.13048, equations 11 to 16). */
export function rwkvGraph(x: Value, { g, config, prefix, states }: Layer): Value {
  const { d_model: d } = config;
  const first = states ? states.read(kept[0], [1, d]) : null;
  const zeros = () => g.mul(g.slice(x, 1, 0, 1), g.scalar(0));
  const earlier = first ?? g.concat([zeros(), g.slice(x, 1, 0, -1)], 1);
  states?.write(kept[0], x);
  const difference = g.sub(x, earlier);
  const [k, v, r] = ['key', 'value', 'receptance'].map((name) =>
    linear(g, g.add(earlier, g.mul(difference, g.weight(`${prefix}time_mix_${name[0]}`))), prefix + name),
  );
  const vectors = { rate: g.op('Exp', [g.weight(`${prefix}time_decay`)]), bonus: g.weight(`${prefix}time_first`) };
  let y: Value;
  if (states) {
    const before = kept.slice(1).map((name) => states.read(name, [1, d]));
    const { state, output } = average(g, vectors, before, [k, v]);
    for (const [index, value] of state.entries()) states.write(kept[index + 1], value);
    y = output;
  } else {
    const nothing = g.reshape(zeros(), [0, -1]);
    const rows = [k, v].map((value) => g.transpose(value, [1, 0, 2]));
    const body = (state: Value[], inputs: Value[]) => average(g, vectors, state, inputs);
    y = g.transpose(g.scan([nothing, nothing, nothing], rows, body), [1, 0, 2]);
  }
  return linear(g, g.mul(g.op('Sigmoid', [r]), y), `${prefix}output`);
}
