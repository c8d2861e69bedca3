import type { RunConfiguration } from './configuration.ts';

/** What a person should know of a run before it starts, though nothing forbids it. */
export type PlanWarning =
  /** The learning rate is still rising when the run ends. */
  | { readonly kind: 'warmup'; readonly warmup: number; readonly steps: number }
  /** The same text is read so often that the model learns it by heart. */
  | { readonly kind: 'repeats'; readonly tokens: number; readonly planned: number; readonly passes: number };

export interface Plan {
  /** Optimizer steps of the whole run; null where they are not known. */
  readonly steps: number | null;
  readonly tokensPerStep: number;
  /** Of the data set's training part; null where none is chosen. */
  readonly trainingTokens: number | null;
}

/** Small models on one book take some dozens of passes with profit; beyond this many there is hardly anything to learn. */
const manyPasses = 100;

/** What is doubtful about the budget and the schedule of a run. */
export function planWarnings({ training }: RunConfiguration, plan: Plan): PlanWarning[] {
  const { steps, tokensPerStep, trainingTokens } = plan;
  const warnings: PlanWarning[] = [];
  if (steps === null) return warnings;
  const warmup = training.warmup_steps;
  if (warmup !== null && warmup >= steps) warnings.push({ kind: 'warmup', warmup, steps });
  const planned = steps * tokensPerStep;
  const passes = trainingTokens === null || trainingTokens === 0 ? 0 : planned / trainingTokens;
  if (trainingTokens !== null && passes > manyPasses)
    warnings.push({ kind: 'repeats', tokens: trainingTokens, planned, passes: Math.round(passes) });
  return warnings;
}
