import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberColumn, lowerBound, nearest } from '../../../../renderer/charts/columns.ts';
import { decimate } from '../../../../renderer/charts/decimate.ts';
import { toCsv } from '../../../../renderer/charts/export.ts';
import { Framer } from '../../../../renderer/charts/frame.ts';
import { spreadLabels } from '../../../../renderer/charts/labels.ts';
import { seriesStyle } from '../../../../renderer/charts/palette.ts';
import { SmoothedSeries } from '../../../../renderer/charts/smooth.ts';
import { linearTicks, logarithmicTicks, paddedRange, timeTicks } from '../../../../renderer/charts/ticks.ts';
import { clamped, panned, zoomed, type Series } from '../../../../renderer/charts/view.ts';

const series = (y: number[], changes: Partial<Series> = {}): Series => ({
  ...{ id: 'a', name: 'a', style: 0, exact: false, generation: 0 },
  x: y.map((_, index) => index),
  y,
  ...changes,
});

describe('columns', () => {
  it('grow without losing a value', () => {
    const column = new NumberColumn(2);
    for (let index = 0; index < 1000; index++) column.append([index]);
    expect(column.length).toBe(1000);
    expect(column.values[999]).toBe(999);
    expect(column.last).toBe(999);
  });

  it('find places in ascending values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 })),
        fc.integer({ min: -60, max: 60 }),
        (values, expected) => {
          const sorted = values.toSorted((a, b) => a - b);
          const index = lowerBound(sorted, expected);
          expect(sorted.slice(0, index).every((value) => value < expected)).toBe(true);
          expect(sorted.slice(index).every((value) => value >= expected)).toBe(true);
          const near = nearest(sorted, expected);
          if (sorted.length === 0) expect(near).toBe(-1);
          else
            expect(Math.abs(sorted[near] - expected)).toBe(
              Math.min(...sorted.map((value) => Math.abs(value - expected))),
            );
        },
      ),
    );
  });
});

describe('decimation', () => {
  it('keeps the lowest and the highest value of the whole range, in order, within two points a pixel', () => {
    const x = Array.from({ length: 20_000 }, (_, index) => index);
    const y = x.map((value) => Math.sin(value / 900));
    y[7777] = 40;
    y[12_345] = -40;
    const points = decimate(x, y, { min: 0, max: 19_999 }, 300);
    expect(points.length).toBeLessThanOrEqual(2 * 301);
    expect(points).toContainEqual({ x: 7777, y: 40 });
    expect(points).toContainEqual({ x: 12_345, y: -40 });
    expect(points.every((point, index) => index === 0 || point.x > points[index - 1].x)).toBe(true);
  });

  it('leaves few values as they are, and those out that are not finite', () => {
    expect(decimate([1, 2, 3], [5, Number.NaN, 7], { min: 0, max: 4 }, 100)).toEqual([
      { x: 1, y: 5 },
      { x: 3, y: 7 },
    ]);
  });

  it('decimation of a hundred thousand points takes a few milliseconds', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, index) => index);
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      decimate(x, x, { min: 0, max: 100_000 }, 800);
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('smoothing', () => {
  it('starts at the first value, tends to a constant, and passes over what is not finite', () => {
    const smoothed = new SmoothedSeries(0.9).extend([4, 4, Number.NaN, 4, 4]);
    for (const value of smoothed) expect(value).toBeCloseTo(4, 12);
  });

  it('extended piece by piece is the same as at once', () => {
    const values = Array.from({ length: 3000 }, (_, index) => Math.sin(index));
    const pieces = new SmoothedSeries(0.95);
    for (const end of [1, 17, 1500, 3000]) pieces.extend(values.slice(0, end));
    expect([...pieces.extend(values)]).toEqual([...new SmoothedSeries(0.95).extend(values)]);
  });
});

describe('ticks', () => {
  it('are 1, 2 or 5 times a power of ten, within the range', () => {
    expect(linearTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(linearTicks(0.13, 0.97, 4)).toEqual([0.5]);
    expect(linearTicks(2.1, 5.6, 6)).toEqual([3, 4, 5]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (min, span) => {
          const ticks = linearTicks(min, min + span, 6);
          expect(ticks.length).toBeLessThanOrEqual(14);
        },
      ),
    );
  });

  it('end where values differ by rounding alone', () => {
    expect(linearTicks(163_839.99999999997, 163_840, 4).length).toBeLessThan(5);
    expect(paddedRange(163_839.99999999997, 163_840, false).max).toBeGreaterThan(170_000);
    fc.assert(fc.property(fc.double(), fc.double(), (a, b) => void linearTicks(a, b, 5)));
  });

  it('ticks of a logarithmic axis are powers of ten, with 2 and 5 between where there is room', () => {
    expect(logarithmicTicks(1, 100)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(logarithmicTicks(1e-5, 1)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(logarithmicTicks(0, 1)).toEqual([]);
  });

  it('ticks of time are those of clocks', () => {
    expect(timeTicks(0, 120, 4)).toEqual([0, 30, 60, 90, 120]);
    expect(timeTicks(0, 7200, 4)).toEqual([0, 1800, 3600, 5400, 7200]);
  });

  it('have air around the values, but none below zero where there is none', () => {
    expect(paddedRange(0.01, 5, false).min).toBe(0);
    expect(paddedRange(2, 2, false)).toEqual({ min: 1.8, max: 2.2 });
    expect(paddedRange(Infinity, -Infinity, false)).toEqual({ min: 0, max: 1 });
  });
});

describe('views', () => {
  const limits = { min: 0, max: 100 };
  it('zoom about a place and stay within what there is', () => {
    expect(zoomed({ min: 0, max: 100 }, 50, 0.5, limits)).toEqual({ min: 25, max: 75 });
    expect(zoomed({ min: 25, max: 75 }, 50, 10, limits)).toEqual(limits);
    expect(clamped({ min: 40, max: 40 }, limits).max).toBeGreaterThan(40);
  });
  it('pan without changing their width', () => {
    expect(panned({ min: 80, max: 100 }, 0.5, limits)).toEqual({ min: 80, max: 100 });
    expect(panned({ min: 20, max: 40 }, -0.5, limits)).toEqual({ min: 10, max: 30 });
  });
});

describe('labels', () => {
  it('keep their distance, their order and the area', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 12 }), (expected) => {
        const placed = spreadLabels(expected, 15, 0, 300);
        const sorted = placed.toSorted((a, b) => a - b);
        for (let index = 1; index < sorted.length; index++)
          expect(sorted[index] - sorted[index - 1]).toBeGreaterThanOrEqual(14.999);
        expect(sorted.at(-1) ?? 0).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('frames', () => {
  const options = { axis: 'linear', smoothing: 0.5, width: 100, range: null, least: { min: 0, max: 0 } } as const;

  it('draw the values faint behind the smoothed line, and exact ones alone', () => {
    const framer = new Framer();
    const { lines } = framer.frame([series([4, 2, 4]), series([3, 3], { id: 'b', exact: true })], options);
    expect(lines.map(({ id, faint }) => [id, faint])).toEqual([
      ['a/raw', true],
      ['a', false],
      ['b', false],
    ]);
    expect(lines[1].points[0].y).toBe(4);
  });

  it('smooth anew when earlier values became void', () => {
    const framer = new Framer();
    framer.frame([series([100, 100, 100])], options);
    const { lines } = framer.frame([series([1, 1], { generation: 1 })], options);
    expect(lines[1].points).toEqual([
      { x: 0, y: 1 },
      { x: 1, y: 1 },
    ]);
  });

  it('leave out what a logarithmic axis cannot show', () => {
    const { lines } = new Framer().frame([series([0, 10, 100])], { ...options, axis: 'logarithmic', smoothing: 0 });
    expect(lines[0].points).toHaveLength(2);
  });

  it('read every series at one place', () => {
    const readings = new Framer().read([series([5, 6, 7]), series([1], { id: 'b' })], 0, 1.6);
    expect(readings.map(({ y }) => y)).toEqual([7, 1]);
  });
});

describe('export', () => {
  it('has a row for every x of any series, in full precision', () => {
    const csv = toCsv('step', [series([0.1, 0.2], { name: 'loss' }), series([3], { x: [1], name: 'a "b", c' })]);
    expect(csv).toBe('step,loss,"a ""b"", c"\r\n0,0.1,\r\n1,0.2,3\r\n');
  });

  it('keeps names from being taken for formulas', () => {
    expect(toCsv('step', [series([], { name: '=1+1' })])).toBe("step,'=1+1\r\n");
  });
});

describe('styles', () => {
  it('differ for the first forty-nine series', () => {
    const looks = Array.from({ length: 49 }, (_, index) => JSON.stringify(seriesStyle(index, true)));
    expect(new Set(looks).size).toBe(49);
  });
});
