import { describe, expect, it } from 'vitest';
import { bandOf } from '../../../../../main/contract/lab/experiment-curves.ts';
import { experimentCsv } from '../../../../../main/contract/lab/experiment-export.ts';
import type { ContestantView, ExperimentView, TrialView } from '../../../../../main/contract/lab/experiment-views.ts';
import { standings } from '../../../../../main/contract/lab/standings.ts';

const trial = (seed: number, value: number, status = 'done'): TrialView => ({
  ...{
    seed,
    run: `r-${seed}`,
    status,
    step: 20,
    totalSteps: 20,
    seconds: 4,
    value,
    parameters: 1000,
    device: 'native',
  },
  curve: [
    { step: 10, value: value + 1, tokens: 100, seconds: 2 },
    { step: 20, value, tokens: 200, seconds: 4 },
  ],
});
const contestant = (title: string, trials: TrialView[]): ContestantView => ({
  ...{ title, values: [], flopsPerToken: 50, isAlive: true, trials },
});
const view = (contestants: ContestantView[], measure: 'loss' | 'accuracy' = 'loss'): ExperimentView => ({
  ...{ name: 'r', kind: 'race', created: '2026-01-01T00:00:00Z', measure, keys: [], halving: null, dataset: 'book' },
  version: '1.2.3',
  ...{ contestants, rung: 0, rungs: [], pending: 0, secondsLeft: 0 },
});

describe('standings', () => {
  it('rank means over the seeds, with their deviation; a colour stays with its contestant', () => {
    const rows = standings(
      view([contestant('a', [trial(0, 2), trial(1, 4)]), contestant('b', [trial(0, 1), trial(1, 3)])]),
    );
    expect(rows.map(({ index, mean }) => [index, mean])).toEqual([
      [1, 2],
      [0, 3],
    ]);
    expect(rows[0].deviation).toBeCloseTo(Math.SQRT2);
    expect(rows[0]).toMatchObject({ done: 2, steps: 20, seconds: 4, flops: 10_000, parameters: 1000 });
    const right = standings(view([contestant('a', [trial(0, 0.1)]), contestant('b', [trial(0, 0.9)])], 'accuracy'));
    expect(right.map(({ index }) => index)).toEqual([1, 0]);
    expect(right[0].deviation).toBeNull();
  });

  it('put what has not ended last', () => {
    const rows = standings(view([contestant('a', [trial(0, 1, 'failed')]), contestant('b', [trial(0, 5)])]));
    expect(rows.map(({ contestant: { title } }) => title)).toEqual(['b', 'a']);
  });
});

it('a band is the mean, the lowest and the highest run at each step', () => {
  const both = contestant('a', [trial(0, 2), trial(1, 4)]);
  expect(bandOf(both, 'flops')).toEqual([
    { x: 5000, mean: 4, low: 3, high: 5, runs: 2 },
    { x: 10_000, mean: 3, low: 2, high: 4, runs: 2 },
  ]);
  expect(bandOf(both, 'time').map(({ x }) => x)).toEqual([2, 4]);
});

it('the CSV has a line for each evaluation', () => {
  const lines = experimentCsv(view([contestant('=hyena,attention', [trial(0, 2)])])).split('\r\n');
  expect(lines[0]).toBe(
    'experiment,dataset,contestant,seed,run,status,version,device,parameters,step,tokens,flops,seconds,loss',
  );
  expect(lines[2]).toBe(`r,book,"'=hyena,attention",0,r-0,done,1.2.3,native,1000,20,200,10000,4,2`);
});
