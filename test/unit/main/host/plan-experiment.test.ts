import { describe, expect, it } from 'vitest';
import { resolveModel } from '../../../../main/contract/configuration.ts';
import type { DatasetRecord } from '../../../../main/contract/datasets.ts';
import { contestantConfigurations } from '../../../../main/contract/lab/experiments.ts';
import { batchShape, estimateFlops, tokensPerStep } from '../../../../main/contract/logic/cost.ts';
import { countParameters } from '../../../../main/contract/logic/model-parameters.ts';
import { planRace, planSweep } from '../../../../main/host/plan-experiment.ts';

const vocabularySize = 256;
const dataset = { tokenizer: { vocabularySize }, task: null } as unknown as DatasetRecord;
const base = { dataset: 'book', model: { d_model: 32, n_layer: 2, l_max: 32 }, training: { batch_size: 4 } };
const plan = { contestants: ['hyena', 'attention', 'hyena,attention'], seeds: 2, sameSize: false };

describe('a race', () => {
  it('gives every contestant the same budget, each with all seeds', () => {
    const race = planRace('r', [base], { ...plan, budget: { unit: 'tokens', amount: 12_800 } }, dataset);
    expect(race.contestants.map(({ title, training }) => [title, training.max_steps])).toEqual([
      ['hyena', 100],
      ['attention', 100],
      ['hyena,attention', 100],
    ]);
    const both = contestantConfigurations(race, race.contestants[1]);
    expect(both.map(({ training }) => training.seed)).toEqual([0, 1]);
    // Attention without positions does not know the order of tokens; twenty evaluations make a curve.
    expect(both[0]).toMatchObject({
      model: { layers: 'attention', positions: 'rotary' },
      training: { eval_interval: 5 },
    });
    const timed = planRace('r', [base], { ...plan, budget: { unit: 'minutes', amount: 2 } }, dataset);
    expect(contestantConfigurations(timed, timed.contestants[0])[0].training).toMatchObject({
      ...{ max_minutes: 2, max_steps: null },
    });
  });

  it('counts FLOPs for each contestant', () => {
    const race = planRace('r', [base], { ...plan, budget: { unit: 'flops', amount: 1e12 } }, dataset);
    for (const contestant of race.contestants) {
      const [configuration] = contestantConfigurations(race, contestant);
      const perToken = estimateFlops(resolveModel(configuration.model, vocabularySize), batchShape(configuration));
      const spent =
        perToken.training *
        tokensPerStep(configuration.model, configuration.training) *
        (configuration.training.max_steps ?? 0);
      expect(Math.abs(spent / 1e12 - 1)).toBeLessThan(0.01);
    }
  });

  it('gives all as many parameters as the first if that is wanted', () => {
    const budget = { unit: 'steps', amount: 10 } as const;
    const sizes = (sameSize: boolean): number[] => {
      const race = planRace('r', [base], { ...plan, sameSize, budget }, dataset);
      return race.contestants.map((contestant) => {
        const [{ model }] = contestantConfigurations(race, contestant);
        return countParameters(resolveModel(model, vocabularySize)).total;
      });
    };
    const spread = (all: number[]): number => Math.max(...all) / Math.min(...all) - 1;
    expect(spread(sizes(false))).toBeGreaterThan(0.05);
    expect(spread(sizes(true))).toBeLessThan(0.005);
  });

  it('takes presets whole, but for their budget', () => {
    const contestants = ['hybrid-tiny', 'attention'];
    const race = planRace('r', [base], { ...plan, contestants, budget: { unit: 'steps', amount: 7 } }, dataset);
    const [configuration] = contestantConfigurations(race, race.contestants[0]);
    expect(configuration.model).toMatchObject({ layers: 'hyena-se,hyena-li', d_model: 128, l_max: 512 });
    expect(configuration.training).toMatchObject({ max_steps: 7, max_minutes: null });
  });

  it('refuses one contestant twice', () => {
    const budget = { unit: 'steps', amount: 1 } as const;
    const twice = { ...plan, contestants: ['hyena', ' hyena'], budget };
    expect(() => planRace('r', [base], twice, dataset)).toThrow('hyena is in the race twice');
  });
});

it('a sweep keeps what its runs share, and what they differ in', () => {
  const plain = { ranges: ['lr=1e-3,1e-2', 'max_steps=40'], random: null, halving: 2 };
  const sweep = planSweep('s', [base, { training: { max_minutes: 3 } }], plain);
  expect(sweep).toMatchObject({ kind: 'sweep', keys: ['training.learning_rate', 'training.max_steps'], halving: 2 });
  const [configuration] = contestantConfigurations(sweep, sweep.contestants[1]);
  expect(configuration.training).toMatchObject({ learning_rate: 0.01, max_steps: 40, max_minutes: null });
  expect(() => planSweep('s', [{ model: {} }], plain)).toThrow('dataset is missing');
});
