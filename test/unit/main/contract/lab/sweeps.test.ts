import { describe, expect, it } from 'vitest';
import { parseRange, sweepContestants, sweepTrials } from '../../../../../main/contract/lab/sweeps.ts';

const values = (setting: string) => parseRange(setting).values;

describe('what a sweep tries', () => {
  it('reads lists of values as the types of their keys', () => {
    expect(values('lr=1e-3, 3e-3,1e-3')).toEqual([0.001, 0.003]);
    expect(values('model.d_model=64,128')).toEqual([64, 128]);
    expect(values('layers=hyena|hyena*3,attention')).toEqual(['hyena', 'hyena*3,attention']);
    expect(values('max_minutes=none,2')).toEqual([null, 2]);
  });

  it('divides wide ranges by ratios and narrow ones by differences', () => {
    expect(values('learning_rate=1e-4..1e-2')).toEqual([0.0001, 0.001, 0.01]);
    expect(values('n_layer=2..6/5')).toEqual([2, 3, 4, 5, 6]);
    expect(values('n_layer=1..2/5')).toEqual([1, 2]);
  });

  it.each([
    ['lr', /form key=value/],
    ['d_modle=64', /Unknown key: d_modle. Did you mean d_model/],
    ['device=native', /cannot change device/],
    ['lr=', /neither a range nor a list/],
    ['lr=1e-2..1e-4', /neither a range nor a list/],
    ['n_layer=1.5..3', /neither a range nor a list/],
    ['lr=1e-4..1e-2/1', /neither a range nor a list/],
  ])('refuses %s', (setting, message) => expect(() => parseRange(setting)).toThrow(message));

  it('tries all combinations of a grid, the last key fastest', () => {
    const ranges = [parseRange('lr=1e-3,3e-3'), parseRange('d_model=64,128')];
    const trials = sweepTrials({ ranges, random: null });
    expect(trials).toEqual([
      [0.001, 64],
      [0.001, 128],
      [0.003, 64],
      [0.003, 128],
    ]);
    expect(sweepContestants({ ranges, random: null })[1]).toEqual({
      title: 'learning_rate 0.001, d_model 128',
      model: { d_model: 128 },
      training: { learning_rate: 0.001 },
    });
    expect(() => sweepTrials({ ranges: [ranges[0], ranges[0]], random: null })).toThrow('training.learning_rate twice');
    expect(() =>
      sweepTrials({ ranges: [parseRange('seed=0..99/100'), parseRange('n_layer=1..6/6')], random: null }),
    ).toThrow(/at most 512 runs/);
  });

  it('draws by a seed, from the whole range, evenly in the logarithm; more draws keep the first ones', () => {
    const ranges = [parseRange('lr=1e-4..1e-2'), parseRange('n_layer=2,4')];
    const draw = (count: number, seed = 1) => sweepTrials({ ranges, random: { count, seed } });
    expect(draw(200).slice(0, 5)).toEqual(draw(5));
    expect(draw(5, 2)).not.toEqual(draw(5));
    const rates = draw(200).map(([rate]) => rate as number);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(1e-2);
    const low = rates.filter((rate) => rate < 1e-3).length;
    expect(low).toBeGreaterThan(70);
    expect(low).toBeLessThan(130);
    // Two combinations are all there are.
    expect(sweepTrials({ ranges: [ranges[1]], random: { count: 10, seed: 0 } })).toHaveLength(2);
  });
});
