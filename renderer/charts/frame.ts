import { lowerBound, nearest } from './columns.ts';
import { decimate, type Point } from './decimate.ts';
import { SmoothedSeries } from './smooth.ts';
import { paddedRange } from './ticks.ts';
import { extent, isDrawable, type Range, type Series, type YAxis } from './view.ts';

export interface PlotLine {
  id: string;
  name: string;
  style: number;
  exact: boolean;
  /** Faint, behind: the values as they are, where they are smoothed. */
  faint: boolean;
  /** An edge of a band, of which the upper one comes first; null: a line of its own. */
  edge: 'high' | 'low' | null;
  points: Point[];
  /** Where the line ends within what is shown: its last value, or what it crosses the right edge at. */
  end: Point | null;
}

export interface Frame {
  lines: PlotLine[];
  x: Range;
  y: Range;
}

export interface FrameOptions {
  axis: YAxis;
  /** Weight of the smoothing, from 0 to below 1. */
  smoothing: number;
  /** Pixels. */
  width: number;
  /** The part that is shown; null: all. */
  range: Range | null;
  /** What the x axis shows at least, so that an empty chart has its axis at once. */
  least: Range;
  /** Whether the y axis begins at zero, where that says how large a difference is. */
  fromZero?: boolean;
}

/** More smoothed lines than this have no values behind them: nobody could tell whose they are. */
const mostWithValues = 8;
/** Points of all lines of a chart together, so that a hundred lines are drawn as quickly as a few. */
const pointBudget = 24_000;

/** Computes what a chart draws; keeps the smoothed values between frames, so that a frame costs what came new. */
export class Framer {
  readonly #smoothed = new Map<string, { generation: number; smoothed: SmoothedSeries }>();

  frame(series: readonly Series[], options: FrameOptions): Frame {
    const { axis } = options;
    const all = extent(series);
    const x =
      options.range ??
      apart({
        min: Math.min(options.least.min, all?.min ?? Infinity),
        max: Math.max(options.least.max, all?.max ?? -Infinity),
      });
    const behind = series.length <= mostWithValues;
    const width = Math.max(20, Math.min(options.width, pointBudget / 2 / Math.max(1, series.length)));
    const lines: PlotLine[] = [];
    let min = Infinity;
    let max = -Infinity;
    const add = (one: Series, y: ArrayLike<number>, faint: boolean, id: string, edge: PlotLine['edge'] = null) => {
      const points = decimate(one.x, y, x, width, axis);
      const end = endOf(one.x, y, x.max, axis);
      const seen = points.filter((point) => point.x >= x.min && point.x <= x.max);
      // A line that only crosses what is shown is seen by its end alone.
      if (seen.length === 0 && points.length > 1 && end) seen.push(end);
      for (const point of seen) {
        min = Math.min(min, point.y);
        max = Math.max(max, point.y);
      }
      const { name, style, exact } = one;
      lines.push({ id, name, style, exact, faint, edge, points, end: end && end.x >= x.min ? end : null });
    };
    for (const one of series) {
      const smooth = this.#smooth(one, options.smoothing);
      if (one.band) {
        add(one, one.band.high, true, `${one.id}/high`, 'high');
        add(one, one.band.low, true, `${one.id}/low`, 'low');
      }
      if (smooth && behind) add(one, one.y, true, `${one.id}/raw`);
      add(one, smooth ?? one.y, false, one.id);
    }
    this.#forget(series);
    const y = paddedRange(options.fromZero ? Math.min(0, min) : min, max, axis === 'logarithmic');
    return { lines, x, y };
  }

  /** What every line reads nearest to a place. */
  read(series: readonly Series[], smoothing: number, x: number): { series: Series; x: number; y: number }[] {
    const readings = [];
    for (const one of series) {
      const index = nearest(one.x, x);
      if (index < 0) continue;
      const y = (this.#smooth(one, smoothing) ?? one.y)[index];
      readings.push({ series: one, x: one.x[index], y });
    }
    return readings;
  }

  #smooth(series: Series, weight: number): Float64Array | null {
    if (weight === 0 || series.exact) return null;
    let kept = this.#smoothed.get(series.id);
    if (!kept || kept.generation !== series.generation || kept.smoothed.weight !== weight) {
      kept = { generation: series.generation, smoothed: new SmoothedSeries(weight) };
      this.#smoothed.set(series.id, kept);
    }
    return kept.smoothed.extend(series.y);
  }

  /** Drops what was kept of series that are shown no longer. */
  #forget(series: readonly Series[]): void {
    if (this.#smoothed.size <= series.length) return;
    const shown = new Set(series.map(({ id }) => id));
    for (const id of this.#smoothed.keys()) if (!shown.has(id)) this.#smoothed.delete(id);
  }
}

/** A range whose ends differ; one point, or none, has an axis all the same. */
function apart({ min, max }: Range): Range {
  if (!(min <= max)) return { min: 0, max: 1 };
  return max > min ? { min, max } : paddedRange(min, max, false);
}

/** Where a line ends at or before `edge`: at its last value, or where it crosses the edge on its way to the next. */
function endOf(x: ArrayLike<number>, y: ArrayLike<number>, edge: number, axis: YAxis): Point | null {
  const isShown = (index: number) => isDrawable(x[index], 'linear') && isDrawable(y[index], axis);
  let after = lowerBound(x, edge);
  if (after < x.length && x[after] === edge) after++;
  let before = after - 1;
  while (before >= 0 && !isShown(before)) before--;
  if (before < 0) return null;
  while (after < x.length && !isShown(after)) after++;
  const last = { x: x[before], y: y[before] };
  // Between values that are out of order (a NaN among them) nothing is crossed.
  if (after >= x.length || x[before] === edge || !(x[after] > edge)) return last;
  const share = (edge - last.x) / (x[after] - last.x);
  const between =
    axis === 'logarithmic'
      ? Math.exp(Math.log(last.y) + share * (Math.log(y[after]) - Math.log(last.y)))
      : last.y + share * (y[after] - last.y);
  return isDrawable(between, axis) ? { x: edge, y: between } : last;
}
