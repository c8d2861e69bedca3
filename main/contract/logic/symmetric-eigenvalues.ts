/**
 * The eigenvalues of a symmetric matrix: Householder reflections to a tridiagonal one, then QL steps with implicit shifts
 * (Golub and Van Loan, Matrix Computations, 8.3). What is nothing beside the largest entry counts as 0.
 *
 * @param matrix `[n,n]`, row-major, not changed
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const nothing = Number.EPSILON * matrix.reduce((largest, one) => Math.max(largest, Math.abs(one)), 0);
  const { diagonal, beside } = tridiagonal(matrix.slice(), n, nothing);
  for (let first = 0; first < n; first++)
    for (let sweep = 0; sweep < 60; sweep++) {
      let last = first;
      while (last + 1 < n && Math.abs(beside[last]) > nothing) last++;
      if (last === first) break;
      step(diagonal, beside, first, last);
    }
  return diagonal;
}

/** `beside[i]` stands between `diagonal[i]` and the next. */
function tridiagonal(a: Float64Array, n: number, nothing: number): { diagonal: Float64Array; beside: Float64Array } {
  const beside = new Float64Array(n);
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k + 1 < n; k++) {
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm += a[i * n + k] ** 2;
    norm = Math.sqrt(norm);
    if (norm <= nothing) continue;
    const lead = a[(k + 1) * n + k] > 0 ? -norm : norm;
    beside[k] = lead;
    let square = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k] - (i === k + 1 ? lead : 0);
      square += v[i] ** 2;
    }
    // A ← (I - βvvᵀ)A(I - βvvᵀ) = A - vwᵀ - wvᵀ
    const beta = 2 / square;
    let product = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j] * v[j];
      p[i] = beta * sum;
      product += p[i] * v[i];
    }
    for (let i = k + 1; i < n; i++) p[i] -= ((beta * product) / 2) * v[i];
    for (let i = k + 1; i < n; i++) for (let j = k + 1; j < n; j++) a[i * n + j] -= v[i] * p[j] + p[i] * v[j];
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), beside };
}

/** One implicit QL step on the rows from `first` to `last`. */
function step(diagonal: Float64Array, beside: Float64Array, first: number, last: number): void {
  const half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
  const root = Math.hypot(half, 1);
  let g = diagonal[last] - diagonal[first] + beside[first] / (half + (half >= 0 ? root : -root));
  let [s, c, p] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const [f, b] = [s * beside[i], c * beside[i]];
    const r = Math.hypot(f, g);
    beside[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] -= p;
      beside[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - p;
    const turned = (diagonal[i] - g) * s + 2 * c * b;
    p = s * turned;
    diagonal[i + 1] = g + p;
    g = c * turned - b;
  }
  diagonal[first] -= p;
  beside[first] = g;
  beside[last] = 0;
}
