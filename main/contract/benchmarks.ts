import { z } from 'zod';
import { toldSchema } from './told.ts';

/** Writing after a text of some length. Times of a token are medians. */
export const contextRowSchema = z.strictObject({
  context: z.int().describe('Tokens of the text.'),
  prefillMilliseconds: z.number().describe('Reading the text.'),
  millisecondsPerToken: z.number(),
  peakMemoryMiB: z.number().describe('Of the whole compute process up to here; shorter texts are measured first.'),
  largestError: z
    .number()
    .describe('Of the scores after the last token against recomputing all, relative to the largest score.'),
  recomputationMillisecondsPerToken: z.number().describe('Computing the whole text again for one token.'),
  cachedMillisecondsPerToken: z.number().describe('A dot product of each filter with its whole history.'),
});
export type ContextRow = z.infer<typeof contextRowSchema>;

/** What a `bench` job answers with. Times are medians over the measured steps. */
export const benchResultSchema = z.strictObject({
  what: z.enum(['train', 'convolution', 'generate']),
  device: z.string(),
  deviceReason: z.string(),
  deviceTold: toldSchema.optional(),
  precision: z.string(),
  parameters: z.int().nullable().describe('Null for a convolution.'),
  tokensPerSecond: z.number(),
  stepMilliseconds: z.number().describe('Median; of a training step, a convolution forth and back, a token.'),
  stepMillisecondsBest: z.number(),
  peakMemoryMiB: z.number().describe('Of the whole compute process.'),
  loss: z.number().nullable().describe('After the last training step.'),
  steps: z.int(),
  contexts: z.array(contextRowSchema).optional().describe('For generate.'),
});
export type BenchResult = z.infer<typeof benchResultSchema>;

/** What a `measure` job answers with: the speed and the memory of a configuration on this machine. */
export const measureResultSchema = z.strictObject({
  device: z.string(),
  deviceReason: z.string(),
  deviceTold: toldSchema.optional(),
  parameters: z.int(),
  tokensPerSecond: z.number(),
  stepMilliseconds: z.number(),
  peakMemoryMiB: z.number(),
  steps: z.int(),
});
export type MeasureResult = z.infer<typeof measureResultSchema>;
