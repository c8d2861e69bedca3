import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { activeClock, activeClockBytes } from './active-clock.ts';
import { advances, countLongSteps } from './long-step.ts';

/** Numbers that the main thread and the thread of the lifeline share. */
export const watchdogSlots = { stop: 0, beats: 1, longSteps: 2 } as const;
export const heartbeatMilliseconds = 1000;

export interface WatchdogData {
  readonly shared: SharedArrayBuffer;
  /** Of the clock that stands while the process is paused. */
  readonly clock: SharedArrayBuffer;
  readonly descriptor: number;
}

/** Names the file descriptor of the lifeline; the host sets it. */
const watchdogVariable = 'HYENA_LIFELINE';

export interface Watchdog {
  /** Set to 1 when the host asks for the end, or is gone. */
  readonly stopFlag: Int32Array;
  /** A heartbeat of the main thread. */
  readonly heartbeat: () => void;
  /** Seconds of a clock that stands while the process is paused. */
  readonly activeSeconds: () => number;
}

/**
 * The second line to the host: a pipe that a thread listens to, so that a request to stop is seen, and the host sees
 * that the process lives, while a long computation keeps the event loop from turning.
 */
export function openWatchdog(environment: NodeJS.ProcessEnv): Watchdog {
  const shared = new SharedArrayBuffer(12);
  const clock = new SharedArrayBuffer(activeClockBytes);
  const cells = new Int32Array(shared);
  countLongSteps(cells.subarray(watchdogSlots.longSteps, watchdogSlots.longSteps + 1));
  const descriptor = environment[watchdogVariable];
  if (descriptor !== undefined) {
    const data: WatchdogData = { shared, clock, descriptor: Number(descriptor) };
    const ownEnding = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
    const thread = new Worker(join(import.meta.dirname, `watchdog-thread${ownEnding}`), { workerData: data });
    thread.unref();
  }
  const heartbeat = () => void Atomics.add(cells, watchdogSlots.beats, 1);
  // A loop that turns is not a heartbeat of the device that it waits for.
  setInterval(() => {
    if (advances()) heartbeat();
  }, heartbeatMilliseconds).unref();
  return {
    stopFlag: cells.subarray(watchdogSlots.stop, watchdogSlots.stop + 1),
    heartbeat,
    activeSeconds: activeClock(clock),
  };
}
