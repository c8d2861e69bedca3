/** A stretch of positions that is looked at: from `start` on, up to `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Positions that are looked at, at least. */
const closest = 20;

/** A stretch of about this length around a position, within what there is. */
export function zoomed({ start, end }: Stretch, factor: number, around: number, length: number): Stretch {
  const size = Math.min(length, Math.max(Math.min(closest, length), Math.round((end - start) * factor)));
  const share = end > start ? (around - start) / (end - start) : 0.5;
  return within({ start: Math.round(around - share * size), end: Math.round(around - share * size) + size }, length);
}

/** The stretch moved so that it holds a position. */
export function holding(view: Stretch, position: number, length: number): Stretch {
  const size = view.end - view.start;
  if (position < view.start) return within({ start: position, end: position + size }, length);
  if (position >= view.end) return within({ start: position - size + 1, end: position + 1 }, length);
  return view;
}

function within({ start, end }: Stretch, length: number): Stretch {
  const size = Math.min(length, end - start);
  const first = Math.max(0, Math.min(start, length - size));
  return { start: first, end: first + size };
}
