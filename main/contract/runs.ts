import { z } from 'zod';
import { storedConfigurationSchema } from './configuration.ts';
import { modelKindSchema, summaryAbilitySchema } from './conversation.ts';
import { errorReportSchema } from './error-schema.ts';
import { answersSchema } from './events.ts';
import { existingName, newName } from './name-schema.ts';
import { runNames } from './names.ts';
import { weightTypes } from './logic/weight-format.ts';
import { anchorSchema } from './lab/evaluations.ts';
import { labRunSchema } from './lab/recipes.ts';
import { messageSchema } from './message-schema.ts';

/**
 * What a run is on disk: `<library>/runs/<run>/run.json` (the record below), `metrics.jsonl` (one event per line, see
 * events.ts), `lock` (while a process trains it) and `checkpoints/step-<n>/`.
 */
export const runNameSchema = existingName(runNames);
export const newRunNameSchema = newName(runNames);

/** Which process holds a folder, of a run for instance. */
const ownerSchema = z.strictObject({
  pid: z.int().min(1),
  host: z.string().describe('Host name.'),
  time: z.iso.datetime().describe('Time at which the lock was taken.'),
});
export type Owner = z.infer<typeof ownerSchema>;

const runStatusSchema = z.enum([
  'new', // created, never trained
  'running',
  'stopped', // on request, with a checkpoint
  'done', // a budget was reached, or early stopping ended it
  'failed', // `error` says why
  'interrupted', // its process disappeared; the last checkpoint is what there is
]);

const bestSchema = z.strictObject({ step: z.int(), loss: z.number().describe('Validation loss, nats per token.') });

/** `run.json`. Numbers are as of the last checkpoint or the end; metrics.jsonl has them for every step. */
export const runRecordSchema = z.strictObject({
  format: z.literal(1),
  name: runNameSchema,
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  configuration: storedConfigurationSchema,
  status: runStatusSchema,
  owner: ownerSchema.nullable(),
  dataset: z
    .strictObject({ name: z.string(), identity: z.string().describe('Checksum of its tokens and tokenizer.') })
    .nullable()
    .describe('Data set that the run was first trained on; it can only be resumed with the same one.'),
  kind: modelKindSchema
    .nullable()
    .default(null)
    .describe('Kind of training data: raw text, or chats of which only answers count. Null: not trained yet.'),
  summaries: z.boolean().default(false).describe('Whether the training data contains texts paired with summaries.'),
  device: z.string().nullable().describe('Device used last.'),
  deviceReason: messageSchema.nullable(),
  parameters: z.int().nullable(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  tokens: z.number().describe('Tokens trained on.'),
  seconds: z.number().describe('Training time, seconds.'),
  loss: z.number().nullable().describe('Training loss of the last step.'),
  validationLoss: z
    .number()
    .nullable()
    .describe('Validation loss of the last evaluation, on the same windows as every evaluation.'),
  fullValidationLoss: z
    .number()
    .nullable()
    .default(null)
    .describe('Loss on the whole validation split, at the end of the run.'),
  answers: answersSchema.nullable().default(null).describe('Answers of the last evaluation on a task.'),
  best: bestSchema.nullable(),
  lab: labRunSchema.nullable().default(null).describe('Recipe of the laboratory that the run belongs to.'),
  weights: z.enum(weightTypes).default('fp32').describe('How the weights of its checkpoints are kept.'),
  origin: z
    .strictObject({ run: runNameSchema, step: z.int() })
    .nullable()
    .default(null)
    .describe('Run and checkpoint whose weights were quantised.'),
  reason: z.string().nullable().describe('Reason the run ended: budget, early-stopping, solved, stopped.'),
  error: errorReportSchema.nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** One line of a list of runs: the record, and where its folder is. */
export const runSummarySchema = z.strictObject({
  ...runRecordSchema.shape,
  writesSummaries: summaryAbilitySchema.nullable(),
  path: z.string(),
  checkpoints: z.array(z.int()).describe('Steps of the complete checkpoints including the best one, ascending.'),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** What a `train` job answers with. */
export const trainResultSchema = z.strictObject({
  run: z.string(),
  step: z.int(),
  reason: z.enum(['budget', 'early-stopping', 'solved', 'stopped']),
  loss: z.number().nullable(),
  validationLoss: z.number().nullable(),
  fullValidationLoss: z.number().nullable().default(null),
  answers: answersSchema.nullable().default(null),
  best: bestSchema.nullable(),
  seconds: z.number(),
  checkpoint: z.string().nullable().describe('Folder of the last checkpoint.'),
});
export type TrainResult = z.infer<typeof trainResultSchema>;

/** What an `evaluate` job reports while it scores. */
export const evaluateEventSchema = z.strictObject({ type: z.literal('notice'), message: messageSchema });

/** What an `evaluate` job answers with. */
export const evaluationResultSchema = z.strictObject({
  run: z.string(),
  step: z.int().describe('Step of the scored checkpoint.'),
  source: z.string(),
  loss: z.number().describe('Mean cross entropy, nats per token.'),
  perplexity: z.number().nullable().describe('Perplexity; null if it overflows.'),
  bitsPerByte: z.number(),
  tokens: z.int().describe('Predicted tokens: all except the first of each window.'),
  bytes: z.int().describe('Bytes of the predicted tokens.'),
  answers: answersSchema.optional().describe('On a task: the measured answers.'),
  anchors: z.array(anchorSchema).optional().describe('What general compressors make of the same text.'),
  seconds: z.number(),
});
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;

/** What a `generate` job reports while it writes: text that is whole characters and holds no stop sequence. */
export const generateEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('prompt'),
    run: z.string(),
    step: z.int(),
    device: z.string(),
    tokens: z.int(),
    seconds: z.number(),
  }),
  z.strictObject({
    type: z.literal('reading'),
    done: z.number().describe('Fraction of the prompt that has been prefilled, 0 to 1.'),
  }),
  z.strictObject({
    type: z.literal('text'),
    text: z.string(),
    answer: z.int().describe('Index of the answer, from 0.'),
  }),
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
]);
export type GenerateEvent = z.infer<typeof generateEventSchema>;

/** One answer to a prompt. */
export const answerSchema = z.strictObject({
  text: z.string().describe('Output without the prompt.'),
  tokens: z.int(),
  reason: z.enum(['length', 'stop', 'end', 'stopped']).describe('stop: a stop sequence; end: the end-of-text token.'),
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
