import type { ContestantView } from './experiment-views.ts';
import type { CurvePoint } from './experiments.ts';
import { meanOf } from './standings.ts';

/** What lies along a curve: steps, training FLOPs, or seconds of training. */
export type CurveAxis = 'step' | 'flops' | 'time';

/** A contestant after some steps, over its seeds. */
interface BandPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Runs that were evaluated there. */
  readonly runs: number;
}

/** The mean of a contestant's curves over its seeds, with the lowest and the highest value at each step. */
export function bandOf({ trials, flopsPerToken }: ContestantView, axis: CurveAxis): BandPoint[] {
  const place = ({ step, tokens, seconds }: CurvePoint): number =>
    axis === 'step' ? step : axis === 'flops' ? tokens * flopsPerToken : seconds;
  const bySteps = new Map<number, CurvePoint[]>();
  for (const { curve } of trials)
    for (const point of curve) bySteps.set(point.step, [...(bySteps.get(point.step) ?? []), point]);
  const steps = [...bySteps].sort(([a], [b]) => a - b);
  return steps.map(([, points]) => {
    const values = points.map(({ value }) => value);
    return {
      ...{ x: meanOf(points.map(place)) ?? 0, mean: meanOf(values) ?? 0, runs: points.length },
      ...{ low: Math.min(...values), high: Math.max(...values) },
    };
  });
}
