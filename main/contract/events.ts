import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { toldSchema, messageShape } from './told.ts';

/** How far the preparation of a run is: before its first step a large model creates weights for minutes. */
export const startingSchema = z.strictObject({
  stage: z.enum(['data', 'device', 'weights', 'checkpoint']),
  done: z.number().min(0).max(1).nullable().describe('Share of the stage; null where it is not known.'),
});
export type Starting = z.infer<typeof startingSchema>;

/** What a training run tells, one object a line in `train --json` and `metrics.jsonl`: a union on `type`. */
export const runEventSchema = z.discriminatedUnion('type', [
  /** Sent while the run is prepared; not in metrics.jsonl. */
  z.strictObject({ type: z.literal('starting'), ...startingSchema.shape }),
  z.strictObject({
    type: z.literal('start'),
    run: z.string(),
    dataset: z.string(),
    device: z.string(),
    deviceReason: z.string(),
    deviceTold: toldSchema.optional(),
    parameters: z.int(),
    step: z.int().describe('The step it starts after: 0, or that of the checkpoint it resumes from.'),
    totalSteps: z.int().nullable().describe('Null where only time limits the run.'),
    vocabularySize: z.int(),
    resumed: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('step'),
    step: z.int(),
    loss: z.number().describe('Mean cross entropy of the batch, nats a token.'),
    learningRate: z.number(),
    gradientNorm: z.number().describe('Before clipping.'),
    tokensPerSecond: z.number(),
    tokens: z.number().describe('Trained on so far.'),
    secondsLeft: z.number().nullable(),
    milliseconds: z.number().describe('Time of the step, pauses of the process left out.'),
    seconds: z.number().optional().describe('Spent training so far, over all sittings.'),
    memoryMiB: z.number(),
  }),
  z.strictObject({
    type: z.literal('evaluation'),
    step: z.int(),
    loss: z.number(),
    perplexity: z.number().nullable().describe('Null: beyond what a number can hold.'),
    bitsPerByte: z.number(),
    tokens: z.int().describe('Tokens scored.'),
    best: z.boolean().describe('The lowest validation loss so far.'),
    full: z
      .strictObject({ loss: z.number(), perplexity: z.number().nullable(), bitsPerByte: z.number(), tokens: z.int() })
      .optional()
      .describe(
        'At the end of a run: the score of all of the validation text. The figures above are of the same windows in every evaluation; versions before this key was there gave the last evaluation of all of the text.',
      ),
  }),
  z.strictObject({ type: z.literal('sample'), step: z.int(), prompt: z.string(), text: z.string() }),
  z.strictObject({ type: z.literal('checkpoint'), step: z.int(), path: z.string(), best: z.boolean() }),
  z.strictObject({
    type: z.literal('recovery'),
    step: z.int(),
    action: z.enum(['skipped', 'rolled-back']),
    reason: z.string(),
    told: toldSchema.optional().describe('The reason, as it is translated.'),
    toStep: z.int(),
    learningRateScale: z.number(),
  }),
  z.strictObject({ type: z.literal('notice'), ...messageShape }),
  z.strictObject({
    type: z.literal('done'),
    step: z.int(),
    reason: z.enum(['budget', 'early-stopping', 'stopped']).describe('stopped: asked to, with a checkpoint.'),
    loss: z.number().nullable().describe('The last training loss.'),
    validationLoss: z.number().nullable(),
    seconds: z.number(),
  }),
  z.strictObject({ type: z.literal('error'), ...errorReportSchema.shape }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
