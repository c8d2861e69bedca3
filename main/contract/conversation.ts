import { z } from 'zod';
import { documentIdSchema, trainedSchema } from './documents.ts';

/**
 * How a conversation becomes the text that a model continues from. `auto` takes the model's own chat template where it
 * has one, else what its data suggest. How each looks: worker/generation/templates.ts.
 */
export const templateNames = ['auto', 'plain', 'dialogue', 'alpaca', 'instruction'] as const;
export const templateNameSchema = z.enum(templateNames);
export type TemplateName = (typeof templateNames)[number];

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
const summaryInstruction = 'Summarise this text.';
export const summaryRequest = (text: string): string => `${summaryInstruction}\n\n${text}`;
export const isSummaryRequest = (content: string): boolean => /^summari[sz]e this text\.\n\s*\S/i.test(content);

/** A call of a function as OpenAI's interface writes it: the arguments are JSON in a string. */
export const toolCallSchema = z.object({
  id: z.string().optional(),
  type: z.literal('function').default('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
});

const turnSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']).describe('tool: the result of a function call.'),
  content: z.string(),
  name: z.string().optional().describe("Name of the speaker or the function; used only by a model's own template."),
  tool_calls: z.array(toolCallSchema).optional().describe('Tool calls of the assistant in this turn.'),
  tool_call_id: z.string().optional().describe('Id of the call that a tool answers.'),
});
export type Turn = z.infer<typeof turnSchema>;

/** The part of a document that comes before a conversation. */
export const documentPartSchema = z.strictObject({
  id: documentIdSchema,
  edge: z.enum(['from', 'to']).describe('from: as much as fits after the offset; to: as much as fits before it.'),
  offset: z.int().min(0).describe('Position in the text, in UTF-16 units.'),
});
export type DocumentPart = z.infer<typeof documentPartSchema>;

/** A prompt that a compute process makes itself: a document, if there is one, and after it a conversation. */
export const conversationPromptSchema = z.strictObject({
  turns: z.array(turnSchema).describe('If the last turn is an answer, it is continued.'),
  template: templateNameSchema,
  document: documentPartSchema.nullable(),
});
export type ConversationPrompt = z.infer<typeof conversationPromptSchema>;

const tokens = z.int().min(0);

/** What a prompt takes of the context, and what of it does not fit. */
export const contextUseSchema = z.strictObject({
  limit: tokens.describe('Maximum length of a text for the model, tokens.'),
  trained: trainedSchema,
  document: z
    .strictObject({
      tokens: tokens.describe('Tokens used by the document.'),
      total: tokens.describe('Tokens of the whole document.'),
      start: z.int().describe('Start of the used part in the text, in UTF-16 units.'),
      end: z.int(),
      characters: z.int().describe('Length of the whole text.'),
    })
    .nullable(),
  conversation: tokens.describe('Tokens used by the conversation.'),
  left: z.strictObject({
    turns: z.int().min(0).describe('Number of messages that do not fit, counted from the first.'),
    tokens: tokens.describe('Tokens of the conversation that do not fit.'),
  }),
  room: tokens.describe('Tokens left for the answer.'),
});
export type ContextUse = z.infer<typeof contextUseSchema>;
