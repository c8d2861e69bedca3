import { z } from 'zod';

/** What a `bench` job answers with. Times are medians over the measured steps. */
export const benchResultSchema = z.strictObject({
  what: z.enum(['train', 'convolution', 'generate']),
  device: z.string(),
  deviceReason: z.string(),
  precision: z.string(),
  parameters: z.int().nullable().describe('Null for a convolution.'),
  tokensPerSecond: z.number(),
  stepMilliseconds: z.number().describe('Median; of a training step, a convolution forth and back, a token.'),
  stepMillisecondsBest: z.number(),
  peakMemoryMiB: z.number().describe('Of the whole compute process.'),
  loss: z.number().nullable().describe('After the last training step.'),
  steps: z.int(),
});
export type BenchResult = z.infer<typeof benchResultSchema>;

/** What a `measure` job answers with: the speed and the memory of a configuration on this machine. */
export const measureResultSchema = z.strictObject({
  device: z.string(),
  deviceReason: z.string(),
  parameters: z.int(),
  tokensPerSecond: z.number(),
  stepMilliseconds: z.number(),
  peakMemoryMiB: z.number(),
  steps: z.int(),
});
export type MeasureResult = z.infer<typeof measureResultSchema>;
