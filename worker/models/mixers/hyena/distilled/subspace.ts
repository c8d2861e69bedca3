import {
  multiplySpectra,
  rowTransform,
  type RowTransform,
  type Spectrum,
} from '../../../../ops/long-convolution/fourier.ts';
import { randomKey, randomNormal } from '../../../../../main/contract/logic/random.ts';

/** Columns beside those that are wanted, and passes over the matrix: they make the leading ones sharp. */
const spare = 8;
const passes = 2;
/** Singular values below this share of the largest are what is left of numbers in single precision. */
const noise = 1e-6;

/** The Hankel matrix G[i,j] = g[i+j] of a signal, `[rows,columns]`, which is never made: products by Fourier transform. */
class Hankel {
  readonly rows: number;
  readonly columns: number;
  readonly #transform: RowTransform;
  readonly #signal: Spectrum;
  readonly #given: Spectrum;
  readonly #product: Spectrum;
  readonly #out: Float64Array;

  constructor(signal: Float64Array) {
    this.rows = Math.ceil((signal.length + 1) / 2);
    this.columns = signal.length + 1 - this.rows;
    this.#transform = rowTransform(signal.length);
    this.#signal = this.#transform.newSpectrum();
    this.#given = this.#transform.newSpectrum();
    this.#product = this.#transform.newSpectrum();
    this.#transform.forward(signal, 0, signal.length, this.#signal);
    this.#out = new Float64Array(signal.length);
  }

  /** G·x, `[rows]`. */
  times(x: Float64Array): Float64Array {
    return this.#correlate(x, this.columns, this.rows);
  }

  /** Gᵀ·u, `[columns]`. */
  transposedTimes(u: Float64Array): Float64Array {
    return this.#correlate(u, this.rows, this.columns);
  }

  #correlate(x: Float64Array, from: number, to: number): Float64Array {
    this.#transform.forward(x.slice().reverse(), 0, from, this.#given);
    multiplySpectra(this.#given, this.#signal, this.#product);
    this.#transform.inverse(this.#product, this.#out);
    return this.#out.slice(from - 1, from - 1 + to);
  }
}

/**
 * The leading left singular vectors of the Hankel matrix of a signal, by a randomised subspace iteration (Halko,
 * Martinsson and Tropp, arXiv 0909.4061): its range is spanned by the exponentials that the signal consists of.
 *
 * @param signal at least twice as long as `count`
 * @returns `count` orthonormal columns, or fewer where the signal has fewer exponentials
 */
export function leadingSubspace(signal: Float64Array, count: number): Float64Array[] {
  const hankel = new Hankel(signal);
  const width = Math.min(count + spare, hankel.rows, hankel.columns);
  const key = randomKey(17);
  let columns = Array.from({ length: width }, (_, column) =>
    hankel.times(
      Float64Array.from({ length: hankel.columns }, (_, i) => randomNormal(key, column * hankel.columns + i)),
    ),
  );
  columns = orthonormal(columns);
  for (let pass = 0; pass < passes; pass++)
    columns = orthonormal(orthonormal(columns.map((u) => hankel.transposedTimes(u))).map((x) => hankel.times(x)));
  // Within the subspace: the eigenvectors of (QᵀG)(QᵀG)ᵀ by their sizes.
  const rows = columns.map((u) => hankel.transposedTimes(u));
  const size = rows.length;
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) gram[i * size + j] = gram[j * size + i] = dotProduct(rows[i], rows[j]);
  const { values, vectors } = symmetricEigen(gram, size);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, count);
  const least = noise ** 2 * Math.max(0, values[order[0]] ?? 0);
  return order
    .filter((one) => values[one] > least)
    .map((one) => {
      const made = new Float64Array(hankel.rows);
      for (let j = 0; j < size; j++) {
        const weight = vectors[j * size + one];
        for (let i = 0; i < made.length; i++) made[i] += weight * columns[j][i];
      }
      return made;
    });
}

export function dotProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Gram and Schmidt's method, twice for each column; columns that are sums of others are left out. */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const made: Float64Array[] = [];
  for (const given of columns) {
    const column = given.slice();
    const before = Math.sqrt(dotProduct(column, column));
    for (let round = 0; round < 2; round++)
      for (const other of made) {
        const share = dotProduct(other, column);
        for (let i = 0; i < column.length; i++) column[i] -= share * other[i];
      }
    const norm = Math.sqrt(dotProduct(column, column));
    if (!(norm > 1e-13 * before)) continue;
    for (let i = 0; i < column.length; i++) column[i] /= norm;
    made.push(column);
  }
  return made;
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix: Jacobi's rotations. */
function symmetricEigen(matrix: Float64Array, n: number): { values: number[]; vectors: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 30; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q];
        if (Math.abs(apq) <= 1e-15 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q]))) continue;
        rotated = true;
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[k * n + p], a[k * n + q]];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p * n + k], a[q * n + k]];
          a[p * n + k] = c * x - s * y;
          a[q * n + k] = s * x + c * y;
          const [vx, vy] = [v[k * n + p], v[k * n + q]];
          v[k * n + p] = c * vx - s * vy;
          v[k * n + q] = s * vx + c * vy;
        }
      }
    if (!rotated) break;
  }
  return { values: Array.from({ length: n }, (_, i) => a[i * n + i]), vectors: v };
}
