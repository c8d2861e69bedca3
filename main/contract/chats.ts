import { z } from 'zod';
import { contextUseSchema, documentPartSchema, templateNameSchema } from './conversation.ts';
import { errorReportSchema } from './error-schema.ts';
import { messageSchema } from './message-schema.ts';
import { chatSamplingSchema } from './sampling.ts';
import { answerSchema, runNameSchema } from './runs.ts';

/**
 * What a chat is on disk: `<library>/chats/<id>/chat.jsonl`, one entry per line, only ever appended. A message is its own
 * line; of several lines with the same id the last counts. Messages are a tree: what is said after an edited message,
 * or an answer that was written again, is another child of the same parent.
 */
export const chatIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits');
export const messageIdSchema = z.string().regex(/^[0-9a-f]{12}$/, 'must be 12 hexadecimal digits');

export const chatSettingsSchema = z.strictObject({
  title: z.string().max(300).default('').describe('Title. Empty: the start of the first message.'),
  run: runNameSchema.nullable().default(null).describe('Run whose model answers.'),
  template: templateNameSchema.default('auto'),
  system: z.string().max(100_000).default('').describe('System prompt.'),
  document: documentPartSchema.nullable().default(null).describe('Document placed before all messages.'),
  sampling: chatSamplingSchema.prefault({}),
});
export type ChatSettings = z.infer<typeof chatSettingsSchema>;
/** Some of the settings, in their new values. */
export const chatChangesSchema = z.strictObject({
  title: chatSettingsSchema.shape.title.unwrap().optional(),
  run: chatSettingsSchema.shape.run.unwrap().optional(),
  template: templateNameSchema.optional(),
  system: chatSettingsSchema.shape.system.unwrap().optional(),
  document: documentPartSchema.nullable().optional(),
  sampling: chatSamplingSchema.optional(),
});
export type ChatChanges = z.infer<typeof chatChangesSchema>;

const messageStateSchema = z.enum([
  'done',
  'writing', // by this program, now
  'elsewhere', // by another program on this library, now; never in the file
  'cut-off', // the program ended while it was written: what is there was kept
  'failed', // `error` says why; the text so far is kept
]);

const chatMessageSchema = z.strictObject({
  id: messageIdSchema,
  parent: messageIdSchema.nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  time: z.iso.datetime(),
  state: messageStateSchema,
  /** Of answers. */
  answer: z
    .strictObject({
      run: runNameSchema,
      step: z
        .int()
        .nullable()
        .describe('Step of the checkpoint that generated the answer; null if generation never started.'),
      reason: answerSchema.shape.reason.nullable(),
      tokens: z.int(),
      seconds: z.number().describe('Time from the first token to the last, seconds.'),
      seed: z.int(),
      context: contextUseSchema.nullable(),
      error: errorReportSchema.nullable(),
    })
    .nullable(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** How a token of an answer was drawn, in `<library>/chats/<id>/tokens/<message>.json`: one entry per token. */
export const answerTokenSchema = z.strictObject({
  width: z.int().min(0).describe('Characters (code points) that the token adds to the text.'),
  probability: z.number().min(0).max(1).describe('Probability given to it by the model, before sampling settings.'),
  others: z
    .array(z.strictObject({ token: z.string(), probability: z.number().min(0).max(1) }))
    .describe('Most likely tokens at this position, in descending order.'),
});
export type AnswerToken = z.infer<typeof answerTokenSchema>;

const entry = { time: z.iso.datetime() };
/** A line of `chat.jsonl`. */
export const chatEntrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('chat'), format: z.literal(1), id: chatIdSchema, ...entry }),
  z.strictObject({ type: z.literal('settings'), changes: chatChangesSchema, ...entry }),
  z.strictObject({ type: z.literal('message'), message: chatMessageSchema }),
  /** More of a message that is being written. */
  z.strictObject({ type: z.literal('text'), message: messageIdSchema, text: z.string() }),
  /** Which branch is looked at: the one that ends with this message. */
  z.strictObject({ type: z.literal('leaf'), message: messageIdSchema, ...entry }),
]);
export type ChatEntry = z.infer<typeof chatEntrySchema>;

export const chatViewSchema = z.strictObject({
  id: chatIdSchema,
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  ...chatSettingsSchema.shape,
  name: z.string().describe('Title, or the start of the first message; empty if there is neither.'),
  messages: z.array(chatMessageSchema),
  leaf: messageIdSchema.nullable(),
  writing: messageIdSchema.nullable().describe('Id of the message being generated.'),
  problems: z.array(messageSchema).describe('Parts of the chat that could not be read.'),
});
export type ChatView = z.infer<typeof chatViewSchema>;

/** One line of the list of chats. */
export const chatSummarySchema = z.strictObject({
  id: chatIdSchema,
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  name: z.string(),
  run: runNameSchema.nullable(),
  document: z.string().nullable().describe('Id of the document.'),
  messages: z.int(),
  writing: z.boolean(),
});
export type ChatSummary = z.infer<typeof chatSummarySchema>;

/** A message that a search has found. */
export const chatHitSchema = z.strictObject({
  chat: chatIdSchema,
  name: z.string(),
  message: messageIdSchema.nullable().describe('Id of the message; null if the title matched.'),
  role: z.enum(['user', 'assistant']).nullable(),
  time: z.iso.datetime(),
  excerpt: z.string(),
  marks: z.array(z.strictObject({ start: z.int(), end: z.int() })).describe('Matches, as positions in the excerpt.'),
});
export type ChatHit = z.infer<typeof chatHitSchema>;

/** What a chat that is looked at reports; who joins gets the whole chat first, with the text so far. */
export const chatEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('chat'), chat: chatViewSchema }),
  z.strictObject({
    type: z.literal('text'),
    message: messageIdSchema,
    at: z.int().describe('Length of the message before this piece.'),
    text: z.string(),
  }),
  z.strictObject({
    type: z.literal('progress'),
    message: messageIdSchema,
    phase: z.enum(['waiting', 'loading', 'reading', 'writing']),
    done: z.number().nullable().describe('Fraction that has been prefilled, 0 to 1.'),
    tokens: z.int().describe('Tokens generated so far.'),
    tokensPerSecond: z.number().nullable(),
  }),
]);
export type ChatEvent = z.infer<typeof chatEventSchema>;
export type ChatProgress = Extract<ChatEvent, { type: 'progress' }>;

/** What a chat's next prompt would take of the model's context. */
export const chatContextSchema = z.strictObject({
  run: runNameSchema,
  device: z.string(),
  step: z.int(),
  kind: z.enum(['text', 'chats']).nullable(),
  template: templateNameSchema.describe("Template used; auto: the model's own."),
  use: contextUseSchema,
  answer: z.int().describe('Maximum tokens of the answer.'),
  notices: z
    .array(messageSchema)
    .describe('Notices from loading the model: damaged better or newer checkpoints, and which checkpoint answers.'),
});
export type ChatContext = z.infer<typeof chatContextSchema>;
