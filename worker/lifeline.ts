import { Worker } from 'node:worker_threads';
import { activeClock, activeClockBytes } from './active-clock.ts';
import { advances, countLongSteps } from './long-step.ts';

/** Numbers that the main thread and the thread of the lifeline share. */
export const slots = { stop: 0, beats: 1, longSteps: 2 } as const;
export const pulseMilliseconds = 1000;

export interface LifelineData {
  readonly shared: SharedArrayBuffer;
  /** Of the clock that stands while the process is paused. */
  readonly clock: SharedArrayBuffer;
  readonly descriptor: number;
}

/** Names the file descriptor of the lifeline; the host sets it. */
export const lifelineVariable = 'HYENA_LIFELINE';

export interface Lifeline {
  /** Set to 1 when the host asks for the end, or is gone. */
  readonly stopFlag: Int32Array;
  /** A sign of life of the main thread. */
  readonly beat: () => void;
  /** Seconds of a clock that stands while the process is paused. */
  readonly activeSeconds: () => number;
}

/**
 * The second line to the host: a pipe that a thread listens to, so that a request to stop is seen, and the host sees
 * that the process lives, while a long computation keeps the event loop from turning.
 */
export function openLifeline(environment: NodeJS.ProcessEnv): Lifeline {
  const shared = new SharedArrayBuffer(12);
  const clock = new SharedArrayBuffer(activeClockBytes);
  const cells = new Int32Array(shared);
  countLongSteps(cells.subarray(slots.longSteps, slots.longSteps + 1));
  const descriptor = environment[lifelineVariable];
  if (descriptor !== undefined) {
    const data: LifelineData = { shared, clock, descriptor: Number(descriptor) };
    const ownEnding = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
    const thread = new Worker(new URL(`./lifeline-thread${ownEnding}`, import.meta.url), { workerData: data });
    thread.unref();
  }
  const beat = () => void Atomics.add(cells, slots.beats, 1);
  // A loop that turns is no sign of life of the device that it waits for.
  setInterval(() => {
    if (advances()) beat();
  }, pulseMilliseconds).unref();
  return { stopFlag: cells.subarray(slots.stop, slots.stop + 1), beat, activeSeconds: activeClock(clock) };
}
