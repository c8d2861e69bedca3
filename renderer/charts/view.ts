/** How a chart is looked at; the same for all charts of a page, so that they can be compared. */
export type XAxis = 'step' | 'tokens' | 'flops' | 'time';
export type YAxis = 'linear' | 'logarithmic';

/** One line of a chart. `x` ascends; both may be views of columns that grow. */
export interface Series {
  id: string;
  name: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** The lowest and the highest value at each x, of several runs of which `y` is the mean. */
  band?: { low: ArrayLike<number>; high: ArrayLike<number> };
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

/**
 * What a chart can show: beyond, sums and differences of values are no longer numbers, and a pixel means nothing. What
 * lies outside is left out of the picture as infinity is; texts and tables say that it was there.
 */
export const mostDrawn = 1e300;
/** The nearest to zero that differs from it in a chart, and the lowest of a logarithmic axis. */
export const leastDrawn = 1e-300;

/** Whether a value has a place on an axis. */
export const isDrawable = (value: number, axis: YAxis): boolean =>
  axis === 'logarithmic' ? value >= leastDrawn && value <= mostDrawn : Math.abs(value) <= mostDrawn;

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
    if (isDrawable(x[0], 'linear')) min = Math.min(min, x[0]);
    if (isDrawable(x[x.length - 1], 'linear')) max = Math.max(max, x[x.length - 1]);
  }
  return min <= max ? { min, max } : null;
}
