import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import type { Answers } from '../../main/contract/events.ts';
import type { Cancellation } from '../process/cancellation.ts';
import {
  countLearnedTokens,
  type Score,
  scoreWindows,
  spread,
  type TokenText,
  total,
  windowsOf,
} from './evaluation.ts';
import type { Learner } from './learner.ts';

/**
 * Scores what a run is validated with: the same part of it in every evaluation, and `all` where requested; of a task
 * also how many answers are right, of what was scored.
 */
export type Evaluate = (full: boolean) => Promise<{ all: Score; sampledScore: Score; answers?: Answers }>;

/**
 * Scores the validation text of a run in full windows: a usual number of them, spread evenly, or all.
 *
 * @returns null where the text holds nothing to predict
 */
export function evaluator(
  learner: Pick<Learner, 'score'>,
  text: TokenText,
  length: number,
  { eval_windows, batch_size }: Pick<TrainingConfiguration, 'eval_windows' | 'batch_size'>,
  cancellation: Cancellation,
): Evaluate | null {
  const windows = countLearnedTokens(text, windowsOf(text.length, length, false));
  if (windows.length === 0) return null;
  const sampledWindows = new Set(spread(windows, eval_windows));
  const between = async () => {
    await nextTurn();
    cancellation.check();
  };
  return async (full) => {
    const chosen = full ? windows : windows.filter((window) => sampledWindows.has(window));
    const scores = await scoreWindows(learner, text, chosen, batch_size, between);
    const sampled = scores.filter((_, index) => sampledWindows.has(chosen[index]));
    return { all: total(scores), sampledScore: total(sampled) };
  };
}
