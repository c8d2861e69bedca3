import { describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../main/contract/configuration.ts';
import { planWarnings } from '../../../main/contract/plan-advice.ts';

const run = (training: object) => runConfigurationSchema.parse({ dataset: 'book', training });
const plan = { steps: 1000, tokensPerStep: 4096, trainingTokens: 300_000 };

describe('what is said of a plan before it starts', () => {
  it('is nothing where it is sound', () => {
    expect(planWarnings(run({ warmup_steps: 50 }), plan)).toEqual([]);
    expect(planWarnings(run({ warmup_steps: 50 }), { ...plan, steps: null })).toEqual([]);
    expect(planWarnings(run({}), { ...plan, trainingTokens: null })).toEqual([]);
  });

  it('is that the warmup is as long as the run', () => {
    expect(planWarnings(run({ warmup_steps: 30 }), { ...plan, steps: 10 })).toEqual([
      { kind: 'warmup', warmup: 30, steps: 10 },
    ]);
  });

  it('is how often small data is read', () => {
    const large = { steps: 9537, tokensPerStep: 524_288, trainingTokens: 42_000 };
    expect(planWarnings(run({}), large)).toEqual([
      { kind: 'repeats', tokens: 42_000, planned: 9537 * 524_288, passes: 119_051 },
    ]);
  });
});
