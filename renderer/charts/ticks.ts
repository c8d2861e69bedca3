/** Ticks at 1, 2 or 5 times a power of ten, about `count` of them within the range. */
export function linearTicks(min: number, max: number, count: number): number[] {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span) || count < 1) return Number.isFinite(min) ? [min] : [];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Counted from the first: where the step is lost beside the values, adding one to them changes nothing.
  for (let index = 0; index <= Math.min(last - first, 10 * count); index++)
    ticks.push(Number(((first + index) * step).toPrecision(12)));
  return [...new Set(ticks)];
}

/** Ticks of a logarithmic axis: powers of ten, and 2 and 5 times them where fewer than three decades are shown. */
export function logarithmicTicks(min: number, max: number): number[] {
  if (!(min > 0) || !(max > min)) return [];
  const decades = Math.log10(max / min);
  if (decades < 0.5) return linearTicks(min, max, 4);
  const factors = decades < 3 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(decades / 8));
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power += every)
    for (const factor of factors) {
      const tick = Number((factor * 10 ** power).toPrecision(12));
      if (tick >= min * 0.999999 && tick <= max * 1.000001) ticks.push(tick);
    }
  return ticks;
}

/** Ticks of an axis of seconds, at steps that clocks have. */
export function timeTicks(min: number, max: number, count: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
  const rough = (max - min) / count;
  if (!(rough > 0)) return [min];
  const step = steps.find((one) => one >= rough);
  if (rough < 1 || step === undefined) return linearTicks(min, max, count);
  const ticks: number[] = [];
  for (let tick = Math.ceil(min / step) * step; tick <= max; tick += step) ticks.push(tick);
  return ticks;
}

/** Lowest and highest value with some air, for an axis; a flat series gets a band around it. */
export function paddedRange(min: number, max: number, logarithmic: boolean): { min: number; max: number } {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return logarithmic ? { min: 0.1, max: 1 } : { min: 0, max: 1 };
  if (logarithmic) {
    const factor = max > min ? (max / min) ** 0.06 : 1.5;
    return { min: min / factor, max: max * factor };
  }
  // What differs by rounding alone is flat.
  const differs = max - min > 1e-9 * Math.max(Math.abs(min), Math.abs(max));
  const air = differs ? (max - min) * 0.06 : Math.abs(max) * 0.1 || 1;
  const low = min - air;
  return { min: min >= 0 && low < 0 ? 0 : low, max: max + air };
}
