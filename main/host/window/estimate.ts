import { totalmem } from 'node:os';
import { resolveModel, type ResolvedModelConfiguration, type RunConfiguration } from '../../contract/configuration.ts';
import type { DatasetRecord } from '../../contract/datasets.ts';
import { countParameters, estimateFlops, sequenceLength, tokensPerStep } from '../../contract/estimate.ts';
import type { RunSummary } from '../../contract/runs.ts';
import type { EstimateView } from '../../contract/views.ts';

const mebibyte = 1024 * 1024;
/** What the compute process takes before a model is there. */
const programMiB = 180;
/** Above this share of what can be used it gets tight: other programs need some too. */
const tightShare = 0.7;
/** fp32 operations a second of an ordinary processor, where nothing was ever trained here. */
const ordinarySpeed = 3e10;

/** Values that a block keeps of each token for its backward pass. */
function blockActivations({ d_model: d, d_inner, order }: ResolvedModelConfiguration): number {
  const norms = 3 * d;
  const projections = 2 * (order + 1) * d;
  const recurrence = 2 * (order - 1) * d + 2 * d;
  return norms + projections + recurrence + 2 * d_inner;
}

/** Bytes that are needed at once while training, by what they are for. */
export function trainingMemory(
  model: ResolvedModelConfiguration,
  training: RunConfiguration['training'],
): { part: string; MiB: number }[] {
  const { total } = countParameters(model);
  const tokens = training.batch_size * sequenceLength(model, training);
  const block = blockActivations(model);
  const kept = training.gradient_checkpointing ? model.n_layer * model.d_model + block : model.n_layer * block;
  // Filters, their spectra and gradients; the logits are computed in chunks.
  const filters = 6 * model.n_layer * (model.order - 1) * model.d_model * sequenceLength(model, training);
  const logits = 256 * model.vocab_size;
  const activations = tokens * (kept + 4 * model.d_model) + filters + logits;
  return [
    { part: 'weights', MiB: (4 * total) / mebibyte },
    { part: 'gradients', MiB: (4 * total) / mebibyte },
    { part: 'optimizer', MiB: (8 * total) / mebibyte },
    { part: 'activations', MiB: (4 * activations) / mebibyte },
    { part: 'program', MiB: programMiB },
  ];
}

/** Arithmetic a second that runs on this device have reached, the latest first in weight; null where there are none. */
function reachedSpeed(runs: readonly RunSummary[], device: string, vocabulary: number): number | null {
  for (const run of runs) {
    if (run.seconds < 5 || run.tokens === 0 || (device !== 'auto' && run.device !== device)) continue;
    const model = resolveModel(run.configuration.model, vocabulary);
    const { training } = run.configuration;
    const shape = { length: sequenceLength(model, training), batch: training.batch_size };
    return (estimateFlops(model, shape).training * run.tokens) / run.seconds;
  }
  return null;
}

/** Steps until the first budget is reached; null where only time limits the run and the speed is unknown. */
function budgetSteps(
  { model, training }: RunConfiguration,
  dataset: DatasetRecord | null,
  tokensPerSecond: number | null,
): number | null {
  const perStep = tokensPerStep(model, training);
  const budgets = [
    training.max_steps,
    training.max_tokens === null ? null : training.max_tokens / perStep,
    training.max_epochs === null || !dataset ? null : (training.max_epochs * dataset.splits.train.tokens) / perStep,
    training.max_minutes === null || tokensPerSecond === null
      ? null
      : (training.max_minutes * 60 * tokensPerSecond) / perStep,
  ].filter((budget) => budget !== null);
  return budgets.length === 0 ? null : Math.max(1, Math.ceil(Math.min(...budgets)));
}

/** What to change so that a configuration takes less memory. */
function advise(configuration: RunConfiguration, model: ResolvedModelConfiguration, available: number) {
  const { training } = configuration;
  const total = (changed: Partial<RunConfiguration['training']>) =>
    trainingMemory(model, { ...training, ...changed }).reduce((sum, { MiB }) => sum + MiB, 0);
  const advice: EstimateView['advice'] = [];
  if (training.batch_size > 1) {
    let batch = training.batch_size;
    while (batch > 1 && total({ batch_size: batch }) > tightShare * available) batch = Math.floor(batch / 2);
    advice.push({
      path: 'training.batch_size',
      value: batch,
      text: `A batch of ${batch} takes ${Math.round(total({ batch_size: batch }))} MiB.`,
    });
  }
  if (!training.gradient_checkpointing)
    advice.push({
      path: 'training.gradient_checkpointing',
      value: true,
      text: `Recomputing blocks takes ${Math.round(total({ gradient_checkpointing: true }))} MiB, and a third more time.`,
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
  const model = resolveModel(configuration.model, vocabulary);
  const { training } = configuration;
  const { total, ...parts } = countParameters(model);
  const shape = {
    length: sequenceLength(model, training),
    batch: training.batch_size,
    gradientCheckpointing: training.gradient_checkpointing,
  };
  const flops = estimateFlops(model, shape);
  const memory = trainingMemory(model, training);
  const totalMiB = memory.reduce((sum, { MiB }) => sum + MiB, 0);
  const availableMemoryMiB = context.memoryLimitMiB ?? totalmem() / mebibyte;
  const reached = reachedSpeed(context.runs, context.device, vocabulary);
  const tokensPerSecond = (reached ?? ordinarySpeed) / flops.training;
  const steps = budgetSteps(configuration, context.dataset, tokensPerSecond);
  const perStep = tokensPerStep(model, training);
  const share = totalMiB / availableMemoryMiB;
  const fit = share > 1 ? 'too-big' : share > tightShare ? 'tight' : 'fits';
  const state = model.n_layer * (model.order - 1) * model.d_model * 4 * model.l_max * 3;
  return {
    parameters: { total, parts: Object.entries(parts).map(([part, count]) => ({ part, count })) },
    trainingMemory: { totalMiB, parts: memory },
    generationMemoryMiB: programMiB + (4 * total + state) / mebibyte,
    availableMemoryMiB,
    fit,
    flopsPerToken: { hyena: flops.training, transformer: flops.gpt },
    tokensPerStep: perStep,
    steps,
    tokensPerSecond,
    seconds: steps === null ? null : (steps * perStep) / tokensPerSecond,
    basis: reached === null ? 'calculated' : 'history',
    advice: fit === 'fits' ? [] : advise(configuration, model, availableMemoryMiB),
  };
}
