import type { Mode } from '../../../../../contract/mixers/curves.ts';
import type { H3Configuration } from '../../../../../contract/mixers/h3/description.ts';
import { discreteModes } from '../../../../../contract/mixers/state-space.ts';
import type { Value } from '../../graph.ts';
import { channelsFirst, stateOf, type Layer } from '../../layer.ts';
import { linear, modalConvolution, shortConvolution } from '../../operations.ts';

/** q · ssm(shift(k) · v) (H3, arXiv 2212.14052, algorithm 1). */
export async function h3Graph(x: Value, { g, config, prefix, states }: Layer<H3Configuration>): Promise<Value> {
  const { d_model: d, ssm_state: count, h3_head_dim: e } = config;
  const heads = d / e;
  const [q, k, v] = ['q_proj', 'k_proj', 'v_proj'].map((name) => channelsFirst(g, linear(g, x, prefix + name)));
  const read = (name: string) => g.weights.readFloats(prefix + name);
  const [b, c] = [await read('ssm_k_kernel.kernel.B'), await read('ssm_k_kernel.kernel.C')];
  // The tap l steps back is the sum over m of B[m]·C[m + l].
  const shift = Float32Array.from({ length: d * count }, (_, index) => {
    const [row, back] = [Math.floor(index / count) * count, count - 1 - (index % count)];
    let sum = 0;
    for (let m = 0; m + back < count; m++) sum += b[row + m] * c[row + m + back];
    return sum;
  });
  const taps = g.floats(`${prefix}shift`, shift, [d, 1, count]);
  const shifted = shortConvolution(g, k, { taps, bias: null, channels: d, count }, stateOf(states, 'keys'));
  const keys = g.add(shifted, g.mul(g.reshape(g.weight(`${prefix}ssm_k_D`), [-1, 1]), k));
  const outer = g.mul(g.reshape(keys, [0, heads, e, 1, -1]), g.reshape(v, [0, heads, 1, e, -1]));
  const u = g.reshape(outer, [0, heads * e * e, -1]);
  const system = {
    ...{ logDt: await read('kernel.kernel.log_dt'), logAReal: await read('kernel.kernel.inv_A_real') },
    ...{ aImag: await read('kernel.kernel.A_imag'), c: await read('kernel.kernel.C') },
    b: await read('kernel.kernel.B'),
  };
  const own = Array.from({ length: heads }, (_, head) => discreteModes(system, 'bilinear', head));
  const modes: Mode[][] = own.flatMap((one) => Array.from({ length: e * e }, () => one));
  const y = modalConvolution(g, u, { name: `${prefix}modes`, modes }, stateOf(states, 'modes'));
  const skips = await read('D');
  const all = Float32Array.from({ length: heads * e * e }, (_, index) => skips[Math.floor(index / (e * e))]);
  const mixed = g.add(y, g.mul(g.floats(`${prefix}skips`, all, [heads * e * e, 1]), u));
  // Read out as [head_dim][head], as the published files have it.
  const products = g.mul(g.reshape(q, [0, heads, e, 1, -1]), g.reshape(mixed, [0, heads, e, e, -1]));
  const summed = g.transpose(g.sum(products, 2), [0, 2, 1, 3]);
  return linear(g, channelsFirst(g, g.reshape(summed, [0, d, -1])), `${prefix}output_linear`);
}
