import type { ContestantView, ExperimentView } from './experiment-views.ts';

/** What the seeds of a contestant gave together. */
export interface Standing {
  /** Place of the contestant in the experiment: its colour, whatever the others do. */
  readonly index: number;
  readonly contestant: ContestantView;
  /** Mean over its runs that have a value; null without any. */
  readonly mean: number | null;
  /** Sample standard deviation over the seeds; null with fewer than two. */
  readonly deviation: number | null;
  /** Runs that are at their end. */
  readonly done: number;
  /** Steps of its run that came furthest. */
  readonly steps: number;
  /** Mean training time of a run. */
  readonly seconds: number;
  /** Mean training FLOPs of a run; null before the first evaluation. */
  readonly flops: number | null;
  readonly parameters: number | null;
}

export const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function deviationOf(values: readonly number[]): number | null {
  const mean = meanOf(values);
  if (mean === null || values.length < 2) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function standingOf(contestant: ContestantView, index: number): Standing {
  const { trials, flopsPerToken } = contestant;
  const begun = trials.filter(({ run, step }) => run !== null && step > 0);
  const values = begun.flatMap(({ value }) => value ?? []);
  return {
    ...{ index, contestant, mean: meanOf(values), deviation: deviationOf(values) },
    done: trials.filter(({ status }) => status === 'done').length,
    steps: Math.max(0, ...begun.map(({ step }) => step)),
    seconds: meanOf(begun.map(({ seconds }) => seconds)) ?? 0,
    flops: meanOf(begun.flatMap(({ curve }) => (curve.at(-1)?.tokens ?? NaN) * flopsPerToken || [])),
    parameters: begun.find(({ parameters }) => parameters !== null)?.parameters ?? null,
  };
}

/** How contestants stand, the best first. What has ended comes before what has not; with halving, what came further first. */
export function standings({ contestants, halving, measure }: ExperimentView): Standing[] {
  const reached = ({ done, contestant, steps }: Standing): number =>
    halving === null ? Number(done === contestant.trials.length) : steps / (contestant.trials[0]?.totalSteps ?? 1);
  const worst = measure === 'loss' ? Infinity : -Infinity;
  const order = (one: Standing, other: Standing): number => {
    const further = reached(other) - reached(one);
    if (further !== 0) return further;
    const [mine, theirs] = [one.mean ?? worst, other.mean ?? worst];
    if (mine === theirs) return 0;
    return measure === 'loss' ? mine - theirs : theirs - mine;
  };
  return contestants.map(standingOf).sort(order);
}

/** Indices of the keys whose values differ; all of them if none does. */
export function variedKeys({ keys, contestants }: Pick<ExperimentView, 'keys' | 'contestants'>): number[] {
  const all = keys.map((_, index) => index);
  const varied = all.filter((index) =>
    contestants.some(({ values }) => values[index] !== contestants[0].values[index]),
  );
  return varied.length > 0 ? varied : all;
}

/** A contestant in few words: what it is in a race, in a sweep the values that differ. */
export function shortTitle(
  view: Pick<ExperimentView, 'keys' | 'contestants'>,
  { title, values }: ContestantView,
): string {
  if (view.keys.length === 0) return title;
  return variedKeys(view)
    .map((index) => values[index])
    .join(', ');
}
