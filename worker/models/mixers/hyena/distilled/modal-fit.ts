import { eigenvalues, type Complex } from './eigenvalues.ts';
import { leastSquares, powersOf, refinePoles } from './refine.ts';
import { dotProduct, leadingSubspace } from './subspace.ts';

/** One mode of a filter: it adds Re(residue · poleᵗ). Twice as many real numbers of state as modes with im ≠ 0. */
export interface Mode {
  readonly pole: Complex;
  readonly residue: Complex;
}

/** Longer signals are averaged down to this length for the poles: what they lose turns too fast to last. */
const longestForPoles = 4096;

/**
 * Fits a signal by a sum of exponentials that do not grow: a modal state space with `state` real numbers (Laughing Hyena,
 * arXiv 2310.18780, section 3). The poles come from the shift of the leading subspace of its Hankel matrix (Kung's method,
 * as balanced truncation for a known impulse response), the residues from least squares over all of it; then the poles
 * are moved to where the residues do best.
 *
 * @param state real numbers of state: 2 for each pair of conjugate poles, 1 for each real one
 */
export function fitModes(signal: Float64Array, state: number): Mode[] {
  if (state < 1 || signal.length === 0 || dotProduct(signal, signal) === 0) return [];
  let fit: Fit = { modes: [], rest: signal, error: dotProduct(signal, signal) };
  // The first poles may be fewer than there is room for; what they leave is its own signal.
  for (let room = state; room > 0; room = state - stateOf(fit.modes)) {
    const more = startingPoles(fit.rest, room);
    const poles = refinePoles(signal, [...fit.modes.map(({ pole }) => pole), ...more]);
    const next = withResidues(signal, poles);
    if (more.length === 0 || !(next.error < fit.error)) break;
    fit = next;
  }
  return fit.modes;
}

const stateOf = (modes: readonly Mode[]): number => modes.reduce((sum, { pole }) => sum + (pole.im === 0 ? 1 : 2), 0);

/** Poles of at most so much state, by the leading subspace. */
function startingPoles(signal: Float64Array, state: number): readonly Complex[] {
  const stride = Math.ceil(signal.length / longestForPoles);
  const short = stride === 1 ? signal : averaged(signal, stride);
  const most = Math.min(state, Math.floor(short.length / 2));
  if (most < 1) return [{ re: 0, im: 0 }];
  const subspace = leadingSubspace(short, most);
  let best: { poles: readonly Complex[]; error: number } | null = null;
  for (let order = subspace.length; 2 * order >= subspace.length && order >= 1; order = Math.floor(0.75 * order)) {
    const { poles, grew } = stable(polesOf(subspace.slice(0, order)));
    let room = state;
    // Of poles that are not exactly conjugate (multiple ones) there may be more than there is room for.
    const kept = poles.filter(({ im }) => (room -= im === 0 ? 1 : 2) >= 0).map((pole) => root(pole, stride));
    const { error } = withResidues(signal, kept);
    if (!best || error < best.error) best = { poles: kept, error };
    // Poles that had to be turned inward may be worse than fewer that had not.
    if (!grew) break;
  }
  return best?.poles ?? [];
}

interface Fit {
  readonly modes: Mode[];
  readonly rest: Float64Array;
  /** The rest's square. */
  readonly error: number;
}

/** The value of modes at times 0, 1, 2, …; `[length]`. */
export function modalSignal(modes: readonly Mode[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const { pole, residue } of modes) {
    let { re, im } = residue;
    for (let t = 0; t < length; t++) {
      sum[t] += re;
      [re, im] = [re * pole.re - im * pole.im, re * pole.im + im * pole.re];
    }
  }
  return sum;
}

function averaged(signal: Float64Array, stride: number): Float64Array {
  const made = new Float64Array(Math.floor(signal.length / stride));
  for (let i = 0; i < made.length; i++) {
    let sum = 0;
    for (let j = 0; j < stride; j++) sum += signal[i * stride + j];
    made[i] = sum / stride;
  }
  return made;
}

/** The eigenvalues of the matrix that shifts the subspace by one time step: (U₁ᵀU₁)⁻¹U₁ᵀU₂. */
function polesOf(subspace: readonly Float64Array[]): Complex[] {
  const n = subspace.length;
  const rows = subspace[0].length;
  const last = subspace.map((column) => column[rows - 1]);
  // U is orthonormal, so U₁ᵀU₁ = I - l·lᵀ for its last row l, and its inverse is I + l·lᵀ/(1 - lᵀl).
  const rest = Math.max(1e-12, 1 - last.reduce((sum, one) => sum + one * one, 0));
  const shifted = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      const [a, b] = [subspace[i], subspace[j]];
      for (let row = 0; row + 1 < rows; row++) sum += a[row] * b[row + 1];
      shifted[i * n + j] = sum;
    }
  const matrix = shifted.slice();
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += last[i] * shifted[i * n + j];
    for (let i = 0; i < n; i++) matrix[i * n + j] += (last[i] * sum) / rest;
  }
  return eigenvalues(matrix, n) ?? [];
}

/** One pole of each conjugate pair, none of which grows, and whether any did. */
function stable(found: readonly Complex[]): { poles: Complex[]; grew: boolean } {
  let grew = false;
  const poles = found.flatMap(({ re, im }) => {
    const size = Math.hypot(re, im);
    if (!Number.isFinite(size)) return [];
    if (size > 1) grew = true;
    const scale = size > 1 ? 1 / (size * size) : 1;
    const turned = Math.abs(im) > 1e-9 * Math.max(1e-9, size);
    if (turned && im < 0) return [];
    return [{ re: re * scale, im: turned ? im * scale : 0 }];
  });
  return { poles, grew };
}

/** The pole of one step from that of several. A real pole below 0 has no real root: it becomes a fast decay. */
function root({ re, im }: Complex, steps: number): Complex {
  if (steps === 1) return { re, im };
  const size = Math.hypot(re, im) ** (1 / steps);
  const angle = re < 0 && im === 0 ? 0 : Math.atan2(im, re) / steps;
  return { re: size * Math.cos(angle), im: size * Math.sin(angle) };
}

/** The residues with the least squared error over the whole signal. */
function withResidues(signal: Float64Array, poles: readonly Complex[]): Fit {
  const { weights, rest, error } = leastSquares(powersOf(poles, signal.length), signal);
  let at = 0;
  // Re((a - bi)·λᵗ) = a·Re(λᵗ) + b·Im(λᵗ)
  const modes = poles.map((pole) => {
    const re = weights[at++];
    return { pole, residue: { re, im: pole.im === 0 ? 0 : -weights[at++] } };
  });
  return { modes, rest, error };
}
