import type { Sampling } from '../../main/contract/jobs.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { randomBits, type RandomKey, randomKey } from '../ops/random.ts';

export type SamplingFilter = Pick<Sampling, 'temperature' | 'top_k' | 'top_p' | 'min_p' | 'repetition_penalty'>;

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
  return draw(scores, scores[likeliest], filter, random);
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

function draw(scores: Float32Array, largest: number, filter: SamplingFilter, random: number): number {
  const { temperature, top_k, top_p, min_p } = filter;
  // Plain loops: a vocabulary may have hundreds of thousands of tokens, and each token that is written passes here.
  const weights = new Float64Array(scores.length);
  for (let id = 0; id < scores.length; id++) weights[id] = Math.exp((scores[id] - largest) / temperature);
  let ids = new Int32Array(scores.length);
  for (let id = 0; id < ids.length; id++) ids[id] = id;
  if (top_k > 0 && top_k < ids.length) ids = byScore(ids, scores).subarray(0, top_k);
  if (top_p < 1) ids = nucleus(ids, scores, weights, top_p);
  // The likeliest token has the weight 1.
  if (min_p > 0) ids = ids.filter((id) => weights[id] >= min_p);
  return pick(ids, weights, random);
}

function byScore(ids: Int32Array, scores: Float32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(ids).sort((a, b) => scores[b] - scores[a] || a - b);
}

function nucleus(ids: Int32Array, scores: Float32Array, weights: Float64Array, share: number): Int32Array<ArrayBuffer> {
  let total = 0;
  for (let index = 0; index < ids.length; index++) total += weights[ids[index]];
  // All tokens below this together have less than what the nucleus leaves out: they need not be sorted.
  const negligible = ((1 - share) * total) / ids.length;
  const sorted = byScore(
    ids.filter((id) => weights[id] >= negligible),
    scores,
  );
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sum < share * total) sum += weights[sorted[count++]];
  return sorted.subarray(0, Math.max(1, count));
}

function pick(ids: Int32Array, weights: Float64Array, random: number): number {
  let total = 0;
  for (let index = 0; index < ids.length; index++) total += weights[ids[index]];
  let left = random * total;
  let last = ids[0];
  for (let index = 0; index < ids.length; index++) {
    const weight = weights[ids[index]];
    if (weight === 0) continue;
    last = ids[index];
    left -= weight;
    if (left < 0) break;
  }
  // Where rounding leaves something over it is the last token that is possible at all.
  return last;
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
