import { megaModes, megaSizes, type MegaConfiguration } from '../../../../../contract/mixers/mega/parameters.ts';
import { toEnd, type Graph, type Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, modalConvolution } from '../../operations.ts';

const silu = (g: Graph, x: Value): Value => g.mul(x, g.op('Sigmoid', [x]));

/** A moving average, attention within chunks, and gates (Mega, arXiv 2209.10655, section 3). */
export async function megaGraph(x: Value, layer: Layer<MegaConfiguration>): Promise<Value> {
  const { g, config, prefix, states } = layer;
  const { d_model: d } = config;
  const { states: count, keys: width, values: channels } = megaSizes(config);
  const [delta, alpha, beta, gamma] = await Promise.all(
    ['delta', 'alpha', 'beta', 'gamma'].map((name) => g.weights.readFloats(`${prefix}move.${name}`)),
  );
  const modes = Array.from({ length: d }, (_, channel) => megaModes({ delta, alpha, beta, gamma }, count, channel));
  const u = channelsFirst(g, x);
  const convolved = modalConvolution(g, u, { name: `${prefix}modes`, modes }, stateOf(states, 'modes'));
  const averages = g.add(convolved, g.mul(g.reshape(g.weight(`${prefix}move.omega`), [-1, 1]), u));
  const base = linear(g, silu(g, channelsFirst(g, averages)), `${prefix}mx_proj`);
  const part = (from: number, to: number) => g.slice(base, 2, from, to);
  const update = g.op('Sigmoid', [part(0, d)]);
  const shared = silu(g, part(d, d + width));
  const reset = silu(g, part(d + width, d + width + channels));
  const direct = part(d + width + channels, 2 * d + width + channels);
  const [scales, shifts] = ['gamma', 'beta'].map((name) => g.weight(prefix + name));
  const [q, k] = [0, 1].map((which) => {
    const row = (values: Value) => g.slice(values, 0, which, which + 1);
    return g.add(g.mul(shared, row(scales)), row(shifts));
  });
  const attended = attention(g.mul(q, g.scalar(width ** -0.5)), k, silu(g, linear(g, x, `${prefix}v_proj`)), layer);
  const candidate = silu(g, g.add(direct, linear(g, g.mul(attended, reset), `${prefix}h_proj`)));
  return g.mul(update, g.sub(candidate, x));
}

/** Over the tokens of the same chunk up to each itself, with a bias by distance. q and k `[B,L,z]`, v `[B,L,V]`. */
function attention(q: Value, k: Value, v: Value, { g, config, prefix, states }: Layer<MegaConfiguration>): Value {
  const { chunk, keys: width, values: channels } = megaSizes(config);
  const bias = g.weight(`${prefix}rel_pos_bias.rel_pos_bias`);
  let [keys, values] = [k, v];
  let scores: Value;
  if (states) {
    // Of the last C, this token the last of them, it sees those no further away than the beginning of its chunk.
    [keys, values] = [
      { name: 'keys', part: k, size: width },
      { name: 'values', part: v, size: channels },
    ].map(({ name, part, size }) => {
      const last = g.slice(g.concat([states.read(name, [chunk, size]), part], 1), 1, 1, toEnd);
      states.write(name, last);
      return last;
    });
    const place = g.op('Mod', [states.position, g.ints([chunk])]);
    const distances = g.sub(g.ints([chunk - 1]), g.range(g.ints([chunk])));
    const biased = g.add(g.matMul(q, g.transpose(keys, [0, 2, 1])), bias);
    scores = g.op('Where', [g.op('LessOrEqual', [distances, place]), biased, g.scalar(-Infinity)]);
  } else {
    const places = g.range(g.size(q, 1));
    const [row, column] = [g.unsqueeze(places, [1]), g.unsqueeze(places, [0])];
    const chunkOf = (place: Value) => g.op('Div', [place, g.ints([chunk])]);
    const seen = g.op('And', [g.op('LessOrEqual', [column, row]), g.op('Equal', [chunkOf(column), chunkOf(row)])]);
    const distances = g.op('Where', [seen, g.sub(row, column), g.ints([0])]);
    const biases = g.op('Gather', [bias, g.sub(g.ints([chunk - 1]), distances)], { axis: 0 });
    const products = g.add(g.matMul(q, g.transpose(keys, [0, 2, 1])), biases);
    scores = g.op('Where', [seen, products, g.scalar(-Infinity)]);
  }
  return g.matMul(g.op('Softmax', [scores], { axis: -1 }), values);
}
