import { resolveModel, type RunConfiguration } from '../../contract/configuration.ts';
import type { DatasetRecord } from '../../contract/datasets.ts';
import { batchShape, estimateFlops, frozenType, trainingMemory } from '../../contract/logic/cost.ts';
import { runWarnings } from '../../contract/logic/run-warnings.ts';
import type { WeightType } from '../../contract/logic/weight-format.ts';
import type { RunSummary } from '../../contract/runs.ts';
import type { EstimateView } from '../../contract/views.ts';
import { estimateRun, memoryFit, usableMemory } from '../estimate-run.ts';

const mebibyte = 1024 * 1024;
/** Operations per second of an ordinary CPU, if nothing was ever trained here. */
const ordinarySpeed = 5e10;
/** Shorter runs tell more of starting than of training. */
const tellingSeconds = 5;

/**
 * FLOPs per second that the latest run on a device has reached, one with the same mixers before any other: a mixer's
 * operations are not as fast as another's. Null if there is none.
 */
function reachedSpeed(runs: readonly RunSummary[], device: string, vocabulary: number, layers: string): number | null {
  const telling = runs.filter(
    ({ seconds, tokens, device: used }) =>
      seconds >= tellingSeconds && tokens > 0 && (device === 'auto' || used === device),
  );
  const run = telling.find(({ configuration }) => configuration.model.layers === layers) ?? telling.at(0);
  if (!run) return null;
  const { configuration, tokens, seconds } = run;
  const model = resolveModel(configuration.model, vocabulary);
  return (estimateFlops(model, batchShape(configuration)).training * tokens) / seconds;
}

/** What to change so that a configuration takes less memory. */
function advise(
  configuration: RunConfiguration,
  { vocabulary, available, frozen }: { vocabulary: number; available: number; frozen: WeightType },
): EstimateView['advice'] {
  const { training } = configuration;
  const model = resolveModel(configuration.model, vocabulary);
  const total = (changed: Partial<RunConfiguration['training']>) =>
    trainingMemory(model, batchShape({ ...configuration, training: { ...training, ...changed } }, frozen)).total /
    mebibyte;
  const advice: EstimateView['advice'] = [];
  let batch = training.batch_size;
  while (batch > 1 && memoryFit(total({ batch_size: batch }), available) !== 'fits') batch = Math.floor(batch / 2);
  if (batch < training.batch_size)
    advice.push({ path: 'training.batch_size', value: batch, memoryMiB: total({ batch_size: batch }) });
  if (!training.gradient_checkpointing)
    advice.push({
      path: 'training.gradient_checkpointing',
      value: true,
      memoryMiB: total({ gradient_checkpointing: true }),
    });
  return advice;
}

export interface EstimateContext {
  dataset: DatasetRecord | null;
  /** Newest first. */
  runs: readonly RunSummary[];
  memoryLimitMiB: number | null;
  /** What `auto` takes, where it is known. */
  device: string;
}

/** What a configuration costs on this machine, computed from it alone and from what earlier runs reached. */
export function estimateView(configuration: RunConfiguration, context: EstimateContext): EstimateView {
  const vocabulary = context.dataset?.tokenizer.vocabularySize ?? 256;
  const from = context.runs.find(({ name }) => name === configuration.from);
  const frozen = frozenType(from, context.device);
  const cost = estimateRun(configuration, vocabulary, { ...(context.dataset && { dataset: context.dataset }), frozen });
  const { total: parameters, ...parts } = cost.parameters;
  const { total: memory, ...memoryParts } = cost.trainingMemory;
  const usable = usableMemory(context.memoryLimitMiB);
  const availableMemoryMiB = usable / mebibyte;
  const reached = reachedSpeed(context.runs, context.device, vocabulary, configuration.model.layers);
  const tokensPerSecond = (reached ?? ordinarySpeed) / cost.flopsPerToken.training;
  const limit = configuration.training.max_minutes === null ? Infinity : configuration.training.max_minutes * 60;
  const seconds = Math.min(limit, cost.tokens === null ? Infinity : cost.tokens / tokensPerSecond);
  const fit = memoryFit(memory, usable);
  // What time allows, where time is what limits it.
  const inTime = Number.isFinite(seconds) ? Math.floor((seconds * tokensPerSecond) / cost.tokensPerStep) : null;
  const steps = cost.steps === null || (inTime !== null && seconds === limit) ? inTime : cost.steps;
  return {
    parameters: { total: parameters, parts: Object.entries(parts).map(([part, count]) => ({ part, count })) },
    trainingMemory: {
      totalMiB: memory / mebibyte,
      parts: Object.entries(memoryParts).map(([part, bytes]) => ({ part, MiB: bytes / mebibyte })),
    },
    generationMemoryMiB: cost.generationMemory.total / mebibyte,
    availableMemoryMiB,
    fit,
    flopsPerToken: { model: cost.flopsPerToken.training, gpt: cost.flopsPerToken.gpt },
    tokensPerStep: cost.tokensPerStep,
    steps,
    tokensPerSecond,
    seconds: Number.isFinite(seconds) ? seconds : null,
    basis: reached === null ? 'calculated' : 'history',
    // A speed that was only calculated is no ground for a warning.
    warnings:
      cost.steps === null && reached !== null
        ? runWarnings(configuration.training, context.dataset?.task === null ? context.dataset.splits.train : null, {
            steps,
            tokens: steps === null ? null : steps * cost.tokensPerStep,
          })
        : cost.warnings,
    advice: fit === 'fits' ? [] : advise(configuration, { vocabulary, available: availableMemoryMiB, frozen }),
  };
}
