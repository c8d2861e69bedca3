import type { Sampling } from '../../main/contract/sampling.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { randomBits, type RandomKey, randomKey } from '../../main/contract/logic/random.ts';

export type SamplingFilter = Pick<
  Sampling,
  | ('temperature' | 'top_k' | 'top_p' | 'min_p' | 'typical_p')
  | ('repetition_penalty' | 'frequency_penalty' | 'presence_penalty' | 'logit_bias')
>;

/** The tokens so far, as the penalties see them. */
export class TokenCounts {
  readonly #seen = new Set<number>();
  readonly #written = new Map<number, number>();

  /** @param prompt counts for the repetition penalty alone */
  constructor(prompt: Iterable<number>) {
    for (const id of prompt) this.#seen.add(id);
  }

  /** A token was written. */
  add(id: number): void {
    this.#seen.add(id);
    this.#written.set(id, (this.#written.get(id) ?? 0) + 1);
  }

  /** Tokens of the prompt and of what was written. */
  get seen(): Iterable<number> {
    return this.#seen;
  }

  /** How often each token was written. */
  get written(): Iterable<[id: number, count: number]> {
    return this.#written;
  }
}

/**
 * Draws the next token. First the scores are changed: bias, repetition penalty (as in Hugging Face's library: a score
 * above 0 is divided by it, one below multiplied, for every token so far), frequency and presence penalty (as of
 * OpenAI's interface: subtracted, for what was written). Then temperature and the filters, in the order of Hugging
 * Face's library: top-k, top-p (the fewest most likely tokens that together have at least that probability, of what
 * top-k has left), min-p (tokens with at least that share of the most likely one's probability), typical-p (of what is
 * left, the fewest whose surprise is nearest to the expected one that together have at least that probability; arXiv
 * 2202.00666). Ties go to the lower id, so that exactly k tokens are left.
 *
 * @param logits scores of all tokens; not changed
 * @param random from 0 up to but not including 1
 * @throws HyenaError `numerical` where a score is not a number or all are impossible
 */
export function sampleToken(
  logits: Float32Array,
  filter: SamplingFilter,
  counts: Pick<TokenCounts, 'seen' | 'written'>,
  random: number,
): number {
  const scores = adjusted(logits, filter, counts);
  const likeliest = indexOfLargest(scores);
  if (filter.temperature === 0) return likeliest;
  return draw(scores, scores[likeliest], filter, random);
}

function adjusted(
  logits: Float32Array,
  { repetition_penalty, frequency_penalty, presence_penalty, logit_bias }: SamplingFilter,
  { seen, written }: Pick<TokenCounts, 'seen' | 'written'>,
): Float32Array {
  const biases = Object.entries(logit_bias);
  if (repetition_penalty === 1 && frequency_penalty === 0 && presence_penalty === 0 && biases.length === 0)
    return logits;
  const scores = logits.slice();
  for (const [id, bias] of biases) if (Number(id) < scores.length) scores[Number(id)] += bias;
  if (repetition_penalty !== 1)
    for (const id of seen)
      if (Number.isFinite(scores[id]))
        scores[id] = inRange(scores[id] > 0 ? scores[id] / repetition_penalty : scores[id] * repetition_penalty);
  if (frequency_penalty !== 0 || presence_penalty !== 0)
    for (const [id, count] of written) scores[id] -= count * frequency_penalty + presence_penalty;
  return scores;
}

/** A score that a tiny factor changed stays a 32-bit number. */
const inRange = (score: number): number => Math.min(Math.max(score, -3e38), 3e38);

function indexOfLargest(scores: Float32Array): number {
  let best = -1;
  let largest = -Infinity;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id];
    if (Number.isNaN(score)) throw new HyenaError('numerical', "The model's logits are NaN.");
    if (score > largest) {
      largest = score;
      best = id;
    }
  }
  if (best < 0 || largest === Infinity)
    throw new HyenaError('numerical', "The model's logits are not finite.", {
      hint: 'Use an earlier checkpoint of the run.',
    });
  return best;
}

function draw(scores: Float32Array, largest: number, filter: SamplingFilter, random: number): number {
  const { temperature, top_k, top_p, min_p, typical_p } = filter;
  // Plain loops: a vocabulary may have hundreds of thousands of tokens, and each token that is written passes here.
  const weights = new Float64Array(scores.length);
  for (let id = 0; id < scores.length; id++) weights[id] = Math.exp((scores[id] - largest) / temperature);
  let ids = new Int32Array(scores.length);
  for (let id = 0; id < ids.length; id++) ids[id] = id;
  if (top_k > 0 && top_k < ids.length) ids = byScore(ids, scores).subarray(0, top_k);
  if (top_p < 1) ids = nucleus(ids, scores, weights, top_p);
  // The most likely token has the weight 1.
  if (min_p > 0) ids = ids.filter((id) => weights[id] >= min_p);
  if (typical_p < 1) ids = typical(ids, weights, typical_p);
  return pick(ids, weights, random);
}

function byScore(ids: Int32Array, scores: Float32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(ids).sort((a, b) => scores[b] - scores[a] || a - b);
}

function totalOf(ids: Int32Array, weights: Float64Array): number {
  let total = 0;
  for (let index = 0; index < ids.length; index++) total += weights[ids[index]];
  return total;
}

/** The first of the ids, in their order, that together have this share of all weight; at least one. */
function leading(
  sorted: Int32Array<ArrayBuffer>,
  weights: Float64Array,
  total: number,
  share: number,
): Int32Array<ArrayBuffer> {
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sum < share * total) sum += weights[sorted[count++]];
  return sorted.subarray(0, Math.max(1, count));
}

function nucleus(ids: Int32Array, scores: Float32Array, weights: Float64Array, share: number): Int32Array<ArrayBuffer> {
  const total = totalOf(ids, weights);
  // All tokens below this together have less than what the nucleus leaves out: they need not be sorted.
  const negligible = ((1 - share) * total) / ids.length;
  const sorted = byScore(
    ids.filter((id) => weights[id] >= negligible),
    scores,
  );
  return leading(sorted, weights, total, share);
}

function typical(ids: Int32Array, weights: Float64Array, share: number): Int32Array<ArrayBuffer> {
  const total = totalOf(ids, weights);
  const possible = ids.filter((id) => weights[id] > 0).sort();
  const surprise = new Map<number, number>();
  let entropy = 0;
  for (const id of possible) {
    const probability = weights[id] / total;
    surprise.set(id, -Math.log(probability));
    entropy -= probability * Math.log(probability);
  }
  const distance = (id: number) => Math.abs(surprise.get(id)! - entropy);
  return leading(
    possible.sort((a, b) => distance(a) - distance(b) || a - b),
    weights,
    total,
    share,
  );
}

function pick(ids: Int32Array, weights: Float64Array, random: number): number {
  let left = random * totalOf(ids, weights);
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

/** Natural logarithms of the probabilities that the model itself gives. */
export function logProbabilities(logits: Float32Array): Float64Array {
  let largest = -Infinity;
  for (const score of logits) if (score > largest) largest = score;
  let sum = 0;
  for (let id = 0; id < logits.length; id++) sum += Math.exp(logits[id] - largest);
  const shift = largest + Math.log(sum);
  return Float64Array.from(logits, (score) => score - shift);
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
