import type { TrainingConfiguration } from '../../main/contract/configuration.ts';

export type ScheduleConfiguration = Pick<
  TrainingConfiguration,
  | 'learning_rate'
  | 'schedule'
  | 'min_learning_rate_ratio'
  | 'decay_steps'
  | 'warmup_steps'
  | 'warmup_ratio'
  | 'warmup_start_learning_rate'
>;

/** Where a run stands when it takes its next step. */
export interface SchedulePosition {
  /** Steps taken before this one. */
  step: number;
  /** All steps of the run; null where time alone limits it. */
  totalSteps: number | null;
  /** The share of the budget that will be used up when this step ends, 0 to 1: what a budget of time goes by. */
  progress: number;
  /** The share that had been used up when the warmup ended; null before that. */
  warmupEnd: number | null;
}

/** Steps of the warmup; null where it is a share of a time that is not known in steps. */
export function warmupSteps(configuration: ScheduleConfiguration, totalSteps: number | null): number | null {
  if (configuration.warmup_steps !== null) return configuration.warmup_steps;
  return totalSteps === null ? null : Math.round(configuration.warmup_ratio * totalSteps);
}

/** Whether a step belongs to the warmup. */
export function inWarmup(configuration: ScheduleConfiguration, at: SchedulePosition): boolean {
  const warmup = warmupSteps(configuration, at.totalSteps);
  return warmup === null ? at.progress < configuration.warmup_ratio : at.step < warmup;
}

/**
 * The learning rate of a step: it rises in a straight line to `learning_rate`, reached with the last step of the
 * warmup, then falls to `min_learning_rate_ratio` of it with the budget, or until `decay_steps`. With s steps before this one, W of warmup, T
 * in all or `decay_steps`, and r the final share (`timed` false):
 *
 * - warmup: start + (rate − start)·(s + 1)/W
 * - cosine: rate·(r + (1 − r)/2·(1 + cos(π·(s − W)/(T − W))))
 * - linear: rate·(1 − (1 − r)·(s − W)/(T − W))
 * - inverse_sqrt: rate·max(r, √(W/(s + 1)))
 * - constant: rate
 *
 * @param timed a budget of time is among those given: the fraction (s − W)/(T − W) is then taken of the budget used,
 *   which is the elapsed training time where that is ahead of the steps
 */
export function learningRate(configuration: ScheduleConfiguration, at: SchedulePosition, timed: boolean): number {
  const { learning_rate: rate, warmup_start_learning_rate: start, min_learning_rate_ratio: floor } = configuration;
  const { decay_steps } = configuration;
  const warmup = warmupSteps(configuration, at.totalSteps);
  if (inWarmup(configuration, at)) {
    const risen = warmup === null ? at.progress / configuration.warmup_ratio : (at.step + 1) / warmup;
    return warmup === null ? start + (rate - start) * risen : start + ((rate - start) * (at.step + 1)) / warmup;
  }
  const fallen = Math.min(1, Math.max(0, fractionAfterWarmup(at, warmup ?? 0, timed, decay_steps)));
  switch (configuration.schedule) {
    case 'cosine':
      return rate * (floor + ((1 - floor) / 2) * (1 + Math.cos(Math.PI * fallen)));
    case 'linear':
      return rate * (1 - (1 - floor) * fallen);
    case 'inverse_sqrt':
      return rate * Math.max(floor, inverseSquareRoot(configuration, at, warmup));
    case 'constant':
      return rate;
  }
}

function fractionAfterWarmup(at: SchedulePosition, warmup: number, timed: boolean, decaySteps: number | null): number {
  if (decaySteps !== null) return (at.step - warmup) / Math.max(1, decaySteps - warmup);
  if (!timed && at.totalSteps !== null) return (at.step - warmup) / Math.max(1, at.totalSteps - warmup);
  const begin = at.warmupEnd ?? at.progress;
  return begin >= 1 ? 1 : (at.progress - begin) / (1 - begin);
}

function inverseSquareRoot(configuration: ScheduleConfiguration, at: SchedulePosition, warmup: number | null): number {
  if (warmup !== null) return Math.sqrt(Math.max(1, warmup) / (at.step + 1));
  const share = configuration.warmup_ratio > 0 ? configuration.warmup_ratio : 0.01;
  return Math.sqrt(share / Math.max(share, at.progress));
}
