/** Two 64-bit cells that a thread and the readers of its clock share, nanoseconds: the last tick, and pauses so far. */
const cells = { tick: 0, paused: 1 } as const;
export const activeClockBytes = 16;

/** How often the ticking thread looks at the time. */
const period = 250_000_000n;
/** A gap between two ticks that is longer than this is a pause: no load of a machine holds a thread back for so long. */
const longestGap = 3_000_000_000n;

const systemTime = (): bigint => process.hrtime.bigint();

/** The time of the process without the length of a gap, where that is a pause. */
const pauseWithin = (gap: bigint): bigint => (gap > longestGap ? gap - period : 0n);

/**
 * Ticks on a thread that does nothing else, so that the main thread may compute for as long as it likes: between two
 * ticks lies nothing but a pause of the whole process, which was stopped by a signal or whose machine slept.
 *
 * @returns what is to be called every `period` milliseconds
 */
export function tickActiveClock(shared: SharedArrayBuffer, now = systemTime): { tick: () => void; period: number } {
  const view = new BigInt64Array(shared);
  Atomics.store(view, cells.tick, now());
  return {
    tick: () => {
      const time = now();
      const pause = pauseWithin(time - Atomics.load(view, cells.tick));
      // In this order: a reader in between counts the pause twice for a moment rather than not at all.
      if (pause > 0n) Atomics.add(view, cells.paused, pause);
      Atomics.store(view, cells.tick, time);
    },
    period: Number(period) / 1e6,
  };
}

/**
 * Seconds of a clock that stands while the process is paused, and never goes back.
 *
 * @param shared what a thread ticks on
 */
export function activeClock(shared: SharedArrayBuffer, now = systemTime): () => number {
  const view = new BigInt64Array(shared);
  let latest = 0n;
  return () => {
    const tick = Atomics.load(view, cells.tick);
    const paused = Atomics.load(view, cells.paused);
    const time = now();
    // Right after a pause this thread may run before the one that ticks.
    const pending = tick === 0n ? 0n : pauseWithin(time - tick);
    const active = time - paused - pending;
    if (active > latest) latest = active;
    return Number(latest) / 1e9;
  };
}
