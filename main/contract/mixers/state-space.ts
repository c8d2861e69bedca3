import { initialSystem, type Spectrum } from '../logic/initial-modes.ts';
import type { Initializer, ParameterGroup, ParameterSpec } from '../logic/parameter-specs.ts';
import { msg } from '../message.ts';
import type { ModelConfiguration } from '../model-configuration.ts';
import type { Mode } from './curves.ts';
import type { MixerProblem } from './mixer.ts';

export const stateProblem = ({ ssm_state }: ModelConfiguration): MixerProblem | null =>
  ssm_state === undefined || ssm_state % 2 === 0
    ? null
    : { key: 'ssm_state', message: msg`model.ssm_state must be even, but is ${ssm_state}.` };

/** Decay and step of a state space: a rate of at most 0.001 and no decay, as of S4 (arXiv 2111.00396, appendix D). */
export const stateSpaceGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? Math.min(learning_rate, 1e-3),
  weightDecay: () => 0,
};

/** The diagonal state space of some groups of channels, by the names of its parameters: log_dt, those of A, and C. */
export function diagonalSpecs(
  sizes: { groups: number; modes: number },
  spectrum: Spectrum,
  names: { logDt: string; logAReal: string; aImag: string; c: string },
): ParameterSpec[] {
  const { groups, modes } = sizes;
  const initial = (part: 'logDt' | 'logAReal' | 'aImag' | 'c'): Initializer => ({
    from: 'values',
    values: (key) => initialSystem(sizes, spectrum, { logDt: key, c: key })[part],
  });
  const spec = (part: 'logDt' | 'logAReal' | 'aImag' | 'c', shape: number[]): ParameterSpec => ({
    ...{ name: names[part], shape, group: stateSpaceGroup, part: 'filters', initial: initial(part) },
  });
  return [
    spec('logDt', [groups]),
    spec('logAReal', [groups, modes]),
    spec('aImag', [groups, modes]),
    spec('c', [groups, modes, 2]),
  ];
}

/**
 * How a continuous system becomes one of steps. `softmax`: by zero-order hold, each mode divided by the sum of its powers
 * over that many positions.
 */
export type DiscretisationRule = 'zero-order-hold' | 'bilinear' | { readonly softmax: number };

/**
 * The modes of one group: h[t] = 2 Re Σ_s C·B·f·p^t, z = A·dt. By zero-order hold p = e^z, f = (e^z - 1)/A (S4D, arXiv
 * 2206.11893, section 3.3); with a softmax over L positions f is divided by e^(z·L) - 1, so that f·p^t is 1/A times the
 * softmax of z·t (DSS, arXiv 2203.14343, proposition 1); by the bilinear rule p = (1+z/2)/(1-z/2), f = dt/(1-z/2).
 *
 * @param b real and imaginary parts as of C; null: 1
 */
export function discreteModes(
  system: { logDt: Float32Array; logAReal: Float32Array; aImag: Float32Array; c: Float32Array; b: Float32Array | null },
  rule: DiscretisationRule,
  group: number,
): Mode[] {
  const { logDt, logAReal, aImag, c, b } = system;
  const modes = aImag.length / logDt.length;
  const dt = Math.exp(logDt[group]);
  return Array.from({ length: modes }, (_, mode) => {
    const at = group * modes + mode;
    const a: Complex = [-Math.exp(logAReal[at]), aImag[at]];
    const z: Complex = [a[0] * dt, a[1] * dt];
    const half: Complex = [1 - z[0] / 2, -z[1] / 2];
    const grown = less1(z);
    const pole: Complex = rule === 'bilinear' ? quotient([1 + z[0] / 2, z[1] / 2], half) : [grown[0] + 1, grown[1]];
    const factor = (): Complex => {
      if (rule === 'bilinear') return quotient([dt, 0], half);
      const held = quotient(grown, a);
      if (rule === 'zero-order-hold') return held;
      return quotient(held, less1([z[0] * rule.softmax, z[1] * rule.softmax]));
    };
    const input: Complex = b ? [b[2 * at], b[2 * at + 1]] : [1, 0];
    const [re, im] = product(product([c[2 * at], c[2 * at + 1]], input), factor());
    return { re: 2 * re, im: 2 * im, rate: -Math.log(Math.hypot(...pole)), phase: Math.atan2(pole[1], pole[0]) };
  });
}

type Complex = readonly [re: number, im: number];
const product = (x: Complex, y: Complex): Complex => [x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]];
/** e^z - 1, without cancellation where z is small. */
function less1([re, im]: Complex): Complex {
  const grown = Math.expm1(re);
  return [grown * Math.cos(im) - 2 * Math.sin(im / 2) ** 2, (grown + 1) * Math.sin(im)];
}
function quotient(x: Complex, y: Complex): Complex {
  const square = y[0] * y[0] + y[1] * y[1];
  return product(x, [y[0] / square, -y[1] / square]);
}

const float = 4;
/** Bytes of the state of `systems` diagonal state spaces while generating: each number in two parts. */
export const modalStateBytes = (systems: number, modes: number): number => float * 4 * systems * modes;

/** Positions that a selective state space computes at once, as products of matrices: fewer in short texts. */
export const scanChunk = (length: number): number => Math.min(length, length > 4096 ? 256 : 64);
