import { s4dRule, type S4dConfiguration } from '../../../../../contract/mixers/s4d/description.ts';
import { discreteModes } from '../../../../../contract/mixers/state-space.ts';
import type { Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, modalConvolution } from '../../operations.ts';

/** A diagonal state space for each channel, GELU, and a gated projection (S4D, arXiv 2206.11893). */
export async function s4dGraph(x: Value, { g, config, prefix, states }: Layer<S4dConfiguration>): Promise<Value> {
  const read = (name: string) => g.weights.readFloats(`${prefix}kernel.${name}`);
  const system = {
    ...{ logDt: await read('log_dt'), logAReal: await read('log_A_real'), aImag: await read('A_imag') },
    ...{ c: await read('C'), b: null },
  };
  const modes = Array.from({ length: config.d_model }, (_, channel) => discreteModes(system, s4dRule(config), channel));
  const u = channelsFirst(g, x);
  const y = modalConvolution(g, u, { name: `${prefix}modes`, modes }, stateOf(states, 'modes'));
  const mixed = g.add(y, g.mul(g.reshape(g.weight(`${prefix}D`), [-1, 1]), u));
  const active = channelsFirst(g, g.op('Gelu', [mixed]));
  const [a, b] = g.split(linear(g, active, `${prefix}output_linear`), 2, 2);
  return g.mul(a, g.op('Sigmoid', [b]));
}
