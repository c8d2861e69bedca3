import { z } from 'zod';
import { contextUseSchema, conversationPromptSchema, modelKindSchema, templateNameSchema } from './conversation.ts';
import { errorReportSchema } from './error-schema.ts';
import { samplingSchema } from './sampling.ts';
import { answerSchema } from './runs.ts';
import { messageSchema } from './message-schema.ts';

const promptSchema = z
  .union([z.string(), z.array(z.int()).min(1), conversationPromptSchema])
  .describe('Text, tokens, or a conversation that the process renders as text.');

/** What an answer has to be. The schema is a JSON Schema of the subset of main/contract/logic/json-grammar.ts. */
const answerFormatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({ type: z.literal('json_schema'), schema: z.unknown() }),
]);
export type AnswerFormat = z.infer<typeof answerFormatSchema>;

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
      .describe('Number of most likely tokens reported with each token; null: none.'),
    echo: z.boolean().default(false).describe('Whether the prompt is also returned, with its log-probabilities.'),
    generate: z.boolean().default(true).describe('Whether anything is generated after the prompt.'),
    format: answerFormatSchema.nullable().default(null).describe('Format required of the answer; null: any text.'),
    whole: z
      .boolean()
      .default(false)
      .describe('Reject a prompt that does not fit as a whole, and stop an answer at the end of the context.'),
  }),
  /** What a conversation would take of the context; answered by one `measured` or `failed`. */
  z.strictObject({
    type: z.literal('measure'),
    id: z.string().min(1),
    prompt: conversationPromptSchema,
    max_tokens: z.int().min(1),
  }),
  /** Nobody waits for it. */
  z.strictObject({ type: z.literal('cancel'), id: z.string() }),
]);
export type ServingRequest = z.infer<typeof servingRequestSchema>;
export type CompletionRequest = Extract<ServingRequest, { type: 'complete' }>;
/** A completion as it is requested; what is left out has its default. */
export type CompletionOptions = Omit<
  Extract<z.input<typeof servingRequestSchema>, { type: 'complete' }>,
  'type' | 'id'
>;
export type MeasureRequest = Extract<ServingRequest, { type: 'measure' }>;

const tokenProbabilitySchema = z.strictObject({
  token: z.string(),
  bytes: z.array(z.int()),
  logprob: z.number(),
});
export type TokenProbability = z.infer<typeof tokenProbabilitySchema>;

const width = z.int().min(0).describe('Characters (code points) that the token adds to the text so far.');
const top = z.array(tokenProbabilitySchema).describe('Most likely tokens at this position, in descending order.');

/** Why a request cannot be answered at all, in terms of what was asked. */
const refusalSchema = z.enum(['too-long', 'unknown-token', 'conversation']);
export type Refusal = z.infer<typeof refusalSchema>;

/** What it reports: a union on `type`. Every `complete` ends with exactly one `finished` or `failed`. */
export const servingEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    device: z.string(),
    step: z.int(),
    context: z.int(),
    vocabulary: z.int(),
    kind: modelKindSchema.nullable().describe('Null if the training data is unknown.'),
    template: templateNameSchema.describe("Template that `auto` selects; auto: the model's own chat template."),
  }),
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
  /** The prompt is sound and fits. Comes first, and while other requests are still answered. */
  z.strictObject({ type: z.literal('accepted'), id: z.string(), promptTokens: z.int() }),
  /** A part of the prompt, in order: what `echo` asks for. The first token of all has nothing to be judged by. */
  z.strictObject({
    type: z.literal('echo'),
    id: z.string(),
    text: z.string(),
    tokens: z.array(
      z.strictObject({ ...tokenProbabilitySchema.shape, logprob: z.number().nullable(), top: top.nullable(), width }),
    ),
  }),
  /** How much of a long prompt has been read. */
  z.strictObject({ type: z.literal('reading'), id: z.string(), done: z.number().describe('Fraction done, 0 to 1.') }),
  /** A conversation has been read; what is reported next is its answer. */
  z.strictObject({ type: z.literal('prompt'), id: z.string(), context: contextUseSchema }),
  z.strictObject({ type: z.literal('measured'), id: z.string(), context: contextUseSchema }),
  z.strictObject({
    type: z.literal('piece'),
    id: z.string(),
    answer: z.int(),
    text: z.string().describe('Whole characters; may be empty if only tokens are reported.'),
    tokens: z.array(z.strictObject({ ...tokenProbabilitySchema.shape, top, width })),
  }),
  z.strictObject({
    type: z.literal('finished'),
    id: z.string(),
    answers: z.array(answerSchema),
    promptTokens: z.int(),
    cachedTokens: z.int().describe('Prompt tokens reused from the cached prefix.'),
  }),
  z.strictObject({
    type: z.literal('failed'),
    id: z.string(),
    error: errorReportSchema,
    refusal: refusalSchema.optional(),
  }),
]);
export type ServingEvent = z.infer<typeof servingEventSchema>;
export type GeneratedPiece = Extract<ServingEvent, { type: 'piece' }>;
export type Echo = Extract<ServingEvent, { type: 'echo' }>;
