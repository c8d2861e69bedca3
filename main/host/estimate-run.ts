import { freemem, totalmem } from 'node:os';
import type { RunConfiguration } from '../contract/configuration.ts';
import { resolveModel } from '../contract/configuration.ts';
import type { DatasetRecord } from '../contract/datasets.ts';
import {
  batchShape,
  countParameters,
  estimateFlops,
  generationMemory,
  sequenceLength,
  tokensPerStep,
  trainingMemory,
} from '../contract/logic/cost.ts';
import type { Estimate } from '../contract/estimate-schema.ts';
import type { MeasureResult } from '../contract/benchmarks.ts';
import type { WeightType } from '../contract/logic/weight-format.ts';
import { roundLength } from '../contract/mixers/layers.ts';
import { runWarnings } from '../contract/logic/run-warnings.ts';
import { TrainingPlan } from '../contract/logic/training-plan.ts';

/** How many tokens a tokenizer has that is known by its name alone. */
export function vocabularyOf(tokenizer: string): number {
  if (tokenizer === 'gpt2') return 50_257;
  const size = /^bpe:(\d+)$/.exec(tokenizer)?.[1];
  return size === undefined ? 256 : Number(size);
}

/** What is known of a run besides its configuration. */
export interface RunFacts {
  readonly dataset?: Pick<DatasetRecord, 'splits' | 'task'>;
  /** As `frozenType` says; counts where adapters are trained. Default `fp32`. */
  readonly frozen?: WeightType;
}

/** The cost of a run by its configuration; no time, since that must be measured. */
export function estimateRun(
  configuration: RunConfiguration,
  vocabularySize: number,
  { dataset, frozen = 'fp32' }: RunFacts = {},
): Estimate {
  const { training } = configuration;
  const model = resolveModel(configuration.model, vocabularySize);
  const shape = batchShape(configuration, frozen);
  const flopsPerToken = estimateFlops(model, shape);
  const trainingTokens = dataset?.splits.train.tokens;
  // Epochs of unknown data are no limit.
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
    // Rows of a task are passed over many times, and little of them is asked: that is its purpose.
    warnings: runWarnings(training, dataset?.task === null ? dataset.splits.train : null, {
      steps: plan.totalSteps,
      tokens: plan.totalSteps === null ? null : plan.tokensOf(plan.totalSteps),
    }),
    time: null,
  };
}

/** Above this share of what can be used it gets tight: other programs need some too. */
const tightShare = 0.75;

/** Bytes that a run may take here: those of the machine, or up to the limit that was set. */
export const usableMemory = (limitMiB: number | null): number => (limitMiB === null ? totalmem() : limitMiB * 2 ** 20);

/** Whether training fits into memory, both in bytes. The window and the command ask before they start what does not. */
export function memoryFit(needed: number, usable: number): 'fits' | 'tight' | 'too-big' {
  if (needed > usable) return 'too-big';
  return needed > tightShare * usable ? 'tight' : 'fits';
}

/** Operations of one measured step that take seconds even on a slow device. */
const measurableFlops = 1.5e11;

/** About half as many layers, in whole rounds of the pattern: each mixer keeps its share. */
function fewerLayers(model: RunConfiguration['model']): number {
  const round = roundLength(model);
  return Math.max(round, round * Math.floor(model.n_layer / 2 / round));
}

/**
 * The configuration, made smaller until a step takes seconds and fits into memory: fewer layers first, which changes
 * the speed per operation least, but one of each that a pattern has, then fewer and shorter sequences.
 */
export function canMeasure(configuration: RunConfiguration, vocabularySize: number): RunConfiguration {
  let model = { ...configuration.model, vocab_size: configuration.model.vocab_size ?? vocabularySize };
  let training = { ...configuration.training, gradient_accumulation_steps: 1 };
  const tooLarge = (): boolean => {
    const resolved = resolveModel(model, vocabularySize);
    const shape = batchShape({ ...configuration, model, training });
    const flops = estimateFlops(resolved, shape).training * shape.length * shape.batch;
    return flops > measurableFlops || trainingMemory(resolved, shape).total > freemem() / 2;
  };
  while (tooLarge()) {
    const length = sequenceLength(model, training);
    const layers = fewerLayers(model);
    if (layers < model.n_layer) model = { ...model, n_layer: layers };
    else if (training.batch_size > 1) training = { ...training, batch_size: Math.ceil(training.batch_size / 2) };
    else if (length > 64) training = { ...training, sequence_length: Math.ceil(length / 2) };
    else break;
  }
  return { ...configuration, model, training };
}

/**
 * What evaluations cost, in tokens of training: a forward pass over some windows, and at the end over all of them.
 *
 * @param validationTokens null: unknown, as many as are scored
 */
function evaluationCost(
  { configuration: { model, training }, flopsPerToken }: Estimate,
  validationTokens: number | null,
): { each: number; last: number } {
  const length = sequenceLength(model, training);
  const all = validationTokens === null ? (training.eval_windows ?? 0) : Math.floor(validationTokens / length);
  const cost = (windows: number) => (windows * length * flopsPerToken.forward) / flopsPerToken.training;
  return { each: cost(Math.min(training.eval_windows ?? all, all)), last: cost(all) };
}

/**
 * The estimate with the time that follows from a measurement of {@link canMeasure}'s configuration.
 *
 * @param dataset whose validation text is scored
 */
export function withDuration(
  before: Estimate,
  measured: MeasureResult,
  measuredConfiguration: RunConfiguration,
  dataset?: RunFacts['dataset'],
): Estimate {
  const smaller = resolveModel(measuredConfiguration.model, before.vocabularySize);
  const flops = estimateFlops(smaller, batchShape(measuredConfiguration)).training;
  const tokensPerSecond = (measured.tokensPerSecond * flops) / before.flopsPerToken.training;
  const { max_minutes: minutes, eval_interval: interval } = before.configuration.training;
  const limit = minutes === null ? Infinity : minutes * 60;
  const { each, last } = evaluationCost(before, dataset?.splits.validation.tokens ?? null);
  const planned =
    before.tokens === null || before.steps === null
      ? Infinity
      : (before.tokens + each * Math.floor(before.steps / interval) + last) / tokensPerSecond;
  const seconds = Math.min(limit, planned);
  const tokens =
    seconds < limit && before.tokens !== null
      ? before.tokens
      : (seconds * tokensPerSecond) / (1 + each / interval / before.tokensPerStep);
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
