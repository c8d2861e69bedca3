import { describe, expect, it } from 'vitest';
import { randomKey } from '../../../../../main/contract/logic/random.ts';
import {
  imaginaryParts,
  initialMediumFilters,
  initialPhases,
  initialRealDecays,
  initialResidues,
  initialRingDecays,
  initialShift,
  initialSystem,
} from '../../../../../main/contract/logic/initial-modes.ts';

const key = randomKey(7);
const deviationOf = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

/** The characteristic polynomial of HiPPO-LegS and its rank-one part at λ, by elimination in complex numbers. */
function determinant(size: number, re: number, im: number): number {
  const a = Array.from({ length: size }, (_, n) =>
    Array.from({ length: size }, (_, k): [number, number] => {
      const product = Math.sqrt((2 * n + 1) * (2 * k + 1));
      const hippo = n > k ? -product : n === k ? -(n + 1) : 0;
      const value = hippo + product / 2;
      return n === k ? [value - re, -im] : [value, 0];
    }),
  );
  let [dRe, dIm] = [1, 0];
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column; row < size; row++)
      if (Math.hypot(...a[row][column]) > Math.hypot(...a[best][column])) best = row;
    [a[column], a[best]] = [a[best], a[column]];
    const [pr, pi] = a[column][column];
    [dRe, dIm] = [dRe * pr - dIm * pi, dRe * pi + dIm * pr];
    const square = pr * pr + pi * pi;
    for (let row = column + 1; row < size; row++) {
      const [vr, vi] = a[row][column];
      const [fr, fi] = [(vr * pr + vi * pi) / square, (vi * pr - vr * pi) / square];
      for (let k = column; k < size; k++) {
        const [xr, xi] = a[column][k];
        a[row][k] = [a[row][k][0] - fr * xr + fi * xi, a[row][k][1] - fr * xi - fi * xr];
      }
    }
  }
  return Math.hypot(dRe, dIm);
}

describe('initial values of recurrences', () => {
  it('S4D-Lin and S4D-Inv are the formulas of the paper', () => {
    expect(Array.from(imaginaryParts('lin', 3))).toEqual([0, Math.PI, 2 * Math.PI]);
    // N = 4: 4/π·(4/1 - 1) and 4/π·(4/3 - 1)
    expect(imaginaryParts('inv', 2)[0]).toBeCloseTo(12 / Math.PI, 12);
    expect(imaginaryParts('inv', 2)[1]).toBeCloseTo(4 / (3 * Math.PI), 12);
  });

  it('HiPPO-LegS: -1/2 + iω is an eigenvalue, and nothing between is', () => {
    const frequencies = imaginaryParts('legs', 4);
    for (const [index, frequency] of frequencies.entries()) {
      const between = frequency + (index > 0 ? frequencies[index - 1] - frequency : 1) / 2;
      expect(determinant(8, -0.5, frequency)).toBeLessThan(1e-9 * determinant(8, -0.5, between));
    }
  });

  it('HiPPO-LegS of 64 states: its lowest frequencies are near those of S4D-Inv', () => {
    const legs = imaginaryParts('legs', 32);
    const inverse = imaginaryParts('inv', 32).reverse();
    expect(legs.every((value, index) => index === 0 || value > legs[index - 1])).toBe(true);
    for (const index of [8, 16, 31]) expect(legs[index] / inverse[index]).toBeCloseTo(1, 0);
  });

  it('a state space is drawn within its bounds', () => {
    const { logDt, logAReal, aImag, c } = initialSystem({ groups: 400, modes: 8 }, 'lin', {
      logDt: key,
      c: randomKey(8),
    });
    const steps = Array.from(logDt, Math.exp);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0.000999);
    expect(Math.max(...steps)).toBeLessThanOrEqual(0.1001);
    expect(logAReal.every((value) => value === Math.fround(Math.log(0.5)))).toBe(true);
    expect(Array.from(aImag.slice(8, 11))).toEqual([0, Math.fround(Math.PI), Math.fround(2 * Math.PI)]);
    expect(deviationOf(c)).toBeCloseTo(Math.SQRT1_2, 1);
  });

  it('poles lie within the unit circle', () => {
    const rates = initialRealDecays({ groups: 100, modes: 16 }, key).map(Math.exp);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.01 / Math.E - 1e-6);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.1 / Math.E + 1e-6);
    const ring = initialRingDecays({ groups: 100, modes: 4 }, { least: 0.9, most: 0.999 }, key);
    const moduli = ring.map((decay) => Math.exp(-Math.exp(decay)));
    expect(Math.min(...moduli)).toBeGreaterThan(0.8999);
    expect(Math.max(...moduli)).toBeLessThan(0.9991);
    // Uniform on the ring: as many within the radius that halves its area as outside.
    const halving = Math.sqrt((0.9 ** 2 + 0.999 ** 2) / 2);
    expect(moduli.filter((modulus) => modulus < halving).length / moduli.length).toBeCloseTo(0.5, 1);
    const phases = initialPhases({ groups: 5000, modes: 4 }, key);
    expect(Math.min(...phases)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...phases)).toBeLessThan(Math.PI + 1e-6);
    expect(deviationOf(phases)).toBeCloseTo(Math.PI / Math.sqrt(3), 1);
    expect(deviationOf(initialResidues({ groups: 500, modes: 4, parts: 1 }, key))).toBeCloseTo(0.05, 2);
  });

  it('medium filters decay, at first one by the factor e over the whole filter', () => {
    const [groups, taps] = [200, 128];
    const filters = initialMediumFilters({ groups, taps, scale: 1 }, key);
    const shareOfLate = (group: number) => {
      const row = filters.slice(group * taps, (group + 1) * taps);
      return deviationOf(row.slice(taps / 2)) / deviationOf(row.slice(0, taps / 2));
    };
    expect(shareOfLate(0)).toBeGreaterThan(0.4);
    expect(shareOfLate(groups - 1)).toBeLessThan(1e-6);
  });

  it('the shift state space takes in at its first place', () => {
    const { b, c } = initialShift({ width: 2, order: 4 }, key);
    expect(Array.from(b)).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
    expect(c.every((value) => Math.abs(value) <= 0.5)).toBe(true);
  });
});
