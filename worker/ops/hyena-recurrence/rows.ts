/** The short causal convolution on single rows of one channel, and its gradient. */

/** row[i] = bias + Σ_k weight[at + taps-1-k]·p[start+i-k], zero before the start. */
export function shortRow(
  p: Float32Array,
  start: number,
  weight: Float32Array,
  at: number,
  taps: number,
  bias: number,
  row: Float64Array,
): void {
  const length = row.length;
  if (taps === 3 && length >= 2) {
    const [w0, w1, w2] = [weight[at + 2], weight[at + 1], weight[at]];
    row[0] = bias + w0 * p[start];
    row[1] = bias + w0 * p[start + 1] + w1 * p[start];
    for (let i = 2, read = start + 2; i < length; i++, read++)
      row[i] = bias + w0 * p[read] + w1 * p[read - 1] + w2 * p[read - 2];
    return;
  }
  for (let i = 0; i < length; i++) {
    let sum = bias;
    const reach = Math.min(taps, i + 1);
    for (let k = 0; k < reach; k++) sum += weight[at + taps - 1 - k] * p[start + i - k];
    row[i] = sum;
  }
}

/**
 * Writes dp[start+i] = Σ_k weight[at + taps-1-k]·gradient[i+k], and adds Σ_i gradient[i]·p[start+i-k] to
 * dWeight[taps-1-k]. Returns Σ gradient.
 */
export function shortRowGradients(
  gradient: Float64Array,
  p: Float32Array,
  start: number,
  weight: Float32Array,
  at: number,
  dp: Float32Array,
  dWeight: Float64Array,
): number {
  const length = gradient.length;
  const taps = dWeight.length;
  let total = 0;
  for (let i = 0; i < length; i++) total += gradient[i];
  for (let k = 0; k < Math.min(taps, length); k++) {
    let sum = 0;
    for (let i = k; i < length; i++) sum += gradient[i] * p[start + i - k];
    dWeight[taps - 1 - k] += sum;
  }
  if (taps === 3 && length >= 2) {
    const [w0, w1, w2] = [weight[at + 2], weight[at + 1], weight[at]];
    for (let i = 0; i < length - 2; i++) dp[start + i] = w0 * gradient[i] + w1 * gradient[i + 1] + w2 * gradient[i + 2];
    dp[start + length - 2] = w0 * gradient[length - 2] + w1 * gradient[length - 1];
    dp[start + length - 1] = w0 * gradient[length - 1];
    return total;
  }
  for (let i = 0; i < length; i++) {
    let sum = 0;
    const reach = Math.min(taps, length - i);
    for (let k = 0; k < reach; k++) sum += weight[at + taps - 1 - k] * gradient[i + k];
    dp[start + i] = sum;
  }
  return total;
}
