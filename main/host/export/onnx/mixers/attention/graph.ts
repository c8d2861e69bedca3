import { headsOf, rotaryOf, type AttentionConfiguration } from '../../../../../contract/mixers/attention/parameters.ts';
import { toEnd, type Value } from '../../graph.ts';
import type { Layer } from '../../layer.ts';
import { linear, rotate } from '../../operations.ts';

/** Causal attention (arXiv 1706.03762), its heads grouped or not, over a window or everything. */
export function attentionGraph(x: Value, { g, config, prefix, states }: Layer<AttentionConfiguration>): Value {
  const { heads, kvHeads, headDim: e } = headsOf(config);
  const { qk_norm, attention_window: window, layer_norm_epsilon } = config;
  const rows = linear(g, x, `${prefix}Wqkv`);
  const edges = [0, heads * e, (heads + kvHeads) * e, (heads + 2 * kvHeads) * e];
  let [q, k, v] = [0, 1, 2].map((part) => {
    const own = g.slice(rows, 2, edges[part], edges[part + 1]);
    return g.transpose(g.reshape(own, [0, 0, part === 0 ? heads : kvHeads, e]), [0, 2, 1, 3]);
  });
  if (qk_norm)
    [q, k] = [q, k].map((part, index) => {
      const mean = g.op('ReduceMean', [g.mul(part, part), g.ints([3])], { keepdims: 1 });
      const root = g.op('Sqrt', [g.add(mean, g.scalar(layer_norm_epsilon))]);
      return g.mul(g.op('Div', [part, root]), g.weight(`${prefix}${index === 0 ? 'q' : 'k'}_layernorm.weight`));
    });
  const rotary = rotaryOf(config);
  if (rotary) {
    const positions = states ? states.position : g.range(g.size(x, 1));
    [q, k] = [q, k].map((part) => rotate(g, part, { positions, half: e / 2, ...rotary }));
  }
  if (states) {
    [k, v] = [
      ['keys', k],
      ['values', v],
    ].map(([name, part]) => {
      const whole = g.concat([states.read(name, [kvHeads, 'past', e]), part], 2);
      // Nothing sees what lies before the window any longer.
      states.write(name, window === null ? whole : g.slice(whole, 2, window > 1 ? 1 - window : toEnd, toEnd));
      return whole;
    });
  }
  // Heads that share keys and values are rows of one product: [B,G,H/G·L,E].
  const shared = heads / kvHeads;
  const grouped = g.reshape(q, [0, kvHeads, -1, e]);
  let scores = g.mul(g.matMul(grouped, g.transpose(k, [0, 1, 3, 2])), g.scalar(1 / Math.sqrt(e)));
  if (!states) {
    const places = g.range(g.size(x, 1));
    const [row, column] = [g.unsqueeze(places, [1]), g.unsqueeze(places, [0])];
    let seen = g.op('LessOrEqual', [column, row]);
    if (window !== null) seen = g.op('And', [seen, g.op('Greater', [column, g.sub(row, g.ints([window]))])]);
    const square = g.op('Reshape', [scores, g.concat([g.ints([0, kvHeads, shared]), g.size(x, 1), g.size(x, 1)], 0)]);
    const masked = g.op('Where', [seen, square, g.scalar(-Infinity)]);
    scores = g.op('Reshape', [masked, g.concat([g.ints([0, kvHeads, -1]), g.size(x, 1)], 0)]);
  }
  const mixed = g.reshape(g.matMul(g.op('Softmax', [scores], { axis: -1 }), v), [0, heads, -1, e]);
  return linear(g, g.reshape(g.transpose(mixed, [0, 2, 1, 3]), [0, 0, heads * e]), `${prefix}out_proj`);
}
