import type { FilterView } from '../../../main/contract/views.ts';

/** The largest value of all responses, so that curves fill their box. */
export function filterScale({ channels }: FilterView): number {
  const most = Math.max(...channels.flatMap(({ response }) => response.map(Math.abs)));
  return most > 0 ? most : 1;
}

/** The path of values that run from the left edge to the right, around the middle of a box. */
export function curve(values: readonly number[], box: { width: number; height: number }, scale: number): string {
  const step = box.width / Math.max(1, values.length - 1);
  const half = box.height / 2;
  return values
    .map((value, index) => {
      const height = half - (value / scale) * (half - 2);
      return `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${height.toFixed(1)}`;
    })
    .join('');
}
