import { freemem } from 'node:os';
import type { RunConfiguration } from '../contract/configuration.ts';
import { resolveModel } from '../contract/configuration.ts';
import type { DatasetRecord } from '../contract/datasets.ts';
import {
  countParameters,
  estimateFlops,
  generationMemory,
  sequenceLength,
  tokensPerStep,
  trainingMemory,
  type BatchShape,
} from '../contract/estimate.ts';
import type { Estimate } from '../contract/estimates.ts';
import type { MeasureResult } from '../contract/benchmarks.ts';
import { runWarnings } from '../contract/run-warnings.ts';
import { TrainingPlan } from '../../worker/training/plan.ts';

/** How many tokens a tokenizer has that is known by its name alone. */
export function vocabularyOf(tokenizer: string): number {
  if (tokenizer === 'gpt2') return 50_257;
  const size = /^bpe:(\d+)$/.exec(tokenizer)?.[1];
  return size === undefined ? 256 : Number(size);
}

const shapeOf = ({ model, training }: RunConfiguration): BatchShape => ({
  length: sequenceLength(model, training),
  batch: training.batch_size,
  gradientCheckpointing: training.gradient_checkpointing,
  precision: training.precision,
});

/** The cost of a run by its configuration; no time, since that must be measured. */
export function estimate(
  configuration: RunConfiguration,
  vocabularySize: number,
  dataset?: Pick<DatasetRecord, 'splits'>,
): Estimate {
  const { training } = configuration;
  const model = resolveModel(configuration.model, vocabularySize);
  const shape = shapeOf(configuration);
  const flopsPerToken = estimateFlops(model, shape);
  const trainingTokens = dataset?.splits.train.tokens;
  // Epochs of data that is not known are no limit.
  const known = trainingTokens === undefined ? { ...training, max_epochs: null } : training;
  const limited = known.max_steps !== null || known.max_tokens !== null || known.max_epochs !== null;
  const plan = new TrainingPlan(known, configuration.model, trainingTokens ?? 0);
  const steps = limited ? plan.totalSteps : null;
  const tokens = steps === null ? null : plan.tokensOf(steps);
  return {
    configuration,
    vocabularySize: model.vocab_size,
    parameters: countParameters(model),
    trainingMemory: trainingMemory(model, shape),
    generationMemory: generationMemory(model),
    memoryAvailable: freemem(),
    flopsPerToken,
    tokensPerStep: tokensPerStep(configuration.model, training),
    steps,
    tokens,
    flops: tokens === null ? null : tokens * flopsPerToken.training,
    warnings: runWarnings(training, dataset?.splits.train ?? null, {
      steps: plan.totalSteps,
      tokens: plan.totalSteps === null ? null : plan.tokensOf(plan.totalSteps),
    }),
    time: null,
  };
}

/** Operations of one measured step that take seconds even on a slow device. */
const measurableFlops = 1.5e11;

/**
 * The configuration, made smaller until a step takes seconds and fits into memory: fewer layers first, which changes
 * the speed per operation least, then fewer and shorter sequences.
 */
export function measurable(configuration: RunConfiguration, vocabularySize: number): RunConfiguration {
  let model = { ...configuration.model, vocab_size: configuration.model.vocab_size ?? vocabularySize };
  let training = { ...configuration.training, gradient_accumulation_steps: 1 };
  const tooLarge = (): boolean => {
    const resolved = resolveModel(model, vocabularySize);
    const shape = shapeOf({ ...configuration, model, training });
    const flops = estimateFlops(resolved, shape).training * shape.length * shape.batch;
    return flops > measurableFlops || trainingMemory(resolved, shape).total > freemem() / 2;
  };
  while (tooLarge()) {
    const length = sequenceLength(model, training);
    if (model.n_layer > 1) model = { ...model, n_layer: Math.ceil(model.n_layer / 2) };
    else if (training.batch_size > 1) training = { ...training, batch_size: Math.ceil(training.batch_size / 2) };
    else if (length > 64) training = { ...training, sequence_length: Math.ceil(length / 2) };
    else break;
  }
  return { ...configuration, model, training };
}

/** The estimate with the time that follows from a measurement of {@link measurable}'s configuration. */
export function withTime(before: Estimate, measured: MeasureResult, measuredConfiguration: RunConfiguration): Estimate {
  const smaller = resolveModel(measuredConfiguration.model, before.vocabularySize);
  const flops = estimateFlops(smaller, shapeOf(measuredConfiguration)).training;
  const tokensPerSecond = (measured.tokensPerSecond * flops) / before.flopsPerToken.training;
  const { max_minutes: minutes } = before.configuration.training;
  const limit = minutes === null ? Infinity : minutes * 60;
  const seconds = Math.min(limit, before.tokens === null ? Infinity : before.tokens / tokensPerSecond);
  const tokens = seconds < limit && before.tokens !== null ? before.tokens : seconds * tokensPerSecond;
  const { model: small } = measuredConfiguration;
  const { model: full, training } = before.configuration;
  return {
    ...before,
    tokens,
    steps: seconds < limit ? before.steps : Math.round(tokens / before.tokensPerStep),
    flops: tokens * before.flopsPerToken.training,
    time: {
      device: measured.device,
      deviceReason: measured.deviceReason,
      deviceTold: measured.deviceTold,
      tokensPerSecond,
      stepSeconds: before.tokensPerStep / tokensPerSecond,
      seconds,
      scaled:
        small.n_layer !== full.n_layer ||
        sequenceLength(small, measuredConfiguration.training) !== sequenceLength(full, training) ||
        measuredConfiguration.training.batch_size !== training.batch_size,
    },
  };
}
