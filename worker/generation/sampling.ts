import type { Sampling } from '../../main/contract/jobs.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { randomBits, type RandomKey, randomKey } from '../ops/random.ts';

export type SamplingFilter = Pick<Sampling, 'temperature' | 'top_k' | 'top_p' | 'min_p' | 'repetition_penalty'>;

/** Tokens that may come next with their shares of the probability, which need not sum to 1. */
interface Candidates {
  /** Ascending ids, or by falling weight where `sorted`. */
  ids: Int32Array;
  weights: Float64Array;
}

/**
 * Draws the next token. The filters work as in Hugging Face's library, in this order: repetition penalty (a score
 * above 0 is divided by it, one below multiplied, for every token of the context), temperature, top-k, top-p (the
 * fewest likeliest tokens that together have at least that probability, of what top-k has left), min-p (tokens with at
 * least that share of the likeliest one's probability). Ties go to the lower id, so that exactly k tokens are left.
 *
 * @param logits scores of all tokens; not changed
 * @param context the tokens so far, for the repetition penalty
 * @param random from 0 up to but not including 1
 * @throws HyenaError `numerical` where a score is not a number or all are impossible
 */
export function sampleToken(
  logits: Float32Array,
  filter: SamplingFilter,
  context: Iterable<number>,
  random: number,
): number {
  const scores = penalised(logits, filter.repetition_penalty, context);
  const likeliest = indexOfLargest(scores);
  if (filter.temperature === 0) return likeliest;
  const candidates = filtered(scores, scores[likeliest], filter);
  return draw(candidates, random);
}

function penalised(logits: Float32Array, penalty: number, context: Iterable<number>): Float32Array {
  if (penalty === 1) return logits;
  const scores = logits.slice();
  for (const id of new Set(context)) scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
  return scores;
}

function indexOfLargest(scores: Float32Array): number {
  let best = -1;
  let largest = -Infinity;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id];
    if (Number.isNaN(score)) throw new HyenaError('numerical', "The model's scores are not numbers.");
    if (score > largest) {
      largest = score;
      best = id;
    }
  }
  if (best < 0 || largest === Infinity)
    throw new HyenaError('numerical', "The model's scores are not finite.", {
      hint: 'Use an earlier checkpoint of the run.',
    });
  return best;
}

function filtered(scores: Float32Array, largest: number, filter: SamplingFilter): Candidates {
  const { temperature, top_k, top_p, min_p } = filter;
  const weights = Float64Array.from(scores, (score) => Math.exp((score - largest) / temperature));
  let ids = Int32Array.from(weights.keys());
  if (top_k > 0 && top_k < ids.length) ids = byWeight(ids, weights).slice(0, top_k);
  if (top_p < 1) ids = nucleus(ids, weights, top_p);
  // The likeliest token has the weight 1.
  if (min_p > 0) ids = ids.filter((id) => weights[id] >= min_p);
  return { ids, weights: Float64Array.from(ids, (id) => weights[id]) };
}

const byWeight = (ids: Int32Array, weights: Float64Array): Int32Array<ArrayBuffer> =>
  Int32Array.from(ids).sort((a, b) => weights[b] - weights[a] || a - b);

function nucleus(ids: Int32Array, weights: Float64Array, share: number): Int32Array<ArrayBuffer> {
  const total = ids.reduce((sum, id) => sum + weights[id], 0);
  // All tokens below this together have less than what the nucleus leaves out: they need not be sorted.
  const negligible = ((1 - share) * total) / ids.length;
  const sorted = byWeight(
    ids.filter((id) => weights[id] >= negligible),
    weights,
  );
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sum < share * total) sum += weights[sorted[count++]];
  return sorted.slice(0, Math.max(1, count));
}

function draw({ ids, weights }: Candidates, random: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random * total;
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return ids[index];
  }
  // Rounding: the last token that is possible at all.
  return ids[weights.findLastIndex((weight) => weight > 0)];
}

/** Numbers from 0 to 1 by seed and counter, with 53 random bits. */
export class SampleStream {
  readonly #key: RandomKey;
  #next = 0;

  constructor(seed: number) {
    this.#key = randomKey(seed);
  }

  next(): number {
    const high = randomBits(this.#key, this.#next++) >>> 5;
    const low = randomBits(this.#key, this.#next++) >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }
}
