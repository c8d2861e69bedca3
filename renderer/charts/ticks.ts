import { leastDrawn, mostDrawn, type Range } from './view.ts';

/** No axis has more ticks, whatever its range. */
const mostTicks = 100;

/** Ticks at 1, 2 or 5 times a power of ten, about `count` of them within the range; all finite, for any two numbers. */
export function linearTicks(min: number, max: number, count: number): number[] {
  const span = max - min;
  if (!Number.isFinite(min)) return [];
  if (!(span > 0) || !Number.isFinite(span) || !(count >= 1)) return [min];
  const rough = span / Math.min(count, mostTicks);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  // So near to zero that no power of ten is left.
  if (!(step > 0)) return [min];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const ticks: number[] = [];
  // Counted from the first: where the step is lost beside the values, adding one to them changes nothing.
  for (let index = 0; index <= Math.min(last - first, mostTicks); index++)
    ticks.push(Number(((first + index) * step).toPrecision(12)));
  return [...new Set(ticks)].filter(Number.isFinite);
}

/** Ticks of a logarithmic axis: powers of ten, and 2 and 5 times them where fewer than three decades are shown. */
export function logarithmicTicks(min: number, max: number): number[] {
  if (!(min > 0) || !(max > min) || !Number.isFinite(max)) return [];
  // Not of the quotient, which is infinite where the range is wider than numbers reach.
  const decades = Math.log10(max) - Math.log10(min);
  if (decades < 0.5) return linearTicks(min, max, 4);
  const factors = decades < 3 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(decades / 8));
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power += every)
    for (const factor of factors) {
      const tick = Number((factor * 10 ** power).toPrecision(12));
      if (tick > 0 && tick >= min * 0.999999 && tick <= max * 1.000001) ticks.push(tick);
    }
  return ticks.filter(Number.isFinite);
}

/** Ticks of an axis of lengths that double: powers of two, every so many of them where there are more than `count`. */
export function binaryTicks(min: number, max: number, count: number): number[] {
  if (!(min > 0) || !(max >= min) || !Number.isFinite(max)) return [];
  const first = Math.ceil(Math.log2(min) - 1e-9);
  const last = Math.floor(Math.log2(max) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, Math.min(count, mostTicks))));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(2 ** power);
  return ticks.filter((tick) => tick > 0 && Number.isFinite(tick));
}

/** Ticks of an axis of seconds, at steps that clocks have. */
export function timeTicks(min: number, max: number, count: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
  const rough = (max - min) / Math.min(count, mostTicks);
  const step = steps.find((one) => one >= rough);
  if (!(count >= 1) || !(rough >= 1) || step === undefined) return linearTicks(min, max, count);
  const ticks: number[] = [];
  const first = Math.ceil(min / step);
  const last = Math.floor(max / step);
  // Counted from the first, as above: beside a huge number, one more is the same number.
  for (let index = 0; index <= Math.min(last - first, mostTicks); index++) ticks.push((first + index) * step);
  return [...new Set(ticks)].filter(Number.isFinite);
}

/**
 * Lowest and highest value with some air, for an axis; a flat series gets a band around it. Always a finite range with
 * its ends apart, for any two numbers.
 */
export function paddedRange(min: number, max: number, logarithmic: boolean): Range {
  if (logarithmic) {
    const low = Math.log10(Math.max(min, leastDrawn));
    const high = Math.log10(Math.min(max, mostDrawn));
    if (!(low <= high)) return { min: 0.1, max: 1 };
    // What differs by rounding alone is flat.
    const air = high - low > 1e-9 ? (high - low) * 0.06 : Math.log10(1.5);
    // The air about the widest axis would reach to zero on the one side and to infinity on the other.
    return { min: Math.max(10 ** (low - air), leastDrawn / 1e7), max: Math.min(10 ** (high + air), mostDrawn * 1e7) };
  }
  const from = Math.max(min, -mostDrawn);
  const to = Math.min(max, mostDrawn);
  if (!(from <= to)) return { min: 0, max: 1 };
  const size = Math.max(Math.abs(from), Math.abs(to));
  const differs = to - from > Math.max(1e-9 * size, leastDrawn);
  const air = differs ? (to - from) * 0.06 : size > leastDrawn ? size * 0.1 : 1;
  const low = from - air;
  return { min: min >= 0 && low < 0 ? 0 : low, max: to + air };
}
