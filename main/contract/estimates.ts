import { z } from 'zod';
import { runConfigurationSchema } from './configuration.ts';
import { toldSchema } from './told.ts';

const amount = z.number().min(0);

/** What `hyena estimate` tells: the cost of a configuration before anything is allocated. Memory in bytes. */
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
  memoryAvailable: amount.describe('Of this machine, now.'),
  flopsPerToken: z.strictObject({
    matrices: amount,
    convolutions: amount,
    filters: amount,
    forward: amount,
    training: amount,
    gpt: amount.describe('Training a GPT of the same size, for comparison.'),
  }),
  tokensPerStep: z.int(),
  steps: z.int().nullable().describe('Null where time alone limits the run and no speed was measured.'),
  tokens: amount.nullable(),
  flops: amount.nullable().describe('Of the whole run.'),
  warnings: z.array(toldSchema).describe('What a person should know before such a run starts.'),
  time: z
    .strictObject({
      device: z.string(),
      deviceReason: z.string(),
      deviceTold: toldSchema.optional(),
      tokensPerSecond: amount,
      stepSeconds: amount,
      seconds: amount.describe('Of the whole run, evaluations and samples apart.'),
      scaled: z.boolean().describe('Measured on a smaller model and scaled by the arithmetic.'),
    })
    .nullable()
    .describe('Null where nothing was measured.'),
});
export type Estimate = z.infer<typeof estimateSchema>;
