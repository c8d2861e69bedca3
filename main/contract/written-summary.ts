import { z } from 'zod';
import { summaryAbilitySchema } from './conversation.ts';
import { readBy, writtenPartShape } from './documents.ts';
import { answerSchema } from './runs.ts';

/** Most tokens that the summary of one part may have. */
export const longestSummary = 4096;

/** A summary in a model's own words: of the whole where it fits the context, else part after part. */
export const writtenSummarySchema = z.strictObject({
  ...readBy,
  kind: z.literal('written').describe('By the model; nothing of it need be true.'),
  ability: summaryAbilitySchema,
  limit: z.int().describe('Tokens that the model looks back at.'),
  complete: z.boolean().describe('False: it was stopped, and `parts` is how far it came.'),
  parts: z.array(z.strictObject({ ...writtenPartShape, ...answerSchema.shape })),
});
export type WrittenSummary = z.infer<typeof writtenSummarySchema>;
export type WrittenPart = WrittenSummary['parts'][number];
