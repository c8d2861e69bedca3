/** Bases of published models. */
const known = [10_000, 500_000, 1_000_000, 1e11];

/**
 * The base of rotary angles that were stored rounded to bf16: the published one nearest to what they say.
 *
 * @param angles base^(-2j/E) of each pair j
 */
export function rotaryBase(angles: Float32Array): number {
  const pairs = angles.length;
  const last = angles[pairs - 1];
  if (pairs < 2 || !(last > 0 && last < 1)) return known[0];
  const base = last ** (-pairs / (pairs - 1));
  const distance = (one: number) => Math.abs(Math.log(one / base));
  const nearest = known.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  // Rounding is off by 1/256 at most, which the power multiplies.
  return distance(nearest) < 0.05 ? nearest : Math.round(base);
}
