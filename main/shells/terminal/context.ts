import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../../host/host.ts';
import type { Task } from '../../host/job-task.ts';
import type { Output } from './output.ts';
import { exitCodes } from './output.ts';

/** What every verb works with. */
export interface Context {
  /** Opens the library; only verbs that need it do. */
  host: () => Promise<Host>;
  output: (options: { json?: boolean }) => Output;
}

/** The action of a verb: what it returns becomes the exit code, 0 where it returns nothing. */
export function verb<Arguments extends unknown[]>(
  act: (...parameters: Arguments) => Promise<number | void>,
): (...parameters: Arguments) => Promise<void> {
  return async (...parameters) => {
    process.exitCode = (await act(...parameters)) ?? exitCodes.done;
  };
}

/** A second interruption this soon after the first is the same one, told twice: by the terminal and by npm. */
const sameInterruption = 750;

/**
 * Waits for a task. Ctrl-C (and a request to terminate) asks it for an orderly end; a second one gives up waiting.
 *
 * @param onEvent told of every event in order; the result comes after the last one
 */
export async function follow<Event, Result>(
  task: Task<Event, Result>,
  output: Output,
  onEvent: (event: Event) => void = () => undefined,
): Promise<Result> {
  let asked: number | undefined;
  const interrupt = (): void => {
    const now = performance.now();
    if (asked === undefined) {
      asked = now;
      output.note('\nStopping in order ... (press Ctrl-C again to give up at once)');
      task.stop();
    } else if (now - asked > sameInterruption) {
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
