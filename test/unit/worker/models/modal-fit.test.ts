import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigenvalues } from '../../../../worker/models/mixers/hyena/distilled/eigenvalues.ts';
import { HankelBound } from '../../../../worker/models/mixers/hyena/distilled/hankel-bound.ts';
import { fitModes, modalSignal, type Mode } from '../../../../worker/models/mixers/hyena/distilled/modal-fit.ts';
import { refinePoles } from '../../../../worker/models/mixers/hyena/distilled/refine.ts';
import { symmetricEigenvalues } from '../../../../main/contract/logic/symmetric-eigenvalues.ts';

const byPlace = (a: { re: number; im: number }, b: { re: number; im: number }) => a.re - b.re || a.im - b.im;

describe('eigenvalues', () => {
  it('are those of a companion matrix whose roots are known', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 6 })), {
          maxLength: 3,
          selector: String,
        }),
        (real, pairs) => {
          const roots = [
            ...real.map((re) => ({ re: re / 8, im: 0 })),
            ...pairs.flatMap(([re, im]) => [
              { re: re / 7, im: im / 7 },
              { re: re / 7, im: -im / 7 },
            ]),
          ];
          // The polynomial with these roots, highest power first.
          let polynomial = [1];
          for (const re of real) polynomial = product(polynomial, [1, -re / 8]);
          for (const [re, im] of pairs) polynomial = product(polynomial, [1, (-2 * re) / 7, (re * re + im * im) / 49]);
          const n = roots.length;
          const companion = new Float64Array(n * n);
          for (let j = 0; j < n; j++) companion[j] = -polynomial[j + 1];
          for (let i = 1; i < n; i++) companion[i * n + i - 1] = 1;
          const found = eigenvalues(companion, n)!;
          const left = [...found].sort(byPlace);
          for (const root of roots) {
            const nearest = left.reduce(
              (best, one, index) => {
                const distance = Math.hypot(one.re - root.re, one.im - root.im);
                return distance < best.distance ? { distance, index } : best;
              },
              { distance: Infinity, index: -1 },
            );
            expect(nearest.distance).toBeLessThan(1e-4);
            left.splice(nearest.index, 1);
          }
        },
      ),
      { seed: 3 },
    );
  });

  it('are none of a matrix that is not finite', () => {
    expect(eigenvalues(Float64Array.of(NaN, 1, 1, 0), 2)).toBeNull();
  });
});

function product(a: readonly number[], b: readonly number[]): number[] {
  const made = new Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) made[i + j] += x * y;
  return made;
}

describe('fitting a signal by modes', () => {
  const damped = (length: number) =>
    Float64Array.from(
      { length },
      (_, t) => 0.8 * 0.99 ** t * Math.cos(0.3 * t + 1) + 0.3 * 0.9 ** t - 0.5 * 0.97 ** t * Math.sin(1.1 * t),
    );
  const errorOf = (signal: Float64Array, state: number) => {
    const fitted = modalSignal(fitModes(signal, state), signal.length);
    const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, one) => sum + one * one, 0));
    return norm(signal.map((value, t) => value - fitted[t])) / norm(signal);
  };

  it('finds the exponentials that it is made of', () => {
    const signal = damped(600);
    expect(errorOf(signal, 5)).toBeLessThan(1e-8);
    expect(errorOf(signal, 8)).toBeLessThan(1e-8);
    expect(errorOf(signal, 2)).toBeGreaterThan(0.05);
    const poles = fitModes(signal, 5).map(({ pole }) => Math.hypot(pole.re, pole.im));
    expect(poles.sort()).toEqual([0.9, 0.97, 0.99].map((size) => expect.closeTo(size, 6) as number));
  });

  it('comes nearer to what is no sum of exponentials the more state it has, and never grows', () => {
    const bump = Float64Array.from({ length: 900 }, (_, t) => Math.exp(-(((t - 200) / 90) ** 2)) + 0.1 / (1 + t));
    const errors = [2, 4, 8, 16].map((state) => errorOf(bump, state));
    expect(errors[0]).toBeLessThan(0.9);
    for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThan(errors[i - 1]);
    expect(errors[3]).toBeLessThan(1e-3);
    for (const { pole } of fitModes(bump, 32)) expect(Math.hypot(pole.re, pole.im)).toBeLessThanOrEqual(1 + 1e-12);
  });

  it('has no more state than it may, whatever the signal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        (values, state) => {
          const signal = Float64Array.from(values);
          const modes = fitModes(signal, state);
          expect(modes.reduce((sum, { pole }) => sum + (pole.im === 0 ? 1 : 2), 0)).toBeLessThanOrEqual(state);
          const fitted = modalSignal(modes, signal.length);
          const square = (x: Float64Array) => x.reduce((sum, one) => sum + one * one, 0);
          expect(square(signal.map((value, t) => value - fitted[t]))).toBeLessThanOrEqual(square(signal) * (1 + 1e-9));
        },
      ),
      { seed: 5 },
    );
  });

  it('takes the slow part of a long signal from its averages', () => {
    const signal = Float64Array.from({ length: 20_000 }, (_, t) => 0.9997 ** t * Math.cos(0.002 * t));
    expect(errorOf(signal, 4)).toBeLessThan(1e-4);
  });

  it('recovers made filters of known order, and a bound says that less state would not do', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.double({ min: 0.9, max: 0.995, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (angles, sizes, weights) => {
          const modes = angles.map((angle, index): Mode => {
            const [size, turn] = [sizes[index], 0.3 * angle];
            const pole = { re: size * Math.cos(turn), im: size * Math.sin(turn) };
            return { pole, residue: { re: weights[2 * index], im: -weights[2 * index + 1] } };
          });
          const signal = modalSignal(modes, 700);
          const state = 2 * modes.length;
          expect(errorOf(signal, state)).toBeLessThan(1e-5);
          const norm = Math.sqrt(signal.reduce((sum, one) => sum + one * one, 0));
          const bound = new HankelBound(signal);
          expect(bound.at(state)).toBeLessThan(1e-5 * norm);
          expect(bound.at(state - 1)).toBeGreaterThan(1e-4 * norm);
          expect(bound.stateFor(1e-5 * norm)).toBe(state);
        },
      ),
      { seed: 11, numRuns: 40 },
    );
  });
});

describe('the bound of what any state space can reach', () => {
  const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, one) => sum + one * one, 0));

  it('is below what fits reach, whatever the signal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 20, maxLength: 120 }),
        fc.integer({ min: 0, max: 20 }),
        (values, state) => {
          const signal = Float64Array.from(values);
          const fitted = modalSignal(fitModes(signal, state), signal.length);
          const missed = norm(signal.map((value, t) => value - fitted[t]));
          const bound = new HankelBound(signal);
          expect(bound.at(state)).toBeLessThanOrEqual(missed + 1e-9);
          expect(bound.at(state + 1)).toBeLessThanOrEqual(bound.at(state));
          expect(bound.at(bound.stateFor(0.1))).toBeLessThanOrEqual(0.1);
        },
      ),
      { seed: 6 },
    );
  });

  it('is the singular values of the Hankel matrix: all of a signal without state, and nothing of nothing', () => {
    // A single value at the start: the matrix of c columns has one entry, which is its only singular value.
    const impulse = new Float64Array(40);
    impulse[0] = 3;
    expect(new HankelBound(impulse).at(0)).toBeCloseTo(3 / Math.sqrt(8), 9);
    expect(new HankelBound(impulse).at(1)).toBeCloseTo(0, 6);
    expect(new HankelBound(new Float64Array(40)).at(0)).toBe(0);
    expect(new HankelBound(Float64Array.of(1, 2, 3)).at(0)).toBe(0);
  });

  it('rests on eigenvalues that are right', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 24 }),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (eigenvalues, numbers) => {
          const n = eigenvalues.length;
          const matrix = new Float64Array(n * n);
          for (let i = 0; i < n; i++) matrix[i * n + i] = eigenvalues[i];
          for (let turn = 0; turn < 3; turn++) reflect(matrix, n, Float64Array.from(numbers.take(n)));
          const found = symmetricEigenvalues(matrix, n).sort();
          const expected = Float64Array.from(eigenvalues).sort();
          for (let i = 0; i < n; i++) expect(found[i]).toBeCloseTo(expected[i], 8);
        },
      ),
      { seed: 7 },
    );
  });
});

/** A ← (I - 2vvᵀ/vᵀv)·A·(I - 2vvᵀ/vᵀv): the same eigenvalues. */
function reflect(a: Float64Array, n: number, v: Float64Array): void {
  const square = v.reduce((sum, one) => sum + one * one, 0);
  if (square < 1e-3) return;
  for (const [row, column] of [
    [n, 1],
    [1, n],
  ])
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += a[i * row + j * column] * v[j];
      for (let j = 0; j < n; j++) a[i * row + j * column] -= (2 / square) * sum * v[j];
    }
}

it('moves poles that are somewhat off to where they belong, and never away', () => {
  const poles = [
    { re: 0.9, im: 0.3 },
    { re: 0.97, im: 0.05 },
    { re: 0.8, im: 0 },
  ];
  const signal = modalSignal(
    poles.map((pole) => ({ pole, residue: { re: 0.7, im: pole.im === 0 ? 0 : 0.4 } })),
    300,
  );
  const off = poles.map(({ re, im }) => ({ re: re * 0.985, im: im * 1.04 }));
  const moved = refinePoles(signal, off);
  for (const [index, { re, im }] of moved.entries()) {
    expect(re).toBeCloseTo(poles[index].re, 6);
    expect(im).toBeCloseTo(poles[index].im, 6);
  }
  expect(refinePoles(signal, [])).toEqual([]);
});
