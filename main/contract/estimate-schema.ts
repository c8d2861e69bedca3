import { z } from 'zod';
import { runConfigurationSchema } from './configuration.ts';
import { messageSchema } from './message-schema.ts';

const amount = z.number().min(0);

/** What `hyena estimate` reports: the cost of a configuration before anything is allocated. Memory in bytes. */
export const estimateSchema = z.strictObject({
  configuration: runConfigurationSchema,
  vocabularySize: z.int(),
  parameters: z.strictObject({
    embedding: amount,
    head: amount,
    mixers: amount,
    filters: amount,
    mlps: amount,
    norms: amount,
    total: amount,
  }),
  trainingMemory: z.strictObject({
    weights: amount,
    gradients: amount,
    moments: amount,
    activations: amount,
    workspace: amount,
    process: amount,
    total: amount,
  }),
  generationMemory: z.strictObject({ weights: amount, reading: amount, process: amount, total: amount }),
  memoryAvailable: amount.describe('Memory available on this computer.'),
  flopsPerToken: z.strictObject({
    matrices: amount,
    convolutions: amount,
    filters: amount,
    forward: amount,
    training: amount,
    gpt: amount.describe('Training FLOPs per token of an equal-size GPT, for comparison.'),
  }),
  tokensPerStep: z.int(),
  steps: z.int().nullable().describe('Null if only time limits the run and no speed was measured.'),
  tokens: amount.nullable(),
  flops: amount.nullable().describe('FLOPs of the whole run.'),
  warnings: z.array(messageSchema).describe('Warnings before such a run starts.'),
  time: z
    .strictObject({
      device: z.string(),
      deviceReason: messageSchema,
      tokensPerSecond: amount,
      stepSeconds: amount,
      seconds: amount.describe('Time of the whole run, evaluations included, samples and checkpoints not.'),
      scaled: z.boolean().describe('Measured on a smaller model and extrapolated by FLOPs.'),
    })
    .nullable()
    .describe('Null if nothing was measured.'),
});
export type Estimate = z.infer<typeof estimateSchema>;
