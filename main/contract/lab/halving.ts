import { HyenaError } from '../errors.ts';
import { msg } from '../message.ts';
import type { CurvePoint, ExperimentMeasure } from './experiments.ts';

/** One rung of successive halving: how many contestants train, and to which share of their budget. */
export interface Rung {
  readonly contestants: number;
  readonly share: number;
}

/** A run of an experiment, as its schedule sees it. */
export interface TrialState {
  readonly status: string;
  /** Steps that its run has taken. */
  readonly steps: number;
  /** Steps of its whole budget; null if time alone limits it. */
  readonly totalSteps: number | null;
  /** Its evaluations by step. */
  readonly curve: readonly CurvePoint[];
}

/** A run that is to be trained, until a step (null: to its end). */
export interface PendingTrial {
  readonly contestant: number;
  /** Index of the seed. */
  readonly seed: number;
  readonly until: number | null;
}

/** Where an experiment stands. */
export interface Round {
  readonly rungs: readonly Rung[];
  /** Index of the rung that is being trained. */
  readonly rung: number;
  /** Contestants that train on this rung. */
  readonly alive: readonly number[];
  /** What this rung still lacks, in the order of training; empty at the end. */
  readonly pending: readonly PendingTrial[];
}

/**
 * The rungs of successive halving (Jamieson and Talwalkar, arXiv 1502.07943): each keeps one in `factor` of the contestants
 * before it and trains to `factor` times their steps; the last one trains for the whole budget.
 *
 * @param factor null: one rung, for all contestants
 */
export function rungsOf(contestants: number, factor: number | null): Rung[] {
  if (factor === null) return [{ contestants, share: 1 }];
  let rungs = 1;
  for (let left = contestants; left > 1; left = Math.floor(left / factor)) rungs++;
  return Array.from({ length: rungs }, (_, index) => ({
    contestants: Math.max(1, Math.floor(contestants / factor ** index)),
    share: factor ** (index + 1 - rungs),
  }));
}

/**
 * What of an experiment is to be trained next: everything that has not ended, or with successive halving what the current
 * rung lacks. It follows from the runs alone, so an experiment continues after whatever ended the program. On a rung, a
 * contestant with a failed run is out.
 *
 * @param trials of each contestant, by seed
 * @throws HyenaError `configuration` for successive halving without a budget in steps
 */
export function currentRound(
  trials: readonly (readonly TrialState[])[],
  factor: number | null,
  measure: ExperimentMeasure,
): Round {
  const rungs = rungsOf(trials.length, factor);
  let alive = trials.map((_, contestant) => contestant);
  for (const [rung, { share }] of rungs.entries()) {
    const isLast = rung === rungs.length - 1;
    const goals = trials.map(([first]) => (isLast ? null : stepsOf(first.totalSteps, share)));
    const seeds = trials[0]?.length ?? 0;
    const pending = Array.from({ length: seeds }, (_, seed) =>
      alive.flatMap((contestant): PendingTrial[] => {
        const { status, steps } = trials[contestant][seed];
        const until = goals[contestant];
        if (status === 'done' || (factor !== null && status === 'failed')) return [];
        return until !== null && steps >= until ? [] : [{ contestant, seed, until }];
      }),
    ).flat();
    if (pending.length > 0 || isLast) return { rungs, rung, alive, pending };
    alive = survivors(trials, alive, goals, measure).slice(0, rungs[rung + 1].contestants);
  }
  return { rungs, rung: 0, alive, pending: [] };
}

/** Contestants from the best to the worst at their goals, by the mean over their seeds; those that failed are left out. */
function survivors(
  trials: readonly (readonly TrialState[])[],
  alive: readonly number[],
  goals: readonly (number | null)[],
  measure: ExperimentMeasure,
): number[] {
  const scored = alive.flatMap((contestant) => {
    const goal = goals[contestant] ?? Infinity;
    const values = trials[contestant].flatMap(({ status, curve }) =>
      status === 'failed' ? [] : (curve.findLast(({ step }) => step <= goal)?.value ?? []),
    );
    if (values.length < trials[contestant].length) return [];
    return [{ contestant, value: values.reduce((sum, value) => sum + value, 0) / values.length }];
  });
  // A stable sort: of equals the one that the experiment names first.
  scored.sort((a, b) => (measure === 'loss' ? a.value - b.value : b.value - a.value));
  return scored.map(({ contestant }) => contestant);
}

function stepsOf(total: number | null, share: number): number {
  // What is exact in whole numbers must not be a step too many by a rounding error.
  if (total !== null) return Math.max(1, Math.min(total, Math.ceil(total * share - 1e-9)));
  throw new HyenaError('configuration', msg`Successive halving needs a budget in steps, tokens or epochs.`, {
    hint: 'Set max_steps, max_tokens or max_epochs.',
  });
}

/** What a run has cost so far, and will cost. */
interface TrialProgress {
  /** Of its whole budget, in any unit that all runs share. */
  readonly cost: number;
  /** Share of it that is used up, 0 to 1. */
  readonly fraction: number;
  /** Its training time so far. */
  readonly seconds: number;
}

/** Seconds until an experiment ends, from the time that its runs took for their cost; null before any is known. */
export function secondsLeft(
  trials: readonly (readonly TrialProgress[])[],
  { rungs, rung, pending }: Pick<Round, 'rungs' | 'rung' | 'pending'>,
): number | null {
  const all = trials.flat();
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const spent = sum(all.map(({ cost, fraction }) => cost * fraction));
  if (pending.length === 0) return 0;
  if (spent === 0) return null;
  const now = pending.map(({ contestant, seed }) => {
    const { cost, fraction } = trials[contestant][seed];
    return cost * Math.max(0, rungs[rung].share - fraction);
  });
  const perRun = sum(all.map(({ cost }) => cost)) / trials.length;
  const later = rungs.slice(rung + 1).map(({ contestants, share }, index) => {
    return contestants * perRun * (share - rungs[rung + index].share);
  });
  return ((sum(now) + sum(later)) * sum(all.map(({ seconds }) => seconds))) / spent;
}
