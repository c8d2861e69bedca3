import { z } from 'zod';
import { contextUseSchema, conversationPromptSchema, modelKindSchema, templateNameSchema } from './conversation.ts';
import { errorReportSchema } from './errors.ts';
import { samplingSchema } from './jobs.ts';
import { answerSchema } from './runs.ts';
import { messageShape } from './told.ts';

const promptSchema = z
  .union([z.string(), z.array(z.int().min(0)).min(1), conversationPromptSchema])
  .describe('Text, tokens, or a conversation that the process makes a text of.');

/** What is asked of a compute process that serves a model: a union on `type`. */
export const servingRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('complete'),
    id: z.string().min(1),
    prompt: promptSchema,
    sampling: samplingSchema,
    logprobs: z
      .int()
      .min(0)
      .max(20)
      .nullable()
      .describe('How many of the likeliest tokens are told with each; null: none.'),
  }),
  /** What a conversation would take of the context; answered by one `measured` or `failed`. */
  z.strictObject({
    type: z.literal('measure'),
    id: z.string().min(1),
    prompt: conversationPromptSchema,
    max_tokens: z.int().min(1),
  }),
  /** Nobody waits for it any more. */
  z.strictObject({ type: z.literal('cancel'), id: z.string() }),
]);
export type ServingRequest = z.infer<typeof servingRequestSchema>;
export type CompletionRequest = Extract<ServingRequest, { type: 'complete' }>;
export type MeasureRequest = Extract<ServingRequest, { type: 'measure' }>;

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
    kind: modelKindSchema.nullable().describe('Null where it is not known what it was trained on.'),
    template: templateNameSchema.describe("What `auto` stands for; auto: the model's own chat template."),
  }),
  z.strictObject({ type: z.literal('notice'), ...messageShape }),
  /** How much of a long prompt has been read. */
  z.strictObject({ type: z.literal('reading'), id: z.string(), done: z.number().describe('0 to 1.') }),
  /** A conversation has been read; what is told next is its answer. */
  z.strictObject({ type: z.literal('prompt'), id: z.string(), context: contextUseSchema }),
  z.strictObject({ type: z.literal('measured'), id: z.string(), context: contextUseSchema }),
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
