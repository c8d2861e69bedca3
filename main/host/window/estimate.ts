import { totalmem } from 'node:os';
import { resolveModel, type RunConfiguration } from '../../contract/configuration.ts';
import type { DatasetRecord } from '../../contract/datasets.ts';
import { estimateFlops, sequenceLength, trainingMemory } from '../../contract/estimate.ts';
import type { RunSummary } from '../../contract/runs.ts';
import type { EstimateView } from '../../contract/views.ts';
import { estimate } from '../estimates.ts';

const mebibyte = 1024 * 1024;
/** Above this share of what can be used it gets tight: other programs need some too. */
const tightShare = 0.75;
/** Operations a second of an ordinary processor, where nothing was ever trained here. */
const ordinarySpeed = 5e10;
/** Shorter runs tell more of starting than of training. */
const tellingSeconds = 5;

const shapeOf = ({ model, training }: RunConfiguration) => ({
  length: sequenceLength(model, training),
  batch: training.batch_size,
  gradientCheckpointing: training.gradient_checkpointing,
  precision: training.precision,
});

/** Arithmetic a second that the latest run on a device has reached; null where there is none. */
function reachedSpeed(runs: readonly RunSummary[], device: string, vocabulary: number): number | null {
  for (const { configuration, seconds, tokens, device: used } of runs) {
    if (seconds < tellingSeconds || tokens === 0 || (device !== 'auto' && used !== device)) continue;
    const model = resolveModel(configuration.model, vocabulary);
    return (estimateFlops(model, shapeOf(configuration)).training * tokens) / seconds;
  }
  return null;
}

/** What to change so that a configuration takes less memory. */
function advise(configuration: RunConfiguration, vocabulary: number, available: number): EstimateView['advice'] {
  const { training } = configuration;
  const model = resolveModel(configuration.model, vocabulary);
  const total = (changed: Partial<RunConfiguration['training']>) =>
    trainingMemory(model, shapeOf({ ...configuration, training: { ...training, ...changed } })).total / mebibyte;
  const advice: EstimateView['advice'] = [];
  let batch = training.batch_size;
  while (batch > 1 && total({ batch_size: batch }) > tightShare * available) batch = Math.floor(batch / 2);
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
  const cost = estimate(configuration, vocabulary, context.dataset ?? undefined);
  const { total: parameters, ...parts } = cost.parameters;
  const { total: memory, ...memoryParts } = cost.trainingMemory;
  const availableMemoryMiB = context.memoryLimitMiB ?? totalmem() / mebibyte;
  const reached = reachedSpeed(context.runs, context.device, vocabulary);
  const tokensPerSecond = (reached ?? ordinarySpeed) / cost.flopsPerToken.training;
  const limit = configuration.training.max_minutes === null ? Infinity : configuration.training.max_minutes * 60;
  const seconds = Math.min(limit, cost.tokens === null ? Infinity : cost.tokens / tokensPerSecond);
  const share = memory / mebibyte / availableMemoryMiB;
  const fit = share > 1 ? 'too-big' : share > tightShare ? 'tight' : 'fits';
  return {
    parameters: { total: parameters, parts: Object.entries(parts).map(([part, count]) => ({ part, count })) },
    trainingMemory: {
      totalMiB: memory / mebibyte,
      parts: Object.entries(memoryParts).map(([part, bytes]) => ({ part, MiB: bytes / mebibyte })),
    },
    generationMemoryMiB: cost.generationMemory.total / mebibyte,
    availableMemoryMiB,
    fit,
    flopsPerToken: { hyena: cost.flopsPerToken.training, transformer: cost.flopsPerToken.gpt },
    tokensPerStep: cost.tokensPerStep,
    steps: cost.steps,
    tokensPerSecond,
    seconds: Number.isFinite(seconds) ? seconds : null,
    basis: reached === null ? 'calculated' : 'history',
    warnings: cost.warnings,
    advice: fit === 'fits' ? [] : advise(configuration, vocabulary, availableMemoryMiB),
  };
}
