/** Vectors and matrices in the memory of the CPU, for decoding token by token. */

/** Σ a[aStart+i]·b[bStart+i] for i below count. */
export function dot(a: Float32Array, aStart: number, b: Float32Array, bStart: number, count: number): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < count; i += 4) {
    sum0 += a[aStart + i] * b[bStart + i];
    sum1 += a[aStart + i + 1] * b[bStart + i + 1];
    sum2 += a[aStart + i + 2] * b[bStart + i + 2];
    sum3 += a[aStart + i + 3] * b[bStart + i + 3];
  }
  for (; i < count; i++) sum0 += a[aStart + i] * b[bStart + i];
  return sum0 + sum1 + (sum2 + sum3);
}

/** weight·x + bias. @param weight `[rows, x.length]`; the rows are as many as the bias has, or as fit */
export function affine(weight: Float32Array, bias: Float32Array | null, x: Float32Array): Float32Array {
  const columns = x.length;
  const y = new Float32Array(weight.length / columns);
  for (let row = 0; row < y.length; row++) y[row] = dot(weight, row * columns, x, 0, columns) + (bias ? bias[row] : 0);
  return y;
}
