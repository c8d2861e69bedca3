/** A number with a real and an imaginary part. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Sweeps for one eigenvalue; a matrix that needs more is not finite. */
const mostSweeps = 300;

/**
 * The eigenvalues of a real square matrix: Householder reflections to Hessenberg form, then QR steps with Wilkinson's
 * shift in complex arithmetic (Golub and Van Loan, Matrix Computations, 7.4 and 7.5).
 *
 * @param matrix `[n,n]`, row-major, not changed
 * @returns as many as there are; null where they do not converge (the matrix is not finite)
 */
export function eigenvalues(matrix: Float64Array, n: number): Complex[] | null {
  const re = hessenberg(matrix, n);
  const im = new Float64Array(n * n);
  const found: Complex[] = [];
  let high = n - 1;
  for (let sweeps = 0; high >= 0;) {
    let low = high;
    while (low > 0 && !negligible(re, im, n, low)) low--;
    if (low > 0) re[low * n + low - 1] = im[low * n + low - 1] = 0;
    if (low === high) {
      found.push({ re: re[high * n + high], im: im[high * n + high] });
      high--;
      sweeps = 0;
      continue;
    }
    if (++sweeps > mostSweeps) return null;
    // A shift that is off now and then breaks cycles.
    const shift = sweeps % 11 === 10 ? { re: Math.abs(re[high * n + high - 1]), im: 0 } : wilkinson(re, im, n, high);
    qrStep(re, im, n, low, high, shift);
  }
  return found;
}

function negligible(re: Float64Array, im: Float64Array, n: number, row: number): boolean {
  const size = (i: number, j: number) => Math.hypot(re[i * n + j], im[i * n + j]);
  const beside = size(row, row) + size(row - 1, row - 1);
  return size(row, row - 1) <= Number.EPSILON * (beside === 0 ? 1 : beside);
}

/** A copy with zeros below the first subdiagonal and the same eigenvalues. */
function hessenberg(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const v = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm += a[i * n + k] ** 2;
    norm = Math.sqrt(norm);
    if (norm === 0) continue;
    for (let i = k + 1; i < n; i++) v[i] = a[i * n + k];
    v[k + 1] += Math.sign(v[k + 1] || 1) * norm;
    let square = 0;
    for (let i = k + 1; i < n; i++) square += v[i] ** 2;
    const scale = 2 / square;
    for (let j = k; j < n; j++) {
      let sum = 0;
      for (let i = k + 1; i < n; i++) sum += v[i] * a[i * n + j];
      for (let i = k + 1; i < n; i++) a[i * n + j] -= scale * sum * v[i];
    }
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j] * v[j];
      for (let j = k + 1; j < n; j++) a[i * n + j] -= scale * sum * v[j];
    }
  }
  return a;
}

/** Of the two eigenvalues of the last 2×2 block the one that is nearer to its last entry. */
function wilkinson(re: Float64Array, im: Float64Array, n: number, high: number): Complex {
  const at = (i: number, j: number): Complex => ({ re: re[i * n + j], im: im[i * n + j] });
  const [a, b, c, d] = [at(high - 1, high - 1), at(high - 1, high), at(high, high - 1), at(high, high)];
  const half = { re: (a.re - d.re) / 2, im: (a.im - d.im) / 2 };
  const product = times(b, c);
  const square = times(half, half);
  const root = squareRoot({ re: square.re + product.re, im: square.im + product.im });
  const side = half.re * root.re + half.im * root.im >= 0 ? 1 : -1;
  const below = { re: half.re + side * root.re, im: half.im + side * root.im };
  const size = below.re ** 2 + below.im ** 2;
  if (size === 0) return d;
  const step = times(product, { re: below.re / size, im: -below.im / size });
  return { re: d.re - step.re, im: d.im - step.im };
}

const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });

function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const real = Math.sqrt((size + Math.abs(re)) / 2);
  if (real === 0) return { re: 0, im: 0 };
  const other = im / (2 * real);
  return re >= 0 ? { re: real, im: other } : { re: Math.abs(other), im: im < 0 ? -real : real };
}

/** One QR step with a shift on the block from `low` to `high`; what lies outside of it does not matter. */
function qrStep(re: Float64Array, im: Float64Array, n: number, low: number, high: number, shift: Complex): void {
  for (let k = low; k <= high; k++) {
    re[k * n + k] -= shift.re;
    im[k * n + k] -= shift.im;
  }
  const rotations: { c: number; s: Complex }[] = [];
  for (let k = low; k < high; k++) {
    // [c s; -s̄ c] turns the pair (a, b) below each other into (r, 0).
    const [a, b] = [k * n + k, (k + 1) * n + k];
    const sizeA = Math.hypot(re[a], im[a]);
    const size = Math.hypot(sizeA, re[b], im[b]);
    const phase = sizeA === 0 ? { re: 1, im: 0 } : { re: re[a] / sizeA, im: im[a] / sizeA };
    const c = size === 0 ? 1 : sizeA / size;
    const s = size === 0 ? { re: 0, im: 0 } : times(phase, { re: re[b] / size, im: -im[b] / size });
    rotations.push({ c, s });
    for (let j = k; j <= high; j++) {
      const [i0, i1] = [k * n + j, (k + 1) * n + j];
      const [xr, xi, yr, yi] = [re[i0], im[i0], re[i1], im[i1]];
      re[i0] = c * xr + s.re * yr - s.im * yi;
      im[i0] = c * xi + s.re * yi + s.im * yr;
      re[i1] = c * yr - (s.re * xr + s.im * xi);
      im[i1] = c * yi - (s.re * xi - s.im * xr);
    }
  }
  for (const [index, { c, s }] of rotations.entries()) {
    const k = low + index;
    for (let i = low; i <= Math.min(high, k + 1); i++) {
      const [i0, i1] = [i * n + k, i * n + k + 1];
      const [xr, xi, yr, yi] = [re[i0], im[i0], re[i1], im[i1]];
      re[i0] = c * xr + s.re * yr + s.im * yi;
      im[i0] = c * xi + s.re * yi - s.im * yr;
      re[i1] = c * yr - (s.re * xr - s.im * xi);
      im[i1] = c * yi - (s.re * xi + s.im * xr);
    }
  }
  for (let k = low; k <= high; k++) {
    re[k * n + k] += shift.re;
    im[k * n + k] += shift.im;
  }
}
