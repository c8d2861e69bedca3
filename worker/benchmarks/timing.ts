import type { JobContext } from '../job-context.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Times of some repetitions of a piece of work, milliseconds. */
export interface Timing {
  readonly median: number;
  readonly best: number;
  /** How many were timed. */
  readonly steps: number;
}

/**
 * Does a piece of work once to warm up, then times it.
 *
 * @param milliseconds none is begun after so long, warming up included, once one has been timed
 */
export async function timed(
  steps: number,
  context: JobContext,
  work: () => Promise<void>,
  milliseconds = Infinity,
): Promise<Timing> {
  const times: number[] = [];
  const started = performance.now();
  for (let step = 0; step <= steps; step++) {
    await nextTurn();
    context.cancellation.check();
    if (times.length > 0 && performance.now() - started > milliseconds) break;
    const began = performance.now();
    await context.cancellation.interruptible(work);
    if (step > 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  const median = times.length % 2 === 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return { median, best: times[0], steps: times.length };
}

/** The most memory that this process has had at once, MiB. */
export const peakMemoryMiB = (): number => process.resourceUsage().maxRSS / 1024;
