import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../../host/host.ts';
import type { Task } from '../../host/job-task.ts';
import type { Output } from './output.ts';
import { exitCodes } from './exit-codes.ts';

/** What every verb works with. */
export interface Context {
  /** Opens the library; only verbs that need it do. */
  host: () => Promise<Host>;
  output: (options: { json?: boolean }) => Output;
}

/** The action of a verb: what it returns becomes the exit code, 0 where it returns nothing. */
export function commandAction<Arguments extends unknown[]>(
  act: (...parameters: Arguments) => Promise<number | void>,
): (...parameters: Arguments) => Promise<void> {
  return async (...parameters) => {
    process.exitCode = (await act(...parameters)) ?? exitCodes.done;
  };
}

/** A second interruption this soon after the first is the same one, told twice: by the terminal and by npm. */
const sameInterruption = 750;

/**
 * Waits for a task. Ctrl-C (and a request to terminate) asks it for an orderly end; a second one terminates its
 * process, so that nothing computes on, and the error says what was kept; a third one does not wait for that either.
 *
 * @param onEvent called with every event in order; the result comes after the last one
 */
export async function follow<Event, Result>(
  task: Task<Event, Result>,
  output: Output,
  onEvent: (event: Event) => void = () => undefined,
): Promise<Result> {
  let interruptions = 0;
  let last = -Infinity;
  const interrupt = (): void => {
    const now = performance.now();
    if (now - last <= sameInterruption) return;
    last = now;
    interruptions++;
    if (interruptions === 1) {
      output.note('\nStopping cleanly ... (press Ctrl-C again to stop immediately)');
      task.stop();
    } else if (interruptions === 2) {
      output.note('\nStopping immediately ...');
      task.end();
    } else {
      process.exit(exitCodes.interrupted);
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    for await (const event of task.events.join()) onEvent(event);
    return await task.result;
  } finally {
    // A repetition of the signal that ended the task may still be on its way.
    void delay(sameInterruption, undefined, { ref: false }).then(() => {
      for (const signal of signals) process.off(signal, interrupt);
    });
  }
}
