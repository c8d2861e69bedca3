import { describe, expect, it } from 'vitest';
import { trainingSchema, type TrainingConfiguration } from '../../../../../main/contract/configuration.ts';
import { defaultBudget } from '../../../../../main/contract/settings.ts';
import { defaultSteps, TrainingPlan } from '../../../../../main/contract/logic/training-plan.ts';

const plan = (changes: Partial<TrainingConfiguration>, tokens = 100_000, l_max = 1024) =>
  new TrainingPlan({ ...trainingSchema.parse({ batch_size: 4 }), ...changes }, { l_max }, tokens);

describe('budgets', () => {
  it('count steps', () => expect(plan({ max_steps: 7 }).totalSteps).toBe(7));
  it('count tokens, rounded up to whole steps', () => {
    expect(plan({ max_tokens: 4096 * 3 }).totalSteps).toBe(3);
    expect(plan({ max_tokens: 4096 * 3 + 1 }).totalSteps).toBe(4);
    expect(plan({ max_tokens: 1 }).totalSteps).toBe(1);
  });
  it('count epochs of the training text', () => {
    expect(plan({ max_epochs: 2 }, 40_960).totalSteps).toBe(20);
    expect(plan({ max_epochs: 0.5 }, 40_960).totalSteps).toBe(5);
  });
  it('count accumulated batches', () => {
    expect(plan({ max_tokens: 4096 * 6, gradient_accumulation_steps: 3 }).totalSteps).toBe(2);
  });
  it('end with the first', () => {
    expect(plan({ max_steps: 9, max_tokens: 4096 * 5 }).totalSteps).toBe(5);
    const both = plan({ max_steps: 10, max_minutes: 1 });
    expect(both.isSpent({ step: 3, seconds: 59 })).toBe(false);
    expect(both.isSpent({ step: 3, seconds: 60 })).toBe(true);
    expect(both.isSpent({ step: 10, seconds: 1 })).toBe(true);
  });
  it('budgets of time alone have no number of steps', () => {
    const timed = plan({ max_minutes: 0.5 });
    expect(timed.totalSteps).toBeNull();
    expect(timed.limitSeconds).toBe(30);
  });
  it('have a default', () => {
    expect(plan({}).totalSteps).toBe(defaultSteps);
    expect(defaultSteps).toBe(defaultBudget.max_steps);
  });
});

describe('sequence lengths', () => {
  const warm = plan({ sequence_length_warmup_steps: 40, sequence_length_start: 64, max_steps: 100 });
  it('double up to the full length', () => {
    const lengths = Array.from({ length: 60 }, (_, step) => warm.lengthAt(step));
    expect([...new Set(lengths)]).toEqual([64, 128, 256, 512, 1024]);
    expect(lengths[9]).toBe(64);
    expect(lengths[10]).toBe(128);
    expect(lengths[39]).toBe(512);
    expect(lengths[40]).toBe(1024);
  });
  it('reach a full length that is no power of two times the first', () => {
    const odd = plan({ sequence_length_warmup_steps: 30, sequence_length_start: 100, sequence_length: 700 });
    expect([0, 10, 20, 30].map((step) => odd.lengthAt(step))).toEqual([100, 200, 400, 700]);
  });
  it('survive fewer steps than doublings', () => {
    const short = plan({ sequence_length_warmup_steps: 2, sequence_length_start: 1 });
    const lengths = [0, 1, 2, 3].map((step) => short.lengthAt(step));
    expect(lengths[2]).toBe(1024);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });
  it('count in budgets of tokens', () => {
    const sum = (steps: number) =>
      Array.from({ length: steps }, (_, step) => 4 * warm.lengthAt(step)).reduce((a, b) => a + b, 0);
    for (const steps of [0, 1, 10, 11, 35, 40, 41, 77]) expect(warm.tokensOf(steps)).toBe(sum(steps));
    for (const steps of [1, 10, 11, 35, 40, 41, 77]) {
      expect(warm.stepsFor(sum(steps))).toBe(steps);
      expect(warm.stepsFor(sum(steps) + 1)).toBe(steps + 1);
    }
  });
  it('longer than the context are refused', () => {
    expect(() => plan({ sequence_length: 2048 })).toThrow(/l_max/);
  });
});

describe('time left', () => {
  it('follows the tokens that are left, which are more at full length', () => {
    const warm = plan({ sequence_length_warmup_steps: 4, sequence_length_start: 512, max_steps: 8 });
    expect(warm.secondsLeft({ step: 4, tokens: 0, seconds: 0 }, 0.001)).toBeCloseTo(4 * 4.096, 9);
    expect(warm.secondsLeft({ step: 0, tokens: 0, seconds: 0 }, 0.001)).toBeCloseTo(4 * 4.096 + 4 * 2.048, 9);
  });
  it('is that of the time budget where it ends first, and not known before the first step', () => {
    expect(plan({ max_minutes: 1 }).secondsLeft({ step: 0, tokens: 0, seconds: 20 }, null)).toBe(40);
    expect(plan({ max_minutes: 1, max_steps: 1000 }).secondsLeft({ step: 1, tokens: 0, seconds: 20 }, 1)).toBe(40);
    expect(plan({ max_steps: 10 }).secondsLeft({ step: 0, tokens: 0, seconds: 0 }, null)).toBeNull();
  });
});
