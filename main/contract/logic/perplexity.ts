/** From here on a perplexity is written as 'more than this': its digits say nothing. */
const mostShown = 1e300;

/**
 * Perplexity of a mean cross entropy in nats per token: how many tokens the model hesitates between. Null beyond what a
 * number can hold, from about 709 nats on, since JSON has no infinity.
 */
export function perplexityOf(loss: number): number | null {
  const perplexity = Math.exp(loss);
  return Number.isFinite(perplexity) ? perplexity : null;
}

/**
 * A perplexity in words and digits.
 *
 * @param value null, or the largest number there is (as earlier versions wrote it): beyond what a number can hold
 * @param format writes one that is not too large
 */
export function describePerplexity(value: number | null, format: (value: number) => string): string {
  return value === null || value > mostShown ? '> 10^300' : format(value);
}
