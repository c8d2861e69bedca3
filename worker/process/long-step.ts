/** How many long steps the main thread is within; the thread of the lifeline reads it. */
let depth = new Int32Array(new SharedArrayBuffer(4));

/** Counts long steps where another thread sees them. */
export function countLongSteps(shared: Int32Array<SharedArrayBuffer>): void {
  depth = shared;
}

/**
 * Work that may keep the main thread busy for long without a fault: a kernel, the values of a large tensor. The host
 * waits for it far longer than for a main thread that stands still outside of such work.
 */
export function longStep<Result>(work: () => Result): Result {
  Atomics.add(depth, 0, 1);
  try {
    return work();
  } finally {
    Atomics.sub(depth, 0, 1);
  }
}

/** What devices that are waited for have done so far, and at the last look. */
const waits = new Map<() => number, number>();

/**
 * Waits for a device that computes on threads of its own while the event loop turns: a long step too, but one with
 * heartbeats of its own.
 *
 * @param progress changes whenever the device has done a piece of its work
 */
export async function deviceWork<Result>(done: Promise<Result>, progress: () => number): Promise<Result> {
  Atomics.add(depth, 0, 1);
  const own = () => progress();
  waits.set(own, own());
  try {
    return await done;
  } finally {
    waits.delete(own);
    Atomics.sub(depth, 0, 1);
  }
}

/** Whether the process gets on: nothing is waited for, or a device has done something since the last call. */
export function advances(): boolean {
  let advanced = waits.size === 0;
  for (const [progress, before] of waits) {
    const now = progress();
    if (now !== before) advanced = true;
    waits.set(progress, now);
  }
  return advanced;
}
