import { nearest } from './columns.ts';
import { decimate, type Point } from './decimate.ts';
import { Smoothed } from './smooth.ts';
import { paddedRange } from './ticks.ts';
import { extent, type Range, type Series, type YAxis } from './view.ts';

export interface Line {
  id: string;
  name: string;
  style: number;
  exact: boolean;
  /** Faint, behind: the values as they are, where they are smoothed. */
  faint: boolean;
  points: Point[];
  last: number | null;
}

export interface Frame {
  lines: Line[];
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
}

/** Computes what a chart draws; keeps the smoothed values between frames, so that a frame costs what came new. */
export class Framer {
  readonly #smoothed = new Map<string, { generation: number; smoothed: Smoothed }>();

  frame(series: readonly Series[], options: FrameOptions): Frame {
    const { axis, width } = options;
    const all = extent(series);
    const x = options.range ?? {
      min: Math.min(options.least.min, all?.min ?? Infinity),
      max: Math.max(options.least.max, all?.max ?? -Infinity),
    };
    const lines: Line[] = [];
    let min = Infinity;
    let max = -Infinity;
    const add = (one: Series, y: ArrayLike<number>, faint: boolean, id: string) => {
      let points = decimate(one.x, y, x, width);
      if (axis === 'logarithmic') points = points.filter((point) => point.y > 0);
      for (const point of points) {
        if (point.x < x.min || point.x > x.max) continue;
        min = Math.min(min, point.y);
        max = Math.max(max, point.y);
      }
      const last = y.length > 0 ? y[y.length - 1] : null;
      lines.push({ id, name: one.name, style: one.style, exact: one.exact, faint, points, last });
    };
    for (const one of series) {
      const smooth = this.#smooth(one, options.smoothing);
      if (smooth) add(one, one.y, true, `${one.id}/raw`);
      add(one, smooth ?? one.y, false, one.id);
    }
    return { lines, x, y: paddedRange(min, max, axis === 'logarithmic') };
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
      kept = { generation: series.generation, smoothed: new Smoothed(weight) };
      this.#smoothed.set(series.id, kept);
    }
    return kept.smoothed.extend(series.y);
  }
}
