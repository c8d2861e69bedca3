import { z } from 'zod';
import { datasetNameSchema } from '../datasets.ts';
import { runNameSchema } from '../runs.ts';
import { curvePointSchema, experimentSchema, mostTrials } from './experiments.ts';

/** What an experiment starts from: the configuration of a run, or a preset on a data set. */
export const experimentBaseSchema = z.union([
  z.strictObject({ run: runNameSchema }),
  z.strictObject({ preset: z.string().min(1), dataset: datasetNameSchema }),
]);
export type ExperimentBase = z.output<typeof experimentBaseSchema>;

/** What a sweep tries, as a person writes it. */
export const sweepPlanSchema = z.strictObject({
  ranges: z.array(z.string().min(1).max(10_000)).min(1).max(32).describe('As `learning_rate=1e-4..1e-2/5`.'),
  random: z.strictObject({ count: z.int().min(1).max(mostTrials), seed: z.int().min(0) }).nullable(),
  halving: experimentSchema.shape.halving,
});
export type SweepPlanInput = z.output<typeof sweepPlanSchema>;

export const budgetUnits = ['steps', 'tokens', 'flops', 'minutes'] as const;

/** Who races, and how far. */
export const racePlanSchema = z.strictObject({
  contestants: z.array(z.string().min(1).max(1000)).min(2).max(64).describe('Patterns of layers, or presets.'),
  seeds: z.int().min(1).max(64),
  budget: z.strictObject({ unit: z.enum(budgetUnits), amount: z.number().positive() }),
  sameSize: z.boolean().describe('Whether all get about as many parameters as the first, by the width of their MLPs.'),
});
export type RacePlan = z.output<typeof racePlanSchema>;

/** A run of an experiment, there already or not. */
const trialViewSchema = z.strictObject({
  seed: z.int().nullable(),
  run: runNameSchema.nullable(),
  status: z.string(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  seconds: z.number().describe('Training time.'),
  value: z.number().nullable().describe('Lowest validation loss, or the last accuracy.'),
  parameters: z.int().nullable(),
  device: z.string().nullable(),
  curve: z.array(curvePointSchema),
});
export type TrialView = z.output<typeof trialViewSchema>;

const contestantViewSchema = z.strictObject({
  title: z.string(),
  values: z.array(z.string()).describe('Of the keys of the experiment.'),
  flopsPerToken: z.number().describe('Training FLOPs, computed from the configuration.'),
  isAlive: z.boolean().describe('Whether it trains on the current rung.'),
  trials: z.array(trialViewSchema),
});
export type ContestantView = z.output<typeof contestantViewSchema>;

/** An experiment with what came of it so far. */
export const experimentViewSchema = z.strictObject({
  ...experimentSchema.pick({ name: true, kind: true, created: true, measure: true, keys: true, halving: true }).shape,
  version: z.string().describe('Of the program that reads it.'),
  dataset: z.string(),
  contestants: z.array(contestantViewSchema),
  rung: z.int(),
  rungs: z.array(z.strictObject({ contestants: z.int(), share: z.number() })),
  pending: z.int().describe('Runs that the current rung still lacks.'),
  secondsLeft: z.number().nullable(),
});
export type ExperimentView = z.output<typeof experimentViewSchema>;

/** What a list of experiments shows. */
export const experimentSummarySchema = experimentSchema.pick({ name: true, kind: true, created: true });
export type ExperimentSummary = z.output<typeof experimentSummarySchema>;
