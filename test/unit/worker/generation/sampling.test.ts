import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  logProbabilities,
  sampleToken as sampleWithCounts,
  SampleStream,
  TokenCounts,
  type SamplingFilter,
} from '../../../../worker/generation/sampling.ts';

/** Draws after a prompt, with nothing written yet. */
const sampleToken = (logits: Float32Array, settings: SamplingFilter, prompt: number[], random: number): number =>
  sampleWithCounts(logits, settings, new TokenCounts(prompt), random);

const filter = (changes: Partial<SamplingFilter> = {}): SamplingFilter => ({
  temperature: 1,
  top_k: 0,
  top_p: 1,
  min_p: 0,
  typical_p: 1,
  repetition_penalty: 1,
  frequency_penalty: 0,
  presence_penalty: 0,
  logit_bias: {},
  ...changes,
});

/** The probabilities of all tokens, by the definitions and nothing else. */
function naive(
  logits: number[],
  { temperature, top_k, top_p, min_p, typical_p, repetition_penalty, logit_bias }: SamplingFilter,
  context: number[],
): number[] {
  const softmax = (scores: number[]) => {
    const powers = scores.map((score) => Math.exp(score));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  };
  let scores = logits.map((score, id) => score + (logit_bias[id] ?? 0));
  scores = scores.map((score, id) =>
    context.includes(id) ? (score > 0 ? score / repetition_penalty : score * repetition_penalty) : score,
  );
  scores = scores.map((score) => score / temperature);
  const keep = (kept: (id: number) => boolean) => {
    scores = scores.map((score, id) => (kept(id) ? score : -Infinity));
  };
  const ranked = () => scores.map((_, id) => id).sort((a, b) => scores[b] - scores[a] || a - b);
  if (top_k > 0) {
    const best = ranked().slice(0, top_k);
    keep((id) => best.includes(id));
  }
  if (top_p < 1) {
    const probabilities = softmax(scores);
    let sum = 0;
    const best = ranked().filter((id) => {
      const expected = sum < top_p;
      sum += probabilities[id];
      return expected;
    });
    keep((id) => best.includes(id));
  }
  const probabilities = softmax(scores);
  const largest = Math.max(...probabilities);
  keep((id) => probabilities[id] >= min_p * largest);
  if (typical_p < 1) {
    const left = softmax(scores);
    const surprise = left.map((share) => -Math.log(share));
    const expected = left.reduce((sum, share, id) => sum + (share > 0 ? share * surprise[id] : 0), 0);
    let sum = 0;
    const order = scores.map((_, id) => id).filter((id) => left[id] > 0);
    order.sort((a, b) => Math.abs(surprise[a] - expected) - Math.abs(surprise[b] - expected) || a - b);
    const typical = order.filter((id) => {
      const wanted = sum < typical_p;
      sum += left[id];
      return wanted;
    });
    keep((id) => typical.includes(id));
  }
  return softmax(scores);
}

/** Frequencies over evenly spaced random numbers: the distribution itself, without noise. */
function frequencies(logits: number[], settings: SamplingFilter, context: number[], count = 4000): number[] {
  const found = logits.map(() => 0);
  for (let index = 0; index < count; index++)
    found[sampleToken(Float32Array.from(logits), settings, context, (index + 0.5) / count)] += 1 / count;
  return found;
}

describe('sampling', () => {
  it('has the distribution of the definitions, whatever the settings', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -6, max: 6, noNaN: true }).map(Math.fround), { minLength: 1, maxLength: 12 }),
        fc.record({
          temperature: fc.double({ min: 0.2, max: 3, noNaN: true }),
          top_k: fc.integer({ min: 0, max: 14 }),
          top_p: fc.double({ min: 0.05, max: 1, noNaN: true }),
          min_p: fc.double({ min: 0, max: 1, noNaN: true }),
          typical_p: fc.constantFrom(1, 0.2, 0.5, 0.93),
          repetition_penalty: fc.double({ min: 0.5, max: 2, noNaN: true }),
          frequency_penalty: fc.constant(0),
          presence_penalty: fc.constant(0),
          logit_bias: fc.constantFrom<Record<string, number>>({}, { 0: 2, 3: -1.5 }),
        }),
        fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 4 }),
        (logits, settings, context) => {
          const known = context.filter((id) => id < logits.length);
          const expected = naive(logits, settings, known);
          const found = frequencies(logits, settings, known, 500);
          for (const [id, share] of found.entries()) expect(Math.abs(share - expected[id])).toBeLessThan(0.01);
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it('takes the likeliest at temperature 0, of equals the first', () => {
    expect(sampleToken(Float32Array.of(1, 3, 3, 2), filter({ temperature: 0 }), [], 0.99)).toBe(1);
  });

  it('answers by the smallest numbers that there are', () => {
    const logits = Float32Array.of(1, 2, -3, -Infinity);
    for (const key of ['temperature', 'top_p', 'min_p', 'typical_p', 'repetition_penalty'] as const)
      for (const value of [Number.MIN_VALUE, 1e-310])
        expect(sampleToken(logits, filter({ [key]: value }), [1, 2], 0.5), key).toBeLessThan(3);
  });

  it('penalises what was said: scores above and below zero', () => {
    const logits = Float32Array.of(2, 1.5, -1, -1.5);
    expect(sampleToken(logits, filter({ temperature: 0, repetition_penalty: 2 }), [0], 0)).toBe(1);
    const negative = Float32Array.of(-1, -1.5);
    expect(sampleToken(negative, filter({ temperature: 0, repetition_penalty: 2 }), [0], 0)).toBe(1);
    expect(Array.from(logits)).toEqual([2, 1.5, -1, -1.5]);
  });

  it('penalises what was written by how often, and by that it was', () => {
    const counts = new TokenCounts([3]);
    for (const id of [0, 0, 1]) counts.add(id);
    const greedy = (logits: number[], changes: Partial<SamplingFilter>) =>
      sampleWithCounts(Float32Array.from(logits), filter({ temperature: 0, ...changes }), counts, 0);
    expect(greedy([5, 4.5, 3.2, 0], {})).toBe(0);
    expect(greedy([5, 4.5, 3.2, 0], { frequency_penalty: 1 })).toBe(1);
    expect(greedy([5, 4.5, 3.2, 0], { presence_penalty: 1.9 })).toBe(2);
    // The prompt's tokens count for neither.
    expect(greedy([0, 0, 0, 1], { frequency_penalty: 2, presence_penalty: 2 })).toBe(3);
    expect(greedy([5, 4.5, 3.2, 0], { frequency_penalty: -2 })).toBe(0);
  });

  it('forbids and forces tokens by their bias', () => {
    const logits = Float32Array.of(9, 1, 2);
    expect(sampleToken(logits, filter({ temperature: 0, logit_bias: { 0: -100 } }), [], 0)).toBe(2);
    expect(sampleToken(logits, filter({ logit_bias: { 1: 100, 77: 5 } }), [], 0.9)).toBe(1);
  });

  it('tells the probabilities of the model', () => {
    const found = logProbabilities(Float32Array.of(1000, 1001, -Infinity));
    expect(found[0]).toBeCloseTo(-Math.log(1 + Math.E), 6);
    expect(Math.exp(found[0]) + Math.exp(found[1])).toBeCloseTo(1, 12);
    expect(found[2]).toBe(-Infinity);
  });

  it('never draws what is impossible, at the ends of the random numbers too', () => {
    const logits = Float32Array.of(-Infinity, 0, -Infinity, 0, -Infinity);
    for (const random of [0, 0.5, 1 - 2 ** -53]) expect([1, 3]).toContain(sampleToken(logits, filter(), [], random));
  });

  it('is exact for a large vocabulary', () => {
    const logits = Float32Array.from({ length: 50_257 }, (_, id) => Math.sin(id * 12.9898) * 8);
    const settings = filter({ top_p: 0.9 });
    const probabilities = naive(Array.from(logits), filter(), []);
    const order = probabilities.map((_, id) => id).sort((a, b) => probabilities[b] - probabilities[a] || a - b);
    let sum = 0;
    const nucleus = new Set(
      order.filter((id) => {
        const expected = sum < 0.9;
        sum += probabilities[id];
        return expected;
      }),
    );
    for (let index = 0; index < 50; index++)
      expect(nucleus.has(sampleToken(logits, settings, [], (index + 0.5) / 50))).toBe(true);
  });

  it.each([[NaN], [Infinity]])('refuses a score of %s', (score) => {
    expect(() => sampleToken(Float32Array.of(0, score), filter(), [], 0)).toThrow(/logits/);
  });
  it('refuses scores of which none is possible', () => {
    expect(() => sampleToken(Float32Array.of(-Infinity, -Infinity), filter(), [], 0)).toThrow(/logits/);
  });
});

describe('random numbers', () => {
  it('follow from the seed', () => {
    const draw = (seed: number) => {
      const stream = new SampleStream(seed);
      return Array.from({ length: 5 }, () => stream.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
  it('are spread evenly', () => {
    const stream = new SampleStream(3);
    const bins = new Array<number>(16).fill(0);
    for (let index = 0; index < 16_000; index++) bins[Math.floor(stream.next() * 16)]++;
    // Chi-squared with 15 degrees of freedom: beyond 38 once in a thousand seeds.
    expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(38);
  });
});
