import { describe, expect, it } from 'vitest';
import { cellAt, nextCell, strength } from '../../../../../renderer/pages/models/draw-matrix.ts';
import { areaCurve, filterSizes, shares } from '../../../../../renderer/pages/models/inside-curves.ts';

describe('cells of a matrix', () => {
  it('lie on or below the diagonal', () => {
    expect(cellAt(10, 5, 95, 100)).toEqual({ row: 9, column: 0 });
    expect(cellAt(10, 55, 55, 100)).toEqual({ row: 5, column: 5 });
    expect(cellAt(10, 65, 55, 100)).toBeNull();
    expect(cellAt(10, 120, 200, 100)).toEqual({ row: 9, column: 9 });
  });

  it('are walked by arrow keys and never left', () => {
    expect(nextCell({ row: 3, column: 3 }, 'ArrowUp', 5)).toEqual({ row: 3, column: 3 });
    expect(nextCell({ row: 3, column: 3 }, 'ArrowRight', 5)).toEqual({ row: 3, column: 3 });
    expect(nextCell({ row: 4, column: 0 }, 'ArrowDown', 5)).toEqual({ row: 4, column: 0 });
    expect(nextCell({ row: 4, column: 1 }, 'ArrowLeft', 5)).toEqual({ row: 4, column: 0 });
    expect(nextCell({ row: 4, column: 0 }, 'Enter', 5)).toBeNull();
  });

  it('show by the root of their share', () => {
    expect(strength(-0.25, 1)).toBe(0.5);
    expect(strength(3, 0)).toBe(0);
  });
});

describe('curves', () => {
  it('are mean sizes of groups of neighbouring channels', () => {
    const channels = [1, -3, 5, 5, -2, 2, 0, 8].map((value, channel) => ({
      channel,
      response: [value, 0],
      window: [],
    }));
    const view = { layer: 0, order: 2, length: 2, positions: [0, 1], channels };
    expect(filterSizes(view)).toEqual([
      [2, 0],
      [5, 0],
      [2, 0],
      [4, 0],
    ]);
    expect(filterSizes({ ...view, channels: channels.slice(0, 2) })).toHaveLength(2);
  });

  it('are shares of their sum, and fill their box', () => {
    expect(shares([1, 3])).toEqual([0.25, 0.75]);
    expect(shares([0, 0])).toEqual([0, 0]);
    expect(areaCurve([0, 2], { width: 10, height: 12 }, 2)).toBe('M0.0 12.0L10.0 2.0');
  });
});
