import type { JobContext } from '../process/job-context.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Times of some repetitions of a piece of work, milliseconds. */
export interface Timing {
  readonly median: number;
  readonly best: number;
  /** Median CPU time of all threads of the process: what other programs on the machine hardly change. */
  readonly cpu: number;
  /** How many were timed. */
  readonly steps: number;
  /** All of them together. */
  readonly total: number;
}

/**
 * Does a piece of work once to warm up, then times it.
 *
 * @param milliseconds none is begun after so long, warming up included, once `least` have been timed
 * @param warm called when it has warmed up
 */
export async function timed(
  steps: number,
  context: JobContext,
  work: () => Promise<void>,
  { milliseconds = Infinity, least = 1, warm }: { milliseconds?: number; least?: number; warm?: () => void } = {},
): Promise<Timing> {
  const times: number[] = [];
  const cpu: number[] = [];
  const started = performance.now();
  for (let step = 0; step <= steps; step++) {
    await nextTurn();
    context.cancellation.check();
    if (times.length >= least && performance.now() - started > milliseconds) break;
    const began = performance.now();
    const before = process.cpuUsage();
    await context.cancellation.interruptible(work);
    if (step === 0) {
      warm?.();
      continue;
    }
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  return { median: medianOf(times), best: Math.min(...times), cpu: medianOf(cpu), steps: times.length, total };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The most memory that this process has had at once, MiB. */
export const peakMemoryMiB = (): number => process.resourceUsage().maxRSS / 1024;
