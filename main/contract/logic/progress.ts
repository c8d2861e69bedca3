import type { RunRecord } from '../runs.ts';

/**
 * How far a run's budgets are used up, from 0 to 1, by its record: the one that ends it first. Null where no budget says
 * so yet, as before the first step of a run of some passes over its data.
 */
export function fractionOf(
  run: Pick<RunRecord, 'status' | 'step' | 'totalSteps' | 'seconds' | 'configuration'>,
): number | null {
  if (run.status === 'done') return 1;
  const { max_steps, max_minutes } = run.configuration.training;
  const total = run.totalSteps ?? max_steps;
  const shares = [
    ...(total === null ? [] : [run.step / total]),
    ...(max_minutes === null ? [] : [run.seconds / (60 * max_minutes)]),
  ];
  return shares.length > 0 ? Math.min(1, Math.max(...shares)) : null;
}
