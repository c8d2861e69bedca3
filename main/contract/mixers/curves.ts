import type { FilterView } from '../views.ts';
import type { CurveQuery } from './mixer.ts';

/** Channels spread over all that there are, and positions from 0 to the last. */
function placesOf({ channels, points }: CurveQuery, total: number, length: number) {
  const spread = (count: number, of: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => of(index));
  const [shown, count] = [Math.min(channels, total), Math.min(points, length)];
  return {
    drawn: spread(shown, (index) => Math.round(((index + 0.5) * total) / shown - 0.5)),
    positions: spread(count, (index) => Math.round((index * (length - 1)) / Math.max(1, count - 1))),
  };
}

/** One term of a filter: Re R·e^((-rate + i·phase)·t). */
export interface Mode {
  readonly re: number;
  readonly im: number;
  readonly rate: number;
  readonly phase: number;
}

/**
 * Filters that are sums of modes; as window the envelope Σ|R|·e^(-rate·t), of which the first value is 1.
 *
 * @param sizes filters, and positions to draw
 * @param modesOf of a filter
 */
export function modalCurves(
  query: CurveQuery,
  sizes: { total: number; length: number },
  modesOf: (filter: number) => Mode[],
): FilterView {
  const { drawn, positions } = placesOf(query, sizes.total, sizes.length);
  return {
    ...{ layer: query.layer, order: 2, length: sizes.length, positions },
    channels: drawn.map((channel) => {
      const terms = modesOf(channel).map((mode) => ({ ...mode, size: Math.hypot(mode.re, mode.im) }));
      const sum = (of: (term: (typeof terms)[number]) => number) => terms.reduce((total, term) => total + of(term), 0);
      const largest = sum(({ size }) => size) || 1;
      return {
        channel,
        response: positions.map((t) =>
          sum(({ re, im, rate, phase }) => Math.exp(-rate * t) * (re * Math.cos(phase * t) - im * Math.sin(phase * t))),
        ),
        window: positions.map((t) => sum(({ size, rate }) => size * Math.exp(-rate * t)) / largest),
      };
    }),
  };
}

/**
 * Filters whose taps are parameters; they have no window.
 *
 * @param taps `[groups,taps]`
 * @param first whether the first tap multiplies the present; else the last does
 */
export function explicitCurves(
  query: CurveQuery,
  sizes: { groups: number; taps: number },
  { taps, first }: { taps: Float32Array; first: boolean },
): FilterView {
  const { drawn, positions } = placesOf(query, sizes.groups, sizes.taps);
  return {
    ...{ layer: query.layer, order: 2, length: sizes.taps, positions },
    channels: drawn.map((channel) => ({
      channel,
      response: positions.map((t) => taps[channel * sizes.taps + (first ? t : sizes.taps - 1 - t)]),
      window: [],
    })),
  };
}
