import type { FilterView } from '../../../main/contract/views.ts';

/** Groups of channels whose filters are drawn together. */
const groups = 4;

/** The mean absolute response of each group of neighbouring channels, by position. */
export function filterSizes({ channels, positions }: FilterView): number[][] {
  const count = Math.min(groups, channels.length);
  return Array.from({ length: count }, (_, group) => {
    const first = Math.floor((group * channels.length) / count);
    const own = channels.slice(first, Math.floor(((group + 1) * channels.length) / count));
    return positions.map((_, at) => own.reduce((sum, { response }) => sum + Math.abs(response[at]), 0) / own.length);
  });
}

/** Values as shares of their sum, for what is compared by its shape. */
export function shares(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 0));
}

/** The path of values that are not negative, from the left edge of a box to the right. */
export function areaCurve(
  values: readonly number[],
  { width, height }: { width: number; height: number },
  largest: number,
): string {
  const step = width / Math.max(1, values.length - 1);
  const top = largest > 0 ? largest : 1;
  return values
    .map(
      (value, at) =>
        `${at === 0 ? 'M' : 'L'}${(at * step).toFixed(1)} ${(height - (value / top) * (height - 2)).toFixed(1)}`,
    )
    .join('');
}
