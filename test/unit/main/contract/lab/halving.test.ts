import { describe, expect, it } from 'vitest';
import { currentRound, rungsOf, secondsLeft, type TrialState } from '../../../../../main/contract/lab/halving.ts';

/** A run after some steps, with a loss at each of these steps. */
const run = (losses: Record<number, number>, status = 'stopped', totalSteps: number | null = 90): TrialState => {
  const curve = Object.entries(losses).map(([step, value]) => ({
    ...{ step: Number(step), value, tokens: 0, seconds: 0 },
  }));
  return { status, steps: curve.at(-1)?.step ?? 0, totalSteps, curve };
};
const fresh = run({}, 'new');

describe('rungs', () => {
  it('keep one in so many contestants, for as many times the steps, up to the whole budget', () => {
    expect(rungsOf(9, 3)).toEqual([
      { contestants: 9, share: 1 / 9 },
      { contestants: 3, share: 1 / 3 },
      { contestants: 1, share: 1 },
    ]);
    expect(rungsOf(7, 2).map(({ contestants }) => contestants)).toEqual([7, 3, 1]);
    expect(rungsOf(1, 3)).toEqual([{ contestants: 1, share: 1 }]);
    expect(rungsOf(9, null)).toEqual([{ contestants: 9, share: 1 }]);
  });
});

describe('what is trained next', () => {
  it('is everything that has not ended, with the first seed before the second', () => {
    const round = currentRound(
      [
        [run({ 90: 2 }, 'done'), fresh],
        [fresh, run({ 30: 1 }, 'failed')],
      ],
      null,
      'loss',
    );
    expect(round.pending).toEqual([
      { contestant: 1, seed: 0, until: null },
      { contestant: 0, seed: 1, until: null },
      { contestant: 1, seed: 1, until: null },
    ]);
  });

  it('is with halving the present rung, then the best of it by their loss at its end', () => {
    const start = Array.from({ length: 9 }, () => [fresh]);
    expect(currentRound(start, 3, 'loss')).toMatchObject({ rung: 0, pending: { length: 9 } });
    expect(currentRound(start, 3, 'loss').pending[0].until).toBe(10);
    // Contestant 4 has gone on alone: what it reached after the rung does not count.
    const losses = [5, 4, 3, 2.5, 9, 7, 8, 6, 3.5];
    const first = losses.map((loss, index) => [run(index === 4 ? { 10: loss, 90: 0.1 } : { 10: loss })]);
    const second = currentRound(first, 3, 'loss');
    expect([second.rung, second.alive]).toEqual([1, [3, 2, 8]]);
    expect(second.pending).toEqual([3, 2, 8].map((contestant) => ({ contestant, seed: 0, until: 30 })));
    const last = first.map((one, index) =>
      second.alive.includes(index) ? [run({ 10: losses[index], 30: index })] : one,
    );
    expect(currentRound(last, 3, 'loss')).toMatchObject({ rung: 2, pending: [{ contestant: 2, until: null }] });
    last[2] = [run({ 10: 3, 30: 2, 90: 1 }, 'done')];
    expect(currentRound(last, 3, 'loss').pending).toEqual([]);
    // Of accuracy the highest stay.
    expect(currentRound(first, 3, 'accuracy').alive).toEqual([4, 6, 5]);
  });

  it('leaves a contestant out that failed on a rung, and compares means over seeds', () => {
    const trials = [
      [run({ 45: 1 }), run({ 45: 5 })],
      [run({ 45: 2 }), run({ 45: 2.5 })],
      [run({ 10: 1 }, 'failed'), run({ 45: 1 })],
    ];
    expect(currentRound(trials, 2, 'loss').alive).toEqual([1]);
  });

  it('needs a budget in steps', () => {
    const timed = [[run({}, 'new', null)], [run({}, 'new', null)]];
    expect(currentRound(timed, null, 'loss').pending).toHaveLength(2);
    expect(() => currentRound(timed, 2, 'loss')).toThrow('needs a budget in steps');
  });
});

it('estimates the time left from the cost so far, later rungs included', () => {
  const trial = (fraction: number, seconds: number) => [{ cost: 2, fraction, seconds }];
  const pending = (contestant: number) => ({ contestant, seed: 0, until: null });
  const plain = { rungs: rungsOf(2, null), rung: 0 };
  expect(secondsLeft([trial(0, 0), trial(0, 0)], { ...plain, pending: [pending(0)] })).toBeNull();
  expect(secondsLeft([trial(1, 10), trial(0.5, 5)], { ...plain, pending: [pending(1)] })).toBeCloseTo(5);
  expect(secondsLeft([trial(1, 10), trial(1, 5)], { ...plain, pending: [] })).toBe(0);
  // Two rungs: half of the budget for both, then one of them trains the other half.
  const halved = { rungs: rungsOf(2, 2), rung: 0, pending: [pending(1)] };
  expect(secondsLeft([trial(0.5, 5), trial(0, 0)], halved)).toBeCloseTo(10);
});
