import { lowerBound } from './columns.ts';
import { isDrawable, type YAxis } from './view.ts';

export interface Point {
  x: number;
  y: number;
}

/**
 * What a line of `width` pixels can show of a series: in every pixel the lowest and the highest value in their order,
 * so that no spike is lost. Values that have no place on the axis are left out. One point beyond each end is kept, so
 * that the line runs on to the edges.
 *
 * @param x ascending
 */
export function decimate(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  range: { min: number; max: number },
  width: number,
  axis: YAxis = 'linear',
): Point[] {
  const shown = (index: number) => isDrawable(x[index], 'linear') && isDrawable(y[index], axis);
  const from = Math.max(0, lowerBound(x, range.min) - 1);
  const to = Math.min(x.length, lowerBound(x, range.max) + 2);
  const points: Point[] = [];
  if (to - from <= 2 * width) {
    for (let index = from; index < to; index++) if (shown(index)) points.push({ x: x[index], y: y[index] });
    return points;
  }
  const scale = width / (range.max - range.min || 1);
  let index = from;
  while (index < to) {
    const bucket = Math.floor((x[index] - range.min) * scale);
    let low = -1;
    let high = -1;
    // The first belongs to its own pixel even where that is no number.
    for (const first = index; index < to; index++) {
      if (index > first && Math.floor((x[index] - range.min) * scale) !== bucket) break;
      if (!shown(index)) continue;
      if (low < 0 || y[index] < y[low]) low = index;
      if (high < 0 || y[index] > y[high]) high = index;
    }
    if (low < 0) continue;
    const [first, second] = low < high ? [low, high] : [high, low];
    points.push({ x: x[first], y: y[first] });
    if (second !== first) points.push({ x: x[second], y: y[second] });
  }
  return points;
}
