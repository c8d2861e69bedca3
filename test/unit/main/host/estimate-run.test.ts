import { describe, expect, it } from 'vitest';
import { composeConfiguration } from '../../../../main/host/configurations.ts';
import { canMeasure } from '../../../../main/host/estimate-run.ts';
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
