import { gssModes, gssSizes, type GssConfiguration } from '../../../../../contract/mixers/gss/parameters.ts';
import type { Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, modalConvolution } from '../../operations.ts';

/** A state space in few channels and a gate in many (GSS, arXiv 2206.13947, section 3.2). */
export async function gssGraph(x: Value, { g, config, prefix, states }: Layer<GssConfiguration>): Promise<Value> {
  const own = (name: string) => g.weight(prefix + name);
  const [re, im, c] = await Promise.all(
    ['Lambda_re', 'Lambda_im', 'C'].map((name) => g.weights.readFloats(`${prefix}dss.${name}`)),
  );
  const { channels } = gssSizes(config);
  const modes = Array.from({ length: channels }, (_, channel) => gssModes({ re, im, c }, channel));
  const narrow = g.op('Gelu', [linear(g, x, `${prefix}to_u`)]);
  const normalised = g.op('LayerNormalization', [narrow, own('dss.norm.weight'), own('dss.norm.bias')], {
    epsilon: { float: config.layer_norm_epsilon },
  });
  const u = channelsFirst(g, normalised);
  const convolved = modalConvolution(g, u, { name: `${prefix}modes`, modes }, stateOf(states, 'modes'));
  const y = g.add(convolved, g.mul(g.reshape(own('dss.D'), [-1, 1]), u));
  const wide = linear(g, channelsFirst(g, y), `${prefix}to_gate`);
  return linear(g, g.mul(wide, g.op('Gelu', [linear(g, x, `${prefix}to_v`)])), `${prefix}to_out`);
}
