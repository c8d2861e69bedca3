import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../../../renderer/charts/decimate.ts';
import { fileNameOf, toCsv } from '../../../../renderer/charts/export.ts';
import { Framer } from '../../../../renderer/charts/frame.ts';
import { placeLabels } from '../../../../renderer/charts/labels.ts';
import { SmoothedSeries } from '../../../../renderer/charts/smooth.ts';
import {
  binaryTicks,
  linearTicks,
  logarithmicTicks,
  paddedRange,
  timeTicks,
} from '../../../../renderer/charts/ticks.ts';
import type { Series, YAxis } from '../../../../renderer/charts/view.ts';
import { Formats } from '../../../../renderer/i18n/format.ts';

/** Any number at all, with the edges of what numbers can hold far more often than by chance. */
const edges = [0, -0, 5e-324, -5e-324, 1e-310, 2.3e-308, 1e300, 1e307, 1e308, Number.MAX_VALUE, Infinity, Number.NaN];
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(...edges, ...edges.map((edge) => -edge)),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const anyAxis = fc.constantFrom<YAxis>('linear', 'logarithmic');

const series = (x: readonly number[], y: readonly number[], changes: Partial<Series> = {}): Series => ({
  ...{ id: 'a', name: 'a', style: 0, exact: false, generation: 0 },
  ...{ x, y, ...changes },
});

function checkTicks(ticks: readonly number[], min: number, max: number) {
  expect(ticks.length).toBeLessThanOrEqual(101);
  expect(ticks.every(Number.isFinite)).toBe(true);
  const room = (max - min) * 1e-5 + Math.abs(max) * 1e-9 + Math.abs(min) * 1e-9;
  for (const tick of ticks) {
    if (!(max > min) || !Number.isFinite(room)) continue;
    expect(tick).toBeGreaterThanOrEqual(min - room);
    expect(tick).toBeLessThanOrEqual(max + room);
  }
}

describe('axes of any numbers', () => {
  it('have finitely many finite ticks', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, fc.oneof(fc.integer({ min: -1, max: 40 }), anyNumber), (min, max, count) => {
        for (const ticks of [linearTicks, timeTicks, binaryTicks]) checkTicks(ticks(min, max, count), min, max);
        checkTicks(logarithmicTicks(min, max), min, max);
      }),
      { numRuns: 1000 },
    );
  });

  it('are a finite range whose ends differ, and which a chart can put into pixels', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, fc.boolean(), (min, max, logarithmic) => {
        const range = paddedRange(min, max, logarithmic);
        expect(range.max).toBeGreaterThan(range.min);
        expect(Number.isFinite(range.max - range.min)).toBe(true);
        if (!logarithmic) return;
        expect(range.min).toBeGreaterThan(0);
        expect(Number.isFinite(Math.log10(range.max) - Math.log10(range.min))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('axes of a perplexity as earlier versions wrote it for a run that diverged', () => {
    const range = paddedRange(4, Number.MAX_VALUE, false);
    expect(Number.isFinite(range.max)).toBe(true);
    const ticks = linearTicks(range.min, range.max, 4);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThan(10);
  });

  it('axes of times longer than seconds can be told apart end', () => {
    expect(timeTicks(1e17, 1e17 + 64, 10).length).toBeLessThanOrEqual(101);
  });

  it('axes of lengths are powers of two', () => {
    expect(binaryTicks(256, 4096, 8)).toEqual([256, 512, 1024, 2048, 4096]);
    expect(binaryTicks(1, 2 ** 20, 5).length).toBeLessThanOrEqual(5);
  });
});

describe('a chart of any numbers', () => {
  const anySeries = fc
    .array(fc.tuple(anyNumber, anyNumber), { maxLength: 60 })
    .map((points) => points.toSorted(([a], [b]) => a - b))
    .map((points) =>
      series(
        points.map(([x]) => x),
        points.map(([, y]) => y),
      ),
    );
  const anyRange = fc.option(
    fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: 1e-9, max: 10, noNaN: true })),
    { nil: null },
  );

  it('ends a line at its last value if what follows is out of order', () => {
    const x = [-2.3e-308, -5e-324, 0, Number.NaN, 0];
    const y = [1.0000000000000806e-300, 0, 0, 0, 1e-300];
    const one = { id: 'a', name: 'a', style: 0, exact: false, generation: 0, x, y };
    const range = { min: 0, max: 1e-9 };
    const least = { min: 0, max: 0 };
    const frame = new Framer().frame([one], { axis: 'logarithmic', smoothing: 0, width: 20, range, least });
    for (const { points, end } of frame.lines)
      for (const point of end ? [...points, end] : points) expect(point.y).toBeGreaterThan(0);
  });

  it('has finite axes, and draws only what lies on them', () => {
    fc.assert(
      fc.property(anySeries, anyAxis, fc.double({ min: 0, max: 0.99, noNaN: true }), anyRange, (one, axis, w, zoom) => {
        const range = zoom && { min: zoom[0], max: zoom[0] + zoom[1] };
        const frame = new Framer().frame([one], { axis, smoothing: w, width: 20, range, least: { min: 0, max: 0 } });
        for (const { min, max } of [frame.x, frame.y]) {
          expect(Number.isFinite(max - min)).toBe(true);
          expect(max).toBeGreaterThan(min);
        }
        for (const { points, end } of frame.lines)
          for (const { x, y } of end ? [...points, end] : points) {
            expect(Number.isFinite(x)).toBe(true);
            expect(Number.isFinite(y)).toBe(true);
            if (axis === 'logarithmic') expect(y).toBeGreaterThan(0);
          }
      }),
      { numRuns: 500 },
    );
  });

  it('shows the values that can be shown where others cannot', () => {
    const y = [4, Number.NaN, 3, Infinity, Number.MAX_VALUE, 2];
    const { lines, y: axis } = new Framer().frame([series([0, 1, 2, 3, 4, 5], y, { exact: true })], {
      ...{ axis: 'linear', smoothing: 0.8, width: 300, range: null, least: { min: 0, max: 0 } },
    });
    expect(lines[0].points.map((point) => point.y)).toEqual([4, 3, 2]);
    expect(lines[0].end).toEqual({ x: 5, y: 2 });
    expect(axis.max).toBeLessThan(5);
  });

  it('takes no longer for many points that have no place', () => {
    const none = new Float64Array(50_000).fill(Number.NaN);
    expect(decimate(none, none, { min: 0, max: 10 }, 100)).toEqual([]);
    expect(decimate(Float64Array.from(none.keys()), none, { min: 0, max: 50_000 }, 100)).toEqual([]);
  });
});

describe('the end of a line', () => {
  const options = { axis: 'linear', smoothing: 0, width: 300, least: { min: 0, max: 0 } } as const;
  const falling = series([0, 10, 20, 30], [4, 3, 2, 1], { exact: true });

  it('is its last value, where all is shown', () => {
    expect(new Framer().frame([falling], { ...options, range: null }).lines[0].end).toEqual({ x: 30, y: 1 });
  });

  it('is the value at the edge of the stretch that is shown, not the last of the run', () => {
    expect(new Framer().frame([falling], { ...options, range: { min: 5, max: 15 } }).lines[0].end).toEqual({
      ...{ x: 15, y: 2.5 },
    });
  });

  it('is nowhere, where the line has ended before the stretch', () => {
    const short = series([0, 1], [9, 8], { id: 'short', exact: true });
    const { lines } = new Framer().frame([falling, short], { ...options, range: { min: 5, max: 15 } });
    expect(lines[1].end).toBeNull();
  });
});

describe('smoothing', () => {
  it('passes over what no chart can show, and is not thrown off by it for good', () => {
    const smoothed = new SmoothedSeries(0.9).extend([2, 2, Infinity, Number.MAX_VALUE, -Infinity, 2, 2]);
    for (const value of smoothed) expect(value).toBeCloseTo(2, 12);
  });

  it('lags little in a run of a few steps', () => {
    const losses = Array.from({ length: 24 }, (_, step) => 6 * 0.93 ** step);
    const last = new SmoothedSeries(0.9).extend(losses).at(-1)!;
    expect(last - losses.at(-1)!).toBeLessThan(0.15 * losses.at(-1)!);
  });

  it('is as strong as asked for in a long run', () => {
    const noise = Array.from({ length: 5000 }, (_, step) => (step % 2 === 0 ? 1 : 3));
    const values = new SmoothedSeries(0.98).extend(noise).slice(-100);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.05);
  });
});

describe('a saved chart', () => {
  it('a saved chart as CSV ends for any numbers, with a row for every place along x', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 20 }), { maxLength: 4 }), (all) => {
        const csv = toCsv(
          'step',
          all.map((points) =>
            series(
              points.map(([x]) => x).sort((a, b) => a - b),
              points.map(([, y]) => y),
            ),
          ),
        );
        expect(csv).not.toMatch(/NaN|Infinity/);
        const rows = csv.trimEnd().split('\r\n');
        expect(rows.length - 1).toBeLessThanOrEqual(all.flat().length);
        expect(rows.every((row) => row.split(',').length === all.length + 1)).toBe(true);
      }),
    );
  });

  it('is called by its run and by what it shows', () => {
    expect(fileNameOf(['rapid-kudu'], 'loss', 'png')).toBe('rapid-kudu-loss.png');
    expect(fileNameOf(['a', 'b', 'c'], 'training-loss', 'csv')).toBe('a-and-2-more-training-loss.csv');
    expect(fileNameOf([], 'speed', 'csv')).toBe('speed.csv');
    expect(fileNameOf(['鯨'.repeat(100)], 'loss', 'png').length).toBeLessThan(80);
  });
});

describe('labels of very many lines', () => {
  it('are as many as have room, none over another', () => {
    const expected = Array.from({ length: 120 }, (_, index) => (index * 7919) % 300);
    const placed = placeLabels(expected, 15, 0, 300).filter((place) => place !== null);
    expect(placed.length).toBeGreaterThan(8);
    placed.sort((a, b) => a - b);
    for (const [index, place] of placed.entries()) {
      expect(place).toBeLessThanOrEqual(300);
      if (index > 0) expect(place - placed[index - 1]).toBeGreaterThanOrEqual(15);
    }
  });
});

describe('numbers that are written', () => {
  const format = new Formats('en-US');

  it('are short, whatever they are', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        const written = [
          ...[format.fixed(value, 3), format.count(value), format.compact(value), format.short(value)],
          ...[format.perplexity(value), format.duration(value), format.memory(value), format.percent(value, 1)],
        ];
        for (const text of written) expect(text.length, text).toBeLessThanOrEqual(32);
        expect(format.perplexity(value).length).toBeLessThanOrEqual(12);
      }),
      { numRuns: 500 },
    );
  });

  it('say what has no digits', () => {
    expect(format.fixed(Number.NaN, 3)).toBe('–');
    expect(format.fixed(Infinity, 3)).toBe('∞');
    expect(format.short(1e308)).toBe('1E308');
    expect(format.fixed(3.25, 3)).toBe('3.250');
  });

  it('tell a perplexity that has no end, also as earlier versions kept it', () => {
    expect(format.perplexity(null)).toBe('> 10^300');
    expect(format.perplexity(Number.MAX_VALUE)).toBe('> 10^300');
    expect(format.perplexity(1e200)).toBe('1E200');
    expect(format.perplexity(42.123)).toBe('42.12');
  });
});
