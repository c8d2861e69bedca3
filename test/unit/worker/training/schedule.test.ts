import { describe, expect, it } from 'vitest';
import { trainingSchema, type TrainingConfiguration } from '../../../../main/contract/configuration.ts';
import { inWarmup, learningRate, type SchedulePosition } from '../../../../worker/training/schedule.ts';

const training = (changes: Partial<TrainingConfiguration> = {}) => ({
  ...trainingSchema.parse({ learning_rate: 2e-3, warmup_steps: 50 }),
  ...changes,
});
const at = (step: number, totalSteps: number | null, more: Partial<SchedulePosition> = {}): SchedulePosition => ({
  step,
  totalSteps,
  progress: totalSteps === null ? 0 : (step + 1) / totalSteps,
  warmupEnd: null,
  ...more,
});

describe('schedules by steps', () => {
  it('cosine is the published formula, step by step', () => {
    const [lr, warm, steps] = [2e-3, 50, 300];
    for (let s = 0; s < steps; s++) {
      const expected =
        s < warm ? (lr * (s + 1)) / warm : lr * (0.1 + 0.45 * (1 + Math.cos((Math.PI * (s - warm)) / (steps - warm))));
      expect(learningRate(training(), at(s, steps), false)).toBeCloseTo(expected, 15);
    }
  });

  it('follows a given length, beyond the budget or before its end', () => {
    const rate = (decay_steps: number, step: number) => learningRate(training({ decay_steps }), at(step, 200), false);
    const cosine = (share: number) => 2e-3 * (0.1 + 0.45 * (1 + Math.cos(Math.PI * share)));
    expect(rate(500, 25)).toBe(2e-3 * (26 / 50));
    expect(rate(500, 199)).toBeCloseTo(cosine(149 / 450), 15);
    expect(rate(150, 100)).toBeCloseTo(cosine(0.5), 15);
    expect(rate(150, 180)).toBeCloseTo(2e-4, 15);
    expect(learningRate(training({ decay_steps: 500 }), at(100, null, { progress: 0.9 }), true)).toBeCloseTo(
      cosine(50 / 450),
      15,
    );
  });

  it.each([
    ['linear', 2e-3 * (1 - 0.9 * 0.5)],
    ['constant', 2e-3],
    ['inverse_sqrt', 2e-3 * Math.sqrt(50 / 176)],
  ] as const)('%s half way', (schedule, expected) => {
    expect(learningRate(training({ schedule }), at(175, 300), false)).toBeCloseTo(expected, 15);
  });

  it.each(['cosine', 'linear', 'constant', 'inverse_sqrt'] as const)(
    '%s rises to the highest rate with the last step of the warmup and never jumps',
    (schedule) => {
      const rates = Array.from({ length: 300 }, (_, s) => learningRate(training({ schedule }), at(s, 300), false));
      expect(rates[49]).toBe(2e-3);
      expect(Math.max(...rates)).toBe(2e-3);
      expect(Math.min(...rates.slice(50))).toBeGreaterThanOrEqual(2e-4);
      for (let s = 1; s < 300; s++) expect(Math.abs(rates[s] - rates[s - 1])).toBeLessThanOrEqual(2e-3 / 50 + 1e-12);
    },
  );

  it('rises from the first rate that is configured', () => {
    const configuration = training({ warmup_start_learning_rate: 1e-3, warmup_steps: 10 });
    expect(learningRate(configuration, at(0, 100), false)).toBeCloseTo(1.1e-3, 12);
    expect(learningRate(configuration, at(4, 100), false)).toBeCloseTo(1.5e-3, 12);
  });

  it('takes the warmup as a share of the steps where it is not given in steps', () => {
    const configuration = training({ warmup_steps: null, warmup_ratio: 0.1 });
    expect(learningRate(configuration, at(9, 100), false)).toBe(2e-3);
    expect(inWarmup(configuration, at(9, 100))).toBe(true);
    expect(inWarmup(configuration, at(10, 100))).toBe(false);
  });

  it('needs no warmup', () => {
    expect(learningRate(training({ warmup_steps: 0 }), at(0, 100), false)).toBe(2e-3);
  });

  it('stays finite where the warmup takes all steps', () => {
    expect(learningRate(training({ warmup_steps: 100 }), at(99, 100), false)).toBe(2e-3);
    expect(learningRate(training({ warmup_steps: 100 }), at(100, 100), false)).toBe(2e-3);
  });
});

describe('schedules by time', () => {
  it('follow the share of the time that is used', () => {
    const configuration = training({ warmup_steps: null, warmup_ratio: 0.1 });
    expect(learningRate(configuration, at(3, null, { progress: 0.05 }), true)).toBeCloseTo(1e-3, 12);
    const half = learningRate(configuration, at(40, null, { progress: 0.55, warmupEnd: 0.1 }), true);
    expect(half).toBeCloseTo(2e-3 * (0.1 + 0.45), 12);
    expect(learningRate(configuration, at(90, null, { progress: 1, warmupEnd: 0.1 }), true)).toBeCloseTo(2e-4, 12);
  });

  it('begin to fall where a warmup in steps has ended, wherever that was', () => {
    const position = at(50, null, { progress: 0.3 });
    expect(learningRate(training(), position, true)).toBe(2e-3);
    expect(learningRate(training(), at(80, null, { progress: 0.65, warmupEnd: 0.3 }), true)).toBeCloseTo(1.1e-3, 12);
  });

  it('end with the budget that ends first', () => {
    // 100 steps were planned, but the time is nearly over after 60.
    const rate = learningRate(training(), at(60, 100, { progress: 0.999, warmupEnd: 0.5 }), true);
    expect(rate).toBeLessThan(2.1e-4);
  });
});
