import { z } from 'zod';
import { runConfigurationSchema } from './configuration.ts';
import { modelKindSchema, summaryAbilitySchema } from './conversation.ts';
import { errorReportSchema } from './errors.ts';
import { knownName, newName, runNames } from './names.ts';
import { toldSchema, messageShape } from './told.ts';

/**
 * What a run is on disk: `<library>/runs/<run>/run.json` (the record below), `metrics.jsonl` (one event a line, see
 * events.ts), `lock` (while a process trains it) and `checkpoints/step-<n>/`.
 */
export const runNameSchema = knownName(runNames);
export const newRunNameSchema = newName(runNames);

/** Which process holds a folder, of a run for instance. */
export const ownerSchema = z.strictObject({
  pid: z.int().min(1),
  host: z.string().describe('Name of the machine.'),
  time: z.iso.datetime().describe('When it took it.'),
});
export type Owner = z.infer<typeof ownerSchema>;

export const runStatusSchema = z.enum([
  'new', // created, never trained
  'running',
  'stopped', // on request, with a checkpoint
  'done', // a budget was reached, or early stopping ended it
  'failed', // `error` says why
  'interrupted', // its process disappeared; the last checkpoint is what there is
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

const bestSchema = z.strictObject({ step: z.int(), loss: z.number().describe('Validation loss, nats a token.') });

/** `run.json`. Numbers are as of the last checkpoint or the end; metrics.jsonl has them for every step. */
export const runRecordSchema = z.strictObject({
  format: z.literal(1),
  name: runNameSchema,
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  configuration: runConfigurationSchema,
  status: runStatusSchema,
  owner: ownerSchema.nullable(),
  dataset: z
    .strictObject({ name: z.string(), identity: z.string().describe('Checksum of its tokens and tokenizer.') })
    .nullable()
    .describe('The data set it was first trained on; a run goes on with the same one only.'),
  kind: modelKindSchema
    .nullable()
    .default(null)
    .describe('What its data are: raw text, or chats of which the answers count. Null: not trained yet.'),
  summaries: z.boolean().default(false).describe('Whether its data have texts with their summaries.'),
  device: z.string().nullable().describe('The one last used.'),
  deviceReason: z.string().nullable(),
  deviceTold: toldSchema.optional(),
  parameters: z.int().nullable(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  tokens: z.number().describe('Trained on.'),
  seconds: z.number().describe('Spent training.'),
  loss: z.number().nullable().describe('Training loss of the last step.'),
  validationLoss: z.number().nullable().describe('Of the last evaluation: of the same windows in every one.'),
  fullValidationLoss: z.number().nullable().default(null).describe('Of all of the validation text; at the end.'),
  best: bestSchema.nullable(),
  reason: z.string().nullable().describe('Why it ended: budget, early-stopping, stopped.'),
  error: errorReportSchema.nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** One line of a list of runs: the record, and where its folder is. */
export const runSummarySchema = z.strictObject({
  ...runRecordSchema.shape,
  writesSummaries: summaryAbilitySchema.nullable(),
  path: z.string(),
  checkpoints: z.array(z.int()).describe('Steps of the complete checkpoints, the best one among them, ascending.'),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** What a `train` job answers with. */
export const trainResultSchema = z.strictObject({
  run: z.string(),
  step: z.int(),
  reason: z.enum(['budget', 'early-stopping', 'stopped']),
  loss: z.number().nullable(),
  validationLoss: z.number().nullable(),
  fullValidationLoss: z.number().nullable().default(null),
  best: bestSchema.nullable(),
  seconds: z.number(),
  checkpoint: z.string().nullable().describe('Folder of the last checkpoint.'),
});
export type TrainResult = z.infer<typeof trainResultSchema>;

/** What an `evaluate` job tells while it scores. */
export const evaluateEventSchema = z.strictObject({ type: z.literal('notice'), ...messageShape });
export type EvaluateEvent = z.infer<typeof evaluateEventSchema>;

/** What an `evaluate` job answers with. */
export const evaluationResultSchema = z.strictObject({
  run: z.string(),
  step: z.int().describe('Of the checkpoint that was scored.'),
  source: z.string(),
  loss: z.number().describe('Mean cross entropy, nats a token.'),
  perplexity: z.number().nullable().describe('Null: beyond what a number can hold.'),
  bitsPerByte: z.number(),
  tokens: z.int().describe('Tokens predicted: all but the first of each stretch of text.'),
  bytes: z.int().describe('Bytes of the predicted tokens.'),
  seconds: z.number(),
});
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;

/** What a `generate` job tells while it writes: text that is whole characters and holds no stop text. */
export const generateEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('prompt'),
    run: z.string(),
    step: z.int(),
    device: z.string(),
    tokens: z.int(),
    seconds: z.number(),
  }),
  z.strictObject({ type: z.literal('reading'), done: z.number().describe('Share of the prompt, 0 to 1.') }),
  z.strictObject({ type: z.literal('text'), text: z.string(), answer: z.int().describe('Which answer, from 0.') }),
  z.strictObject({ type: z.literal('notice'), ...messageShape }),
]);
export type GenerateEvent = z.infer<typeof generateEventSchema>;

/** One answer to a prompt. */
export const answerSchema = z.strictObject({
  text: z.string().describe('Without the prompt.'),
  tokens: z.int(),
  reason: z.enum(['length', 'stop', 'end', 'stopped']).describe('stop: a stop text; end: the end-of-text token.'),
});
export type Answer = z.infer<typeof answerSchema>;

/** What a `generate` job answers with: `text`, `tokens` and `reason` are those of the first answer. */
export const generateResultSchema = z.strictObject({
  run: z.string(),
  step: z.int(),
  ...answerSchema.shape,
  answers: z.array(answerSchema),
  promptTokens: z.int(),
  tokensPerSecond: z.number(),
  seconds: z.number(),
});
export type GenerateResult = z.infer<typeof generateResultSchema>;
