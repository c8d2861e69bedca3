import { z } from 'zod';
import { answersSchema } from '../events.ts';
import { runSummarySchema } from '../runs.ts';
import { experimentViewSchema } from './experiment-views.ts';

const pairs = z.array(z.tuple([z.number(), z.number()]));

/** What a report says of one run. */
const reportRunSchema = z.strictObject({
  ...runSummarySchema.pick({
    ...{ name: true, status: true, device: true, parameters: true, step: true, tokens: true, seconds: true },
    ...{ loss: true, validationLoss: true, fullValidationLoss: true, best: true, created: true },
  }).shape,
  answers: answersSchema.nullable(),
  dataset: z.string(),
  seed: z.int(),
  tokensPerSecond: z.number().nullable().describe('Median over all steps.'),
  configuration: z.record(z.string(), z.string()).describe('By path.'),
  training: pairs.describe('Steps and mean training losses of stretches of steps.'),
  validation: pairs.describe('Steps and validation losses.'),
});
export type ReportRun = z.output<typeof reportRunSchema>;

/** A run, several compared, or an experiment, with all that is needed to judge and to repeat it. */
export const reportSchema = z.strictObject({
  title: z.string(),
  created: z.iso.datetime(),
  program: z.strictObject({ version: z.string(), platform: z.string(), processor: z.string() }),
  runs: z.array(reportRunSchema).min(1),
  differences: z.array(z.strictObject({ key: z.string(), values: z.array(z.string()) })),
  experiment: experimentViewSchema.nullable(),
});
export type Report = z.output<typeof reportSchema>;
