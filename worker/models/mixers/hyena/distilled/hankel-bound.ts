import { dotProduct } from './subspace.ts';
import { symmetricEigenvalues } from '../../../../../main/contract/logic/symmetric-eigenvalues.ts';

/**
 * Hankel matrices of this many columns are looked at: each bounds states below its own size, the narrow ones small
 * ones best.
 */
const widths = [8, 16, 32, 64, 128, 256];
/** Of more state than this nothing is known. */
export const mostKnownState = 256;

/**
 * How near any state space with this many numbers of state can come to a signal at best. What such a one answers has a
 * Hankel matrix of at most that rank, whatever its number of columns; the matrix of rank n that is nearest to the
 * signal's misses its singular values behind the n-th (Eckart and Young), and in a matrix of c columns no value of the
 * signal stands more than c times. So the squared error is at least Σ_{k>n} σ_k² / c, for each c.
 */
export class HankelBound {
  /** Sums of the squared singular values behind the n-th, over the number of columns, by n. */
  readonly #rests: Float64Array[];

  constructor(signal: Float64Array) {
    this.#rests = widths.filter((width) => 2 * width <= signal.length + 1).map((width) => restsOf(signal, width));
  }

  /** The least norm of the difference; 0 if nothing is known. */
  at(state: number): number {
    return Math.sqrt(Math.max(0, ...this.#rests.map((rests) => rests[state] ?? 0)));
  }

  /** The least state with which the norm of the difference may be as small as this; so far as the bound is known. */
  stateFor(norm: number): number {
    let state = 0;
    while (this.at(state) > norm) state++;
    return state;
  }
}

function restsOf(signal: Float64Array, width: number): Float64Array {
  const rows = signal.length + 1 - width;
  const gram = new Float64Array(width * width);
  for (let j = 0; j < width; j++) gram[j] = dotProduct(signal.subarray(0, rows), signal.subarray(j, j + rows));
  // One row further down and to the right, all but a value at each end are the same.
  for (let i = 1; i < width; i++)
    for (let j = i; j < width; j++)
      gram[i * width + j] =
        gram[(i - 1) * width + j - 1] - signal[i - 1] * signal[j - 1] + signal[i - 1 + rows] * signal[j - 1 + rows];
  for (let i = 1; i < width; i++) for (let j = 0; j < i; j++) gram[i * width + j] = gram[j * width + i];
  const values = symmetricEigenvalues(gram, width).sort();
  const rests = new Float64Array(width);
  // What rounding leaves of values that are 0 proves nothing.
  const noise = 1e-13 * Math.max(0, values[width - 1]) * width;
  let sum = 0;
  for (let k = 0; k < width; k++) rests[width - 1 - k] = Math.max(0, (sum += values[k]) - noise) / width;
  return rests;
}
