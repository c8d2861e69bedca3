import { describe, expect, it } from 'vitest';
import { runConfigurationSchema, trainingSchema } from '../../../../../main/contract/configuration.ts';
import { tokensPerStep } from '../../../../../main/contract/logic/cost.ts';
import { runWarnings, type RunWork, type TrainingData } from '../../../../../main/contract/logic/run-warnings.ts';
import { teachingConfiguration } from '../../../../../main/contract/logic/teaching.ts';
import { toEnglish } from '../../../../../main/contract/message.ts';
import { TrainingPlan } from '../../../../../main/contract/logic/training-plan.ts';
import { learningRate, warmupSteps } from '../../../../../worker/training/schedule.ts';

const text = (tokens: number): TrainingData => ({ tokens, learnedTokens: tokens });
const warnings = (training: object, data: TrainingData | null, work: RunWork) =>
  runWarnings(trainingSchema.parse(training), data, work).map(toEnglish);

describe('warnings before a run starts', () => {
  it('name a warmup that is as long as the run, or takes most of it', () => {
    const work = { steps: 10, tokens: 40_960 };
    const [longer] = warnings({ warmup_steps: 30, learning_rate: 0.003 }, text(100_000), work);
    expect(longer).toBe(
      'The warmup takes 30 steps but the run has only 10: it ends at 33% of the learning rate 0.003. Shorten the warmup to at most 1, or train for more steps.',
    );
    expect(warnings({ warmup_steps: 8 }, text(100_000), work)[0]).toContain("The warmup takes 8 of the run's 10 steps");
    expect(warnings({ warmup_steps: 1 }, text(100_000), work)).toEqual([]);
    expect(warnings({ warmup_steps: 30 }, text(100_000), { steps: 1000, tokens: 1e6 })).toEqual([]);
    // A share of the run cannot be longer than it.
    expect(warnings({ warmup_steps: null, warmup_ratio: 0.05 }, text(100_000), work)).toEqual([]);
  });

  it('name data that is far below the budget, unless the run ends by itself', () => {
    const work = { steps: 100_000, tokens: 5e9 };
    expect(warnings({}, text(42_000), work)[0]).toContain('the run makes 119,048 passes');
    expect(warnings({ early_stopping_patience: 3 }, text(42_000), work)).toEqual([]);
    expect(warnings({}, text(1e9), work)).toEqual([]);
    expect(warnings({}, null, work)).toEqual([]);
  });

  it('name how little of chats is learned, and that they are small', () => {
    const messages = warnings({}, { tokens: 61_153, learnedTokens: 95 }, { steps: 40, tokens: 40_960 });
    expect(messages[0]).toContain('Of 61,153 training tokens, 95 contribute to the loss (0.16%)');
    expect(messages[1]).toContain('This data set is small: its answers have 95 tokens');
    expect(warnings({}, { tokens: 1e6, learnedTokens: 5e5 }, { steps: 40, tokens: 40_960 })).toEqual([]);
  });
});

describe('teaching a model to answer', () => {
  const source = runConfigurationSchema.parse({
    dataset: 'book',
    model: { l_max: 512 },
    training: { batch_size: 8, max_minutes: 2, learning_rate: 3e-3, warmup_steps: 30, eval_interval: 50 },
  });
  const teach = (tokens: number) => {
    const { training, model } = teachingConfiguration(source, 'run', 'chats', { tokens, learnedTokens: tokens / 2 });
    const plan = new TrainingPlan(training, model, tokens);
    const steps = plan.totalSteps ?? 0;
    return { training, steps, warmup: warmupSteps(training, steps) ?? steps };
  };

  it('takes some hundreds of steps on few chats, or until the validation loss rises, and reaches its rate', () => {
    const { training, steps, warmup } = teach(13_000);
    expect(steps).toBe(300);
    expect(warmup).toBeLessThanOrEqual(steps / 10);
    const rates = Array.from({ length: steps }, (_, step) =>
      learningRate(training, { step, totalSteps: steps, progress: step / steps, warmupEnd: null }, false),
    );
    expect(Math.max(...rates)).toBeCloseTo(0.00075, 5);
    expect(training.early_stopping_patience).toBe(4);
    expect(steps / training.eval_interval).toBeGreaterThanOrEqual(10);
  });

  it('goes three times through many chats', () => {
    const tokens = 10_000_000;
    const { training, steps, warmup } = teach(tokens);
    expect(steps).toBe(Math.ceil((3 * tokens) / tokensPerStep(source.model, source.training)));
    expect(warmup).toBeLessThanOrEqual(steps / 10);
    expect(training.max_minutes).toBeNull();
  });
});
