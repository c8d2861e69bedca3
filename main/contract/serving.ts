import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { samplingSchema } from './jobs.ts';
import { answerSchema } from './runs.ts';

/** What is asked of a compute process that serves a model: a union on `type`. */
export const servingRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('complete'),
    id: z.string().min(1),
    prompt: z.union([z.string(), z.array(z.int().min(0)).min(1)]).describe('Text, or tokens.'),
    sampling: samplingSchema,
    logprobs: z
      .int()
      .min(0)
      .max(20)
      .nullable()
      .describe('How many of the likeliest tokens are told with each; null: none.'),
  }),
  /** Nobody waits for it any more. */
  z.strictObject({ type: z.literal('cancel'), id: z.string() }),
]);
export type ServingRequest = z.infer<typeof servingRequestSchema>;
export type CompletionRequest = Extract<ServingRequest, { type: 'complete' }>;

export const tokenProbabilitySchema = z.strictObject({
  token: z.string(),
  bytes: z.array(z.int()),
  logprob: z.number(),
});
export type TokenProbability = z.infer<typeof tokenProbabilitySchema>;

/** What it tells: a union on `type`. Every `complete` ends with exactly one `finished` or `failed`. */
export const servingEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    device: z.string(),
    step: z.int(),
    context: z.int(),
    vocabulary: z.int(),
  }),
  z.strictObject({ type: z.literal('notice'), message: z.string() }),
  z.strictObject({
    type: z.literal('piece'),
    id: z.string(),
    answer: z.int(),
    text: z.string().describe('Whole characters; may be empty where only tokens are told.'),
    tokens: z.array(z.strictObject({ ...tokenProbabilitySchema.shape, top: z.array(tokenProbabilitySchema) })),
  }),
  z.strictObject({
    type: z.literal('finished'),
    id: z.string(),
    answers: z.array(answerSchema),
    promptTokens: z.int(),
    cachedTokens: z.int().describe('Tokens of the prompt that were not read again: an earlier one began with them.'),
  }),
  z.strictObject({ type: z.literal('failed'), id: z.string(), error: errorReportSchema }),
]);
export type ServingEvent = z.infer<typeof servingEventSchema>;
export type Piece = Extract<ServingEvent, { type: 'piece' }>;
