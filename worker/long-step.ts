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
