import type { Complex } from './eigenvalues.ts';
import { dotProduct } from './subspace.ts';

/** Weights of columns that come nearest to a signal. */
export interface Solved {
  /** One a column; 0 for columns that are nearly sums of those before them. */
  readonly weights: readonly number[];
  /** What the columns span, orthonormal. */
  readonly basis: readonly Float64Array[];
  readonly rest: Float64Array;
  /** The rest's square. */
  readonly error: number;
}

/** Least squares by Gram and Schmidt's method, twice for each column. */
export function leastSquares(columns: readonly Float64Array[], signal: Float64Array): Solved {
  const basis: Float64Array[] = [];
  const used: { column: number; scale: number; shares: number[] }[] = [];
  for (const [column, given] of columns.entries()) {
    const norm = Math.sqrt(dotProduct(given, given));
    if (!(norm > 0)) continue;
    const v = given.map((value) => value / norm);
    const shares = new Array<number>(basis.length).fill(0);
    for (let round = 0; round < 2; round++)
      for (const [index, other] of basis.entries()) shares[index] += remove(v, other);
    const left = Math.sqrt(dotProduct(v, v));
    if (left < 1e-10 || basis.length === signal.length) continue;
    for (let i = 0; i < v.length; i++) v[i] /= left;
    basis.push(v);
    used.push({ column, scale: norm, shares: [...shares, left] });
  }
  const rest = signal.slice();
  const solved = basis.map((column) => remove(rest, column));
  const weights = new Array<number>(columns.length).fill(0);
  for (let k = used.length - 1; k >= 0; k--) {
    const value = solved[k] / used[k].shares[k];
    for (let j = 0; j < k; j++) solved[j] -= used[k].shares[j] * value;
    weights[used[k].column] = value / used[k].scale;
  }
  return { weights, basis, rest, error: dotProduct(rest, rest) };
}

/** Takes out of a vector what it has of a direction, and says how much that was. */
function remove(vector: Float64Array, direction: Float64Array): number {
  const share = dotProduct(vector, direction);
  for (let i = 0; i < vector.length; i++) vector[i] -= share * direction[i];
  return share;
}

/** Real parts, and for poles that turn imaginary parts, of the powers of poles at times 0, 1, 2, … */
export function powersOf(poles: readonly Complex[], length: number): Float64Array[] {
  return poles.flatMap(({ re, im }) => {
    const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
    for (let t = 0, x = 1, y = 0; t < length; t++) {
      real[t] = x;
      imaginary[t] = y;
      [x, y] = [x * re - y * im, x * im + y * re];
    }
    return im === 0 ? [real] : [real, imaginary];
  });
}

/** So much work is spent on a signal, in products of its length and the square of the state, and this many steps. */
const mostWork = 4e7;
const mostSteps = 40;
/** A step that lowers the error by less than this share is the last. */
const leastGain = 3e-4;
/** Poles stay within the circle. */
const largestPole = 1 - 1e-7;

/**
 * Moves poles so that the exponentials of all of them, with the residues that are best each time, come nearer to a
 * signal: variable projection (Golub and Pereyra; Kaufman's derivative) in steps of Levenberg and Marquardt. A step that
 * does not come nearer is not taken, so that the poles that it gives are at least as good as those it was given.
 */
export function refinePoles(signal: Float64Array, given: readonly Complex[]): readonly Complex[] {
  const state = given.reduce((sum, { im }) => sum + (im === 0 ? 1 : 2), 0);
  const steps = Math.min(mostSteps, Math.floor(mostWork / Math.max(1, signal.length * state * state)));
  let poles = given;
  let solved = leastSquares(powersOf(poles, signal.length), signal);
  let damping = 1e-3;
  const nothing = 1e-20 * dotProduct(signal, signal);
  for (let round = 0; round < steps && solved.error > nothing; round++) {
    const slopes = slopesOf(poles, solved, signal.length);
    let better: { poles: readonly Complex[]; solved: Solved } | null = null;
    for (let attempt = 0; attempt < 6 && !better; attempt++, damping *= 4) {
      const step = dampedStep(slopes, solved.rest, damping);
      if (!step) continue;
      const moved = movedBy(poles, step);
      const next = leastSquares(powersOf(moved, signal.length), signal);
      if (next.error < solved.error) better = { poles: moved, solved: next };
    }
    if (!better) break;
    const gain = 1 - better.solved.error / solved.error;
    ({ poles, solved } = better);
    damping = Math.max(1e-12, damping / 32);
    if (gain < leastGain) break;
  }
  return poles;
}

/**
 * How what is reported changes with each part of each pole, where the residues follow: without what the residues can
 * tell.
 */
function slopesOf(poles: readonly Complex[], { weights, basis }: Solved, length: number): Float64Array[] {
  const slopes: Float64Array[] = [];
  let at = 0;
  for (const { re, im } of poles) {
    const [a, b] = [weights[at++], im === 0 ? 0 : -weights[at++]];
    const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
    // d/dλ of r·λᵗ is r·t·λᵗ⁻¹.
    for (let t = 1, x = a, y = b; t < length; t++) {
      real[t] = t * x;
      imaginary[t] = -t * y;
      [x, y] = [x * re - y * im, x * im + y * re];
    }
    slopes.push(real);
    if (im !== 0) slopes.push(imaginary);
  }
  for (const slope of slopes) for (const column of basis) remove(slope, column);
  return slopes;
}

/** (JᵀJ + damping·diag)⁻¹Jᵀ·rest, by Cholesky's factors; null if there are none. */
function dampedStep(slopes: readonly Float64Array[], rest: Float64Array, damping: number): Float64Array | null {
  const n = slopes.length;
  const factor = new Float64Array(n * n);
  const step = Float64Array.from(slopes, (slope) => dotProduct(slope, rest));
  let trace = 0;
  for (const slope of slopes) trace += dotProduct(slope, slope);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = dotProduct(slopes[i], slopes[j]);
      if (i === j) sum += damping * (sum + 1e-12 * trace);
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i === j) {
        if (!(sum > 0)) return null;
        factor[i * n + i] = Math.sqrt(sum);
      } else factor[i * n + j] = sum / factor[j * n + j];
    }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) step[i] -= factor[i * n + k] * step[k];
    step[i] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) step[i] -= factor[k * n + i] * step[k];
    step[i] /= factor[i * n + i];
  }
  return step;
}

function movedBy(poles: readonly Complex[], step: Float64Array): Complex[] {
  let at = 0;
  return poles.map(({ re, im }) => {
    const moved = { re: re + step[at++], im: im === 0 ? 0 : im + step[at++] };
    const size = Math.hypot(moved.re, moved.im);
    const scale = size > largestPole ? largestPole / size : 1;
    return { re: moved.re * scale, im: moved.im * scale };
  });
}
