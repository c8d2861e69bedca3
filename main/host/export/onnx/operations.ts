import type { Mode } from '../../../contract/mixers/curves.ts';
import { toEnd, type Graph, type Value } from './graph.ts';

/** Longest texts of a scoring graph: the transforms of more would not fit a tensor. */
const longestTransform = 1 << 25;
/** Positions whose powers of a pole are taken by themselves; those further on are products with them. */
const finePowers = 256;

/** A text's state: the inputs of a graph for one token, and what they become. */
export interface States {
  /** What a layer keeps of the tokens before; zeros at first. @param shape of one text, without its batch */
  read(name: string, shape: readonly (number | string)[]): Value;
  write(name: string, value: Value): void;
  /** Number of the token, int64 `[1]`. */
  readonly position: Value;
}

/** x·Wᵀ + b of a weight as PyTorch's Linear has it. @param name without `.weight` */
export function linear(g: Graph, x: Value, name: string): Value {
  const y = g.matMul(x, g.transpose(g.weight(`${name}.weight`), [1, 0]));
  return g.weights.has(`${name}.bias`) ? g.add(y, g.weight(`${name}.bias`)) : y;
}

/**
 * Causal depthwise convolution, the last tap of which multiplies the present. u `[B,C,L]`.
 *
 * @param taps `[C,1,K]`, K of them
 * @param state of the inputs before, in a graph for one token
 */
export function shortConvolution(
  g: Graph,
  u: Value,
  { taps, bias, channels, count }: { taps: Value; bias: Value | null; channels: number; count: number },
  state: { states: States; name: string } | null,
): Value {
  const before = state && count > 1 ? state.states.read(state.name, [channels, count - 1]) : null;
  const whole = before === null ? u : g.concat([before, u], 2);
  if (before !== null) state!.states.write(state!.name, g.slice(whole, 2, 1 - count, toEnd));
  return g.op('Conv', [whole, taps, ...(bias === null ? [] : [bias])], {
    group: channels,
    pads: [before === null ? count - 1 : 0, 0],
  });
}

/** Causal convolution of u `[B,C,L]` with filters `[C,L]` of the same length, by discrete Fourier transforms. */
export function longConvolution(g: Graph, u: Value, filters: Value): Value {
  const length = g.size(u, 2);
  const powers = Array.from({ length: Math.log2(longestTransform) + 1 }, (_, exponent) => 2 ** exponent);
  const table = g.ints(powers);
  // The least power of two that holds both, so that nothing wraps around.
  const smaller = g.cast(g.op('Less', [table, g.mul(length, g.ints([2]))]), 'int64');
  const size = g.op('Gather', [table, g.sum(smaller, 0)], { axis: 0 });
  const axis = g.ints(2);
  const transform = (x: Value) => g.op('DFT', [g.unsqueeze(x, [3]), size, axis]);
  const [a, b] = [transform(u), transform(g.unsqueeze(filters, [0]))].map((x) => g.split(x, 3, 2));
  const real = g.sub(g.mul(a[0], b[0]), g.mul(a[1], b[1]));
  const imaginary = g.add(g.mul(a[0], b[1]), g.mul(a[1], b[0]));
  const y = g.op('DFT', [g.concat([real, imaginary], 3), size, axis], { inverse: 1 });
  return g.op('Squeeze', [g.slice(g.slice(y, 3, 0, 1), 2, 0, length), g.ints([3])]);
}

const column = (modes: readonly (readonly Mode[])[], of: (mode: Mode) => number): Float64Array =>
  Float64Array.from(modes.flatMap((row) => row.map(of)));

/**
 * Convolution with filters that are sums of modes, h[t] = Re Σ R·e^((-rate + i·phase)·t) (Laughing Hyena, arXiv 2310.18780).
 * u `[B,G,L]`. For one token: S ← p·S + u, y = Re Σ R·S.
 *
 * @param modes of each channel
 */
export function modalConvolution(
  g: Graph,
  u: Value,
  { name, modes }: { name: string; modes: readonly (readonly Mode[])[] },
  state: { states: States; name: string } | null,
): Value {
  const shape = [modes.length, modes[0].length];
  const constant = (part: string, of: (mode: Mode) => number) =>
    g.floats(`${name}.${part}`, Float32Array.from(column(modes, of)), shape);
  if (state) {
    const re = constant('pole_re', ({ rate, phase }) => Math.exp(-rate) * Math.cos(phase));
    const im = constant('pole_im', ({ rate, phase }) => Math.exp(-rate) * Math.sin(phase));
    const { states } = state;
    const [a, b] = ['re', 'im'].map((part) => states.read(`${state.name}_${part}`, shape));
    const nextRe = g.add(g.sub(g.mul(re, a), g.mul(im, b)), u);
    const nextIm = g.add(g.mul(re, b), g.mul(im, a));
    states.write(`${state.name}_re`, nextRe);
    states.write(`${state.name}_im`, nextIm);
    const y = g.sub(
      g.mul(
        constant('residue_re', (mode) => mode.re),
        nextRe,
      ),
      g.mul(
        constant('residue_im', (mode) => mode.im),
        nextIm,
      ),
    );
    return g.sum(y, 2, true);
  }
  const length = g.size(u, 2);
  const wide = (part: string, of: (mode: Mode) => number) =>
    g.floats(`${name}.${part}`, column(modes, of), [...shape, 1]);
  // Powers of whole stretches in double precision, of which the angles would otherwise lose their digits.
  const stretches = g.op('Div', [g.add(length, g.ints([finePowers - 1])), g.ints([finePowers])]);
  const places = g.mul(g.cast(g.range(stretches), 'double'), g.scalar(finePowers, 'double'));
  const size = g.op('Exp', [
    g.mul(
      wide('decay', ({ rate }) => -rate),
      places,
    ),
  ]);
  const angle = g.mul(
    wide('phase', ({ phase }) => phase),
    places,
  );
  const powers = [g.mul(size, g.op('Cos', [angle])), g.mul(size, g.op('Sin', [angle]))];
  const residues = [wide('re', ({ re }) => re), wide('im', ({ im }) => im)];
  const re = g.sub(g.mul(residues[0], powers[0]), g.mul(residues[1], powers[1]));
  const im = g.add(g.mul(residues[0], powers[1]), g.mul(residues[1], powers[0]));
  const coarse = g.transpose(g.cast(g.concat([re, g.op('Neg', [im])], 1), 'float'), [0, 2, 1]);
  const fine = new Float32Array(shape[0] * 2 * shape[1] * finePowers);
  for (const [row, list] of modes.entries())
    for (const [index, { rate, phase }] of list.entries())
      for (let t = 0; t < finePowers; t++) {
        const at = (row * 2 * shape[1] + index) * finePowers + t;
        fine[at] = Math.exp(-rate * t) * Math.cos(phase * t);
        fine[at + shape[1] * finePowers] = Math.exp(-rate * t) * Math.sin(phase * t);
      }
  const taps = g.matMul(coarse, g.floats(`${name}.fine`, fine, [shape[0], 2 * shape[1], finePowers]));
  return longConvolution(g, u, g.slice(g.reshape(taps, [shape[0], -1]), 1, 0, length));
}

/** Rotary positions in their half-split form (arXiv 2104.09864). x `[B,heads,L,E]`, positions int64 `[L]`. */
export function rotate(
  g: Graph,
  x: Value,
  { positions, half, base, interpolation }: { positions: Value; half: number; base: number; interpolation: number },
): Value {
  const rates = Float64Array.from({ length: half }, (_, index) => base ** (-index / half) / interpolation);
  const angles = g.mul(g.unsqueeze(g.cast(positions, 'double'), [1]), g.floats(`rotary.${half}`, rates, [half]));
  const [cos, sin] = [g.cast(g.op('Cos', [angles]), 'float'), g.cast(g.op('Sin', [angles]), 'float')];
  const [a, b] = g.split(x, 3, 2);
  return g.concat([g.sub(g.mul(a, cos), g.mul(b, sin)), g.add(g.mul(b, cos), g.mul(a, sin))], 3);
}
