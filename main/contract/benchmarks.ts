import { z } from 'zod';
import { weightTypes } from './logic/weight-format.ts';
import { messageSchema } from './message-schema.ts';

/** Writing after a text of some length. Times of a token are medians. */
const contextRowSchema = z.strictObject({
  context: z.int().describe('Context length, tokens.'),
  prefillMilliseconds: z.number().describe('Prefill time, ms.'),
  millisecondsPerToken: z.number(),
  peakMemoryMiB: z.number().describe('Peak memory of the compute process so far; shorter contexts are measured first.'),
  largestError: z
    .number()
    .describe(
      'Largest deviation of the logits after the last token from full recomputation, relative to the largest logit.',
    ),
  recomputationMillisecondsPerToken: z.number().describe('Recomputing the whole text for one token, ms.'),
  cachedMillisecondsPerToken: z
    .number()
    .nullable()
    .describe(
      'Decoding at the cost of the whole prefix per token; for Hyena, a dot product of each filter with its inputs.',
    ),
});
export type ContextRow = z.infer<typeof contextRowSchema>;

/** What the memory gives and what decoding takes of it. */
const memoryUseSchema = z.strictObject({
  dtype: z.enum(weightTypes).describe('How the weights are kept.'),
  texts: z.int().describe('Texts generated concurrently.'),
  bytesPerStep: z.number().describe('Weights that are read for a token of every text, bytes.'),
  bandwidth: z.number().describe('Bytes per second that all threads together read from memory.'),
  share: z.number().describe('Share of that bandwidth with which the weights are read.'),
});
export type MemoryUse = z.infer<typeof memoryUseSchema>;

/** Reading a text of some length. */
const prefillRowSchema = z.strictObject({
  length: z.int().describe('Length of the text, tokens.'),
  milliseconds: z.number(),
  tokensPerSecond: z.number(),
  peakMemoryMiB: z.number().describe('Peak memory of the compute process so far; shorter texts are measured first.'),
  cacheMiB: z.number().describe('Memory that the model keeps of the text.'),
});
export type PrefillRow = z.infer<typeof prefillRowSchema>;

/** A kernel's part in a step, means over the measured steps. */
const profileRowSchema = z.strictObject({
  kernel: z.string(),
  calls: z.number(),
  milliseconds: z.number(),
  share: z.number().describe('Share of the time of the step.'),
  bytes: z.number().describe('Memory of its tensors, each read or written once.'),
  operations: z.number().describe('Floating-point operations other than those of matrix products.'),
  productOperations: z.number().describe('Floating-point operations of its matrix products.'),
  productMilliseconds: z.number().describe('Time of its matrix products, ms.'),
  rooflineMilliseconds: z.number().describe('Time at the peak of computing or at the bandwidth, the longer one, ms.'),
});
export type ProfileRow = z.infer<typeof profileRowSchema>;

/** Where the time of a step goes. */
const profileSchema = z.strictObject({
  rows: z.array(profileRowSchema),
  stepMilliseconds: z.number().describe('Mean time of a step, ms.'),
  waitingMilliseconds: z.number().describe('Time in which no kernel runs, ms.'),
  rooflineMilliseconds: z.number().describe('Sum over the kernels, ms.'),
  peaks: z.strictObject({
    bandwidth: z.number().describe('Bytes per second that all threads together read from memory.'),
    fp32: z.number().describe('Floating-point operations per second in registers, fp32.'),
    products: z.number().describe('The same with the instructions of products in the precision of the benchmark.'),
  }),
});
export type Profile = z.infer<typeof profileSchema>;

/** What a `bench` job answers with. Times are medians over the measured steps. */
export const benchResultSchema = z.strictObject({
  what: z.enum(['train', 'convolution', 'attention', 'generate', 'prefill']),
  device: z.string(),
  deviceReason: messageSchema,
  precision: z.string(),
  parameters: z.int().nullable().describe('Null for a convolution or attention.'),
  tokensPerSecond: z.number(),
  stepMilliseconds: z
    .number()
    .describe(
      'Median time of a training step, of a forward and backward pass, or per token; of prefill the longest text, ms.',
    ),
  stepMillisecondsBest: z.number(),
  stepCpuMilliseconds: z.number().optional().describe('Median CPU time of a step, all threads together, ms.'),
  forwardCpuMilliseconds: z.number().optional().describe('Median CPU time of the forward pass of attention, ms.'),
  forwardMilliseconds: z.number().optional().describe('Median time of the forward pass of attention, ms.'),
  peakMemoryMiB: z.number().describe('Peak memory of the compute process.'),
  loss: z.number().nullable().describe('Loss after the last training step.'),
  steps: z.int(),
  contexts: z.array(contextRowSchema).optional().describe('Results per context length, for generate.'),
  memory: memoryUseSchema.optional().describe('Use of the memory, for generate on the native device.'),
  profile: profileSchema.optional().describe('Where the time of a step goes, for train and generate if requested.'),
  prefills: z.array(prefillRowSchema).optional().describe('Results per length of the text, for prefill.'),
});
export type BenchResult = z.infer<typeof benchResultSchema>;

/** What a `measure` job answers with: the speed and the memory of a configuration on this machine. */
export const measureResultSchema = z.strictObject({
  device: z.string(),
  deviceReason: messageSchema,
  parameters: z.int(),
  tokensPerSecond: z.number(),
  stepMilliseconds: z.number(),
  peakMemoryMiB: z.number(),
  steps: z.int(),
});
export type MeasureResult = z.infer<typeof measureResultSchema>;
