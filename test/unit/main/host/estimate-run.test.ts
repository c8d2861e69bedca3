import { describe, expect, it } from 'vitest';
import { composeConfiguration } from '../../../../main/host/configurations.ts';
import type { MeasureResult } from '../../../../main/contract/benchmarks.ts';
import { msg } from '../../../../main/contract/message.ts';
import type { DatasetRecord } from '../../../../main/contract/datasets.ts';
import { canMeasure, estimateRun, withDuration } from '../../../../main/host/estimate-run.ts';
import { estimateView } from '../../../../main/host/window/estimate-view.ts';
import { estimateFlops } from '../../../../main/contract/logic/cost.ts';
import { resolveModel, type RunConfiguration } from '../../../../main/contract/configuration.ts';
import type { RunSummary } from '../../../../main/contract/runs.ts';

const configured = (model: object, training: object = {}): RunConfiguration =>
  composeConfiguration(undefined, [{ dataset: 'book', model: { ...model }, training: { ...training } }]);

describe('what is measured in place of a model that is too large', () => {
  const large = { d_model: 2048, l_max: 2048 };

  it.each([
    ['hyena', 16, 1],
    ['hyena-se,hyena-mr,hyena-li,attention', 16, 4],
    ['hyena-se,hyena-mr,hyena-li', 7, 3],
    ['hyena*3,attention', 2, 2],
  ])('has of %s, %i layers, %i: one of each', (layers, n_layer, expected) => {
    const { model, training } = canMeasure(configured({ ...large, layers, n_layer }), 50_257);
    expect(model.n_layer).toBe(expected);
    expect(training.batch_size).toBeLessThan(8);
  });

  it('is the model itself where that takes seconds', () => {
    const small = configured({ d_model: 32, layers: 'hyena-se,attention', n_layer: 4, l_max: 64 });
    expect(canMeasure(small, 256).model.n_layer).toBe(4);
  });
});

describe('the speed that is expected', () => {
  const run = (model: object, speed: number): RunSummary => {
    const configuration = configured(model);
    const { training } = estimateFlops(resolveModel(configuration.model, 256), { length: 1024, batch: 8 });
    return { configuration, seconds: 10, tokens: (speed * 10) / training, device: 'native' } as RunSummary;
  };
  const flopsPerSecond = (model: object, runs: RunSummary[]) => {
    const view = estimateView(configured(model), { dataset: null, runs, memoryLimitMiB: 8192, device: 'native' });
    return view.tokensPerSecond! * view.flopsPerToken.model;
  };
  const runs = [run({ layers: 'attention' }, 9e9), run({ layers: 'hyena-se,hyena-li' }, 5e9), run({}, 7e9)];

  it('is that of the latest run with the same mixers, else of the latest', () => {
    expect(flopsPerSecond({ layers: 'hyena-se,hyena-li', d_model: 64 }, runs)).toBeCloseTo(5e9, 0);
    expect(flopsPerSecond({ d_model: 64 }, runs)).toBeCloseTo(7e9, 0);
    expect(flopsPerSecond({ layers: 's4d' }, runs)).toBeCloseTo(9e9, 0);
    expect(flopsPerSecond({}, [])).toBeCloseTo(5e10, 0);
  });
});

describe('a run that time limits', () => {
  const model = { l_max: 512, d_model: 64 };
  const view = (training: object, speeds: number[]) => {
    const runs = speeds.map((speed) => {
      const configuration = configured(model);
      const { training: flops } = estimateFlops(resolveModel(configuration.model, 256), { length: 512, batch: 8 });
      return { configuration, seconds: 10, tokens: speed * 10, device: 'native', flops } as unknown as RunSummary;
    });
    const budget = { batch_size: 8, max_steps: null, max_minutes: 1, ...training };
    return estimateView(configured(model, budget), { dataset: null, runs, memoryLimitMiB: 8192, device: 'native' });
  };

  it('has the steps that fit into it, and no more than it was given', () => {
    // 4,096 tokens per step: a step a second.
    expect(view({}, [4096]).steps).toBeCloseTo(60, -1);
    expect(view({ max_steps: 20 }, [4096])).toMatchObject({ steps: 20 });
    expect(view({ max_steps: 5000 }, [4096]).steps).toBeCloseTo(60, -1);
  });

  it('is warned of a warmup that does not end in it, if the speed was measured', () => {
    const warned = (speeds: number[]) =>
      (view({ warmup_steps: 500 }, speeds).warnings ?? []).filter(({ template }) => /warmup/.test(template)).length;
    expect([warned([4096]), warned([4096 * 1000]), warned([])]).toEqual([1, 0, 0]);
  });
});

describe('the time of a run', () => {
  const configuration = configured(
    { l_max: 512 },
    { batch_size: 8, max_steps: 1000, eval_interval: 100, eval_windows: 64, max_minutes: null },
  );
  const found = estimateRun(configuration, 256);
  const share = found.flopsPerToken.forward / found.flopsPerToken.training;
  const measured: MeasureResult = {
    ...{ device: 'native', deviceReason: msg`Selected by the user.`, parameters: 1, tokensPerSecond: 4096 },
    ...{ stepMilliseconds: 1000, peakMemoryMiB: 100, steps: 3 },
  };
  const dataset = (validation: number) =>
    ({
      task: null,
      splits: { train: { tokens: 1e6 }, validation: { tokens: validation } },
    }) as DatasetRecord;

  it('is that of its steps and of its evaluations', () => {
    const { time, steps } = withDuration(found, measured, configuration);
    expect(steps).toBe(1000);
    expect(time?.seconds).toBeCloseTo(1000 + 11 * 8 * share, 6);
  });

  it('has evaluations of as many windows as there are, and scores all of them at the end', () => {
    const seconds = (validation: number) =>
      withDuration(found, measured, configuration, dataset(validation)).time?.seconds;
    expect(seconds(0)).toBeCloseTo(1000, 6);
    expect(seconds(8 * 512 + 100)).toBeCloseTo(1000 + 11 * share, 6);
    expect(seconds(640 * 512)).toBeCloseTo(1000 + (10 * 8 + 80) * share, 6);
  });

  it('is no more than the limit, within which fewer steps are made', () => {
    const limited = { ...configuration, training: { ...configuration.training, max_minutes: 10 } };
    const { time, steps } = withDuration(estimateRun(limited, 256), measured, limited);
    expect(time?.seconds).toBe(600);
    expect(steps).toBe(Math.round(600 / (1 + (8 * share) / 100)));
  });
});
