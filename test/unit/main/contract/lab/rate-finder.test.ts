import { describe, expect, it } from 'vitest';
import {
  hasDiverged,
  proposeRate,
  rateAt,
  rateRange,
  smooth,
  type RatePoint,
} from '../../../../../main/contract/lab/rate-finder.ts';

/** The search over a loss that is a function of the rate. */
function search(lossAt: (rate: number, step: number) => number): RatePoint[] {
  const points: RatePoint[] = [];
  for (let step = 0; step < rateRange.steps && !hasDiverged(points); step++) {
    const rate = rateAt(rateRange, step);
    const loss = lossAt(rate, step);
    points.push({ step: step + 1, rate, loss, smoothed: smooth(points, loss) });
  }
  return points;
}

describe('the search for a learning rate', () => {
  it('rises by equal ratios from the first rate to the last', () => {
    expect(rateAt(rateRange, 0)).toBe(rateRange.low);
    expect(rateAt(rateRange, rateRange.steps - 1)).toBeCloseTo(rateRange.high);
    expect(rateAt({ low: 1e-4, high: 1, steps: 5 }, 2)).toBeCloseTo(1e-2);
  });

  it('smooths without a bias of its start', () => {
    const points = search(() => 4);
    for (const { smoothed } of points) expect(smoothed).toBeCloseTo(4);
  });

  it('proposes a rate within the fall, below where the loss rises', () => {
    const valley = (rate: number) => 5 - 3 / (1 + (1e-3 / rate) ** 1.5) + 200 * rate ** 2;
    const points = search(valley);
    const lowest = points.reduce((best, one) => (one.smoothed < best.smoothed ? one : best)).rate;
    const rate = proposeRate(points);
    expect(rate).not.toBeNull();
    // A flat beginning does not draw it down.
    expect(rate!).toBeGreaterThan(3e-4);
    expect(rate!).toBeLessThan(lowest);
  });

  it('ends where the loss diverges, and proposes nothing where it never fell', () => {
    const points = search((rate) => (rate < 1e-2 ? 4 - rate : 4 * (rate / 1e-2) ** 2));
    expect(points.length).toBeLessThan(90);
    expect(search((rate) => (rate < 1e-3 ? 4 : Infinity)).length).toBeLessThan(60);
    expect(proposeRate(search((_, step) => 4 + 0.01 * Math.sin(step)))).toBeNull();
    expect(proposeRate([])).toBeNull();
  });
});
