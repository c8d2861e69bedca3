import type { SystemUse } from '../../../main/contract/views.ts';

/** Shares of the last minute by what is measured: `cpu`, `memory`, `gpu 0`. */
export type UseHistory = ReadonlyMap<string, readonly number[]>;

const kept = 60;

/** The history with one more look at the end. */
export function withUse(history: UseHistory, { cpu, memory, gpus }: SystemUse): UseHistory {
  const shares: [string, number | null][] = [
    ['cpu', cpu.share],
    ['memory', memory.usedMiB / memory.totalMiB],
    ...gpus.map(({ share }, index): [string, number | null] => [`gpu ${index}`, share]),
  ];
  const next = new Map(history);
  for (const [name, share] of shares)
    if (share !== null) next.set(name, [...(history.get(name) ?? []), share].slice(-kept));
  return next;
}

/** A line through shares in a box of 100 × 24, the newest at its right edge. */
export const lineOf = (shares: readonly number[]): string =>
  shares
    .map(
      (share, index) =>
        `${(100 - ((shares.length - 1 - index) * 100) / (kept - 1)).toFixed(1)},${(23 - 22 * Math.min(1, share)).toFixed(1)}`,
    )
    .join(' ');
