import { z } from 'zod';
import { errorReportSchema } from './error-schema.ts';
import { messageSchema } from './message-schema.ts';

/** How many answers of a task were right. */
export const answersSchema = z.strictObject({
  accuracy: z.number().describe('Share of the measured answers that were right, 0 to 1.'),
  rows: z.number().describe('Share of the rows of which every measured answer was right.'),
  slices: z.record(z.string(), z.number()).describe('Accuracy by slice of the task; empty if it has none.'),
});
export type Answers = z.infer<typeof answersSchema>;

/** How far the preparation of a run is: before its first step a large model creates weights for minutes. */
export const startingSchema = z.strictObject({
  stage: z.enum(['data', 'device', 'weights', 'checkpoint']),
  done: z.number().min(0).max(1).nullable().describe('Fraction of the stage; null if unknown.'),
});
export type StartingPhase = z.infer<typeof startingSchema>;

/** What a training run reports, one object per line in `metrics.jsonl` and, with its messages in English, in
 * `train --json`: a union on `type`. */
export const runEventSchema = z.discriminatedUnion('type', [
  /** Sent while the run is prepared; not in metrics.jsonl. */
  z.strictObject({ type: z.literal('starting'), ...startingSchema.shape }),
  z.strictObject({
    type: z.literal('start'),
    run: z.string(),
    dataset: z.string(),
    device: z.string(),
    deviceReason: messageSchema,
    parameters: z.int(),
    step: z.int().describe('Step it starts after: 0, or that of the checkpoint it resumes from.'),
    totalSteps: z.int().nullable().describe('Null if only time limits the run.'),
    vocabularySize: z.int(),
    resumed: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('step'),
    step: z.int(),
    loss: z.number().describe('Mean cross entropy of the batch, nats per token.'),
    learningRate: z.number(),
    gradientNorm: z.number().describe('Gradient norm before clipping.'),
    tokensPerSecond: z.number(),
    tokens: z.number().describe('Tokens trained on so far.'),
    secondsLeft: z.number().nullable(),
    milliseconds: z.number().describe('Time of the step, excluding pauses of the process.'),
    seconds: z.number().optional().describe('Training time so far over all sessions, seconds.'),
    memoryMiB: z.number(),
  }),
  z.strictObject({
    type: z.literal('evaluation'),
    step: z.int(),
    loss: z.number(),
    perplexity: z.number().nullable().describe('Perplexity; null if it overflows.'),
    bitsPerByte: z.number(),
    tokens: z.int().describe('Tokens scored.'),
    answers: answersSchema.optional().describe('On a task: the measured answers.'),
    best: z.boolean().describe('The lowest validation loss so far.'),
    full: z
      .strictObject({ loss: z.number(), perplexity: z.number().nullable(), bitsPerByte: z.number(), tokens: z.int() })
      .optional()
      .describe(
        'At the end of a run: the score on the whole validation split. The values above use the same windows in every evaluation; versions without this key scored the whole split in the last one.',
      ),
  }),
  z.strictObject({ type: z.literal('sample'), step: z.int(), prompt: z.string(), text: z.string() }),
  z.strictObject({ type: z.literal('checkpoint'), step: z.int(), path: z.string(), best: z.boolean() }),
  z.strictObject({
    type: z.literal('recovery'),
    step: z.int(),
    action: z.enum(['skipped', 'rolled-back']),
    reason: messageSchema,
    toStep: z.int(),
    learningRateScale: z.number(),
  }),
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
  z.strictObject({
    type: z.literal('done'),
    step: z.int(),
    reason: z
      .enum(['budget', 'early-stopping', 'solved', 'stopped'])
      .describe('solved: the accuracy aimed at was reached; stopped: on request, with a checkpoint.'),
    loss: z.number().nullable().describe('The last training loss.'),
    validationLoss: z.number().nullable(),
    seconds: z.number(),
  }),
  z.strictObject({ type: z.literal('error'), ...errorReportSchema.shape }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
