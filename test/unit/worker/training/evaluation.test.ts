import { describe, expect, it } from 'vitest';
import type { TokenBatch } from '../../../../worker/models/batch.ts';
import {
  metricsOf,
  scoreWindows,
  spread,
  total,
  windowsOf,
  type TokenText,
} from '../../../../worker/training/evaluation.ts';

const text = (ids: number[], learned: number[] | null = null, bytes = (id: number) => id): TokenText => ({
  length: ids.length,
  read: (from, count) => ({
    ids: Int32Array.from(ids.slice(from, from + count)),
    learned: learned?.slice(from, from + count) ?? null,
  }),
  byteLengthOf: (some) => Array.from(some).reduce((sum, id) => sum + bytes(id), 0),
});
const between = () => Promise.resolve();

describe('windows', () => {
  it('predict every token after the first exactly once', () => {
    for (const tokens of [2, 3, 8, 9, 10, 17, 25]) {
      const targets = windowsOf(tokens, 8, true).flatMap(({ from, length }) =>
        Array.from({ length }, (_, index) => from + index + 1),
      );
      expect(targets).toEqual(Array.from({ length: tokens - 1 }, (_, index) => index + 1));
    }
  });
  it('are full ones alone without the tail, as the published comparison scores', () => {
    expect(windowsOf(26, 8, false)).toEqual([0, 8, 16].map((from) => ({ from, length: 8 })));
    expect(windowsOf(25, 8, false)).toHaveLength(3);
    expect(windowsOf(24, 8, false)).toHaveLength(2);
  });
  it('windows of a text shorter than one are one shorter window', () => {
    expect(windowsOf(5, 8, false)).toEqual([{ from: 0, length: 4 }]);
    expect(windowsOf(1, 8, true)).toEqual([]);
    expect(windowsOf(0, 8, true)).toEqual([]);
  });
  it('are spread evenly where not all are scored', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([0, 3, 6]);
    expect(spread([1, 2], 3)).toEqual([1, 2]);
    expect(spread([1, 2], null)).toEqual([1, 2]);
  });
});

describe('a score', () => {
  /** The loss of a prediction is its target over ten. */
  const learner = {
    batches: [] as number[],
    score(batch: TokenBatch) {
      learner.batches.push(batch.batchSize);
      return Promise.resolve(Float32Array.from(batch.targets, (target) => target / 10));
    },
  };
  it('sums what was predicted, window by window', async () => {
    const ids = Array.from({ length: 11 }, (_, index) => index);
    const scores = await scoreWindows(learner, text(ids), windowsOf(11, 4, true), 1, between);
    expect(scores.map(({ tokens }) => tokens)).toEqual([4, 4, 2]);
    const sum = total(scores);
    expect(sum).toMatchObject({ tokens: 10, bytes: 55 });
    expect(sum.nats).toBeCloseTo(5.5, 5);
    expect(learner.batches).toEqual([2, 1]);
  });
  it('leaves out what does not count', async () => {
    const scores = await scoreWindows(
      learner,
      text([9, 1, 2, 3, 4], [0, 0, 1, 0, 1]),
      windowsOf(5, 4, true),
      1,
      between,
    );
    expect(total(scores)).toMatchObject({ tokens: 2, bytes: 6 });
    expect(total(scores).nats).toBeCloseTo(0.6, 5);
  });
  it('gives loss, perplexity and bits per byte', () => {
    expect(metricsOf({ nats: 8 * Math.LN2, tokens: 4, bytes: 16 })).toEqual({
      loss: 2 * Math.LN2,
      perplexity: expect.closeTo(4, 12) as number,
      bitsPerByte: expect.closeTo(0.5, 12) as number,
    });
    expect(metricsOf({ nats: 1e6, tokens: 1, bytes: 1 }).perplexity).toBeNull();
    expect(metricsOf({ nats: 0, tokens: 0, bytes: 0 })).toEqual({ loss: 0, perplexity: 1, bitsPerByte: 0 });
  });
});
