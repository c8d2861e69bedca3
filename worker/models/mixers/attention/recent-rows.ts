/** Rows that a text has room for at first. */
const firstRoom = 32;

/**
 * Where the keys and values of generated tokens lie in a buffer that grows by doubling: so a token costs the same, however
 * many there are. Of a window the buffer holds at most twice as many rows; those that nothing sees any longer are dropped.
 */
export interface RecentRows {
  /** Generated tokens whose rows were dropped. */
  readonly dropped: number;
  /** Rows that are there, from the start of the buffer on. */
  readonly count: number;
  readonly room: number;
}

export const noRows: RecentRows = { dropped: 0, count: 0, room: firstRoom };

/** How a full buffer makes room for a row: the rows `from` on move to the start of a buffer of `room` rows. */
export function makeRoom({ dropped, count, room }: RecentRows, window: number | null): RecentRows & { from: number } {
  const from = window !== null && 2 * (window - 1) <= room ? count - (window - 1) : 0;
  return { dropped: dropped + from, count: count - from, room: from > 0 ? room : 2 * room, from };
}

/**
 * What a query sees whose own row is the last of the generated ones.
 *
 * @param prefix positions before the generated tokens that are kept
 * @returns the first row that it sees of the prefix, which it sees to its end, and of the buffer
 */
export function seenRows(rows: RecentRows, prefix: number, window: number | null): { prefix: number; recent: number } {
  if (window === null) return { prefix: 0, recent: 0 };
  if (rows.dropped > 0 || rows.count >= window) return { prefix, recent: Math.max(0, rows.count - window) };
  return { prefix: Math.max(0, prefix - (window - rows.count)), recent: 0 };
}
