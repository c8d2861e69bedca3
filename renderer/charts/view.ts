/** How a chart is looked at; the same for all charts of a page, so that they can be compared. */
export type XAxis = 'step' | 'tokens' | 'time';
export type YAxis = 'linear' | 'logarithmic';

/** One line of a chart. `x` ascends; both may be views of columns that grow. */
export interface Series {
  id: string;
  name: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Which colour and dash. */
  style: number;
  /** Drawn as it is, with its points marked: few, exact values such as evaluations. */
  exact: boolean;
  /** Moves on when earlier values changed. */
  generation: number;
}

export interface Range {
  min: number;
  max: number;
}

/** Zooms a range about a place in it. */
export function zoomed(range: Range, about: number, factor: number, limits: Range): Range {
  const min = about - (about - range.min) * factor;
  const max = about + (range.max - about) * factor;
  return clamped({ min, max }, limits);
}

/** Moves a range by a share of its width, not beyond the limits. */
export function panned(range: Range, share: number, limits: Range): Range {
  const by = (range.max - range.min) * share;
  const held = Math.min(Math.max(by, limits.min - range.min), limits.max - range.max);
  return { min: range.min + held, max: range.max + held };
}

/** Cuts a range to its limits; null where it shows all of them anyway. */
export function clamped(range: Range, limits: Range): Range {
  const least = (limits.max - limits.min) / 1e5;
  const min = Math.max(limits.min, Math.min(range.min, limits.max - least));
  const max = Math.min(limits.max, Math.max(range.max, min + least));
  return { min, max };
}

/** The range of all series, or null where there is nothing yet. */
export function extent(series: readonly Series[]): Range | null {
  let min = Infinity;
  let max = -Infinity;
  for (const { x } of series) {
    if (x.length === 0) continue;
    min = Math.min(min, x[0]);
    max = Math.max(max, x[x.length - 1]);
  }
  return min <= max ? { min, max } : null;
}
