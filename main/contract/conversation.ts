import { z } from 'zod';
import { documentIdSchema } from './documents.ts';

/**
 * How a conversation becomes the text that a model goes on from. `auto` takes the model's own chat template where it
 * has one, else what its data suggest. How each looks: worker/generation/templates.ts.
 */
export const templateNameSchema = z.enum(['auto', 'plain', 'dialogue', 'alpaca', 'instruction']);
export type TemplateName = z.infer<typeof templateNameSchema>;

/** What a model was trained on: raw text, which it continues, or chats, of which it learned the answers. */
export const modelKindSchema = z.enum(['text', 'chats']);
export type ModelKind = z.infer<typeof modelKindSchema>;

/**
 * Whether a model writes summaries. trained: on texts with their summaries; asked: on chats, so that it can be asked for
 * one, but none was among them that this program knows of. Null: it continues text.
 */
export const summaryAbilitySchema = z.enum(['trained', 'asked']);
export type SummaryAbility = z.infer<typeof summaryAbilitySchema>;

/** What a model is told before a text that it is to summarise: in its data and when it is asked. */
export const summaryInstruction = 'Summarise this text.';
export const summaryRequest = (text: string): string => `${summaryInstruction}\n\n${text}`;
export const isSummaryRequest = (content: string): boolean => /^summari[sz]e this text\.\n\s*\S/i.test(content);

/** A call of a function as OpenAI's interface writes it: the arguments are JSON in a string. */
export const toolCallSchema = z.object({
  id: z.string().optional(),
  type: z.literal('function').default('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
});
export type ToolCall = z.infer<typeof toolCallSchema>;

export const turnSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']).describe('tool: what a called function gave.'),
  content: z.string(),
  name: z.string().optional().describe("Who speaks, or the function. Only a model's own template may show it."),
  tool_calls: z.array(toolCallSchema).optional().describe('What an assistant called in this turn.'),
  tool_call_id: z.string().optional().describe('The call that a tool answers.'),
});
export type Turn = z.infer<typeof turnSchema>;

/** The part of a document that comes before a conversation. */
export const documentPartSchema = z.strictObject({
  id: documentIdSchema,
  edge: z.enum(['from', 'to']).describe('from: as much as fits after the offset; to: as much as fits before it.'),
  offset: z.int().min(0).describe('UTF-16 units of its text.'),
});
export type DocumentPart = z.infer<typeof documentPartSchema>;

/** A prompt that a compute process makes itself: a document, if there is one, and after it a conversation. */
export const conversationPromptSchema = z.strictObject({
  turns: z.array(turnSchema).describe('Where the last is an answer it is gone on with.'),
  template: templateNameSchema,
  document: documentPartSchema.nullable(),
});
export type ConversationPrompt = z.infer<typeof conversationPromptSchema>;

const tokens = z.int().min(0);

/** What a prompt takes of the context, and what of it does not fit. */
export const contextUseSchema = z.strictObject({
  limit: tokens.describe('Tokens that the model can look back at: l_max.'),
  document: z
    .strictObject({
      tokens: tokens.describe('Used of it.'),
      total: tokens.describe('Of the whole document.'),
      start: z.int().describe('Where the part that is used begins in the text, in UTF-16 units.'),
      end: z.int(),
      characters: z.int().describe('Of the whole text.'),
    })
    .nullable(),
  conversation: tokens.describe('Used of it.'),
  left: z.strictObject({
    turns: z.int().min(0).describe('Messages that do not fit, from the first one on.'),
    tokens: tokens.describe('Tokens of the conversation that do not fit.'),
  }),
  room: tokens.describe('What is left for the answer.'),
});
export type ContextUse = z.infer<typeof contextUseSchema>;
