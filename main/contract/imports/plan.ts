import { z } from 'zod';
import { weightTypes } from '../logic/weight-format.ts';
import { messageSchema } from '../message-schema.ts';
import { familyNames } from './blueprint.ts';

const bytes = z.number().min(0);

/** What would be imported, before anything is written. */
export const importPlanSchema = z.strictObject({
  name: z.string().describe('Name of the model in the library.'),
  source: z.string(),
  family: z.enum(familyNames),
  title: z.string().describe('Family as people call it.'),
  format: z.enum(['safetensors', 'pytorch']),
  files: z.array(z.strictObject({ name: z.string(), bytes })),
  config: z.string().nullable().describe('File of the configuration.'),
  model: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  parameters: z.number().describe('Trained values of the model.'),
  stored: z
    .strictObject({
      tensors: z.number(),
      elements: z.number(),
      bytes,
      types: z.array(z.strictObject({ type: z.string(), elements: z.number() })),
    })
    .describe('Tensors of the file that belong to the model; what is stored once under several names counts once.'),
  ignored: z.number().describe('Other tensors of the file.'),
  dtype: z.enum(weightTypes).describe('How the weights will be kept.'),
  sizes: z.record(z.enum(weightTypes), bytes).describe('Bytes on the disk by type.'),
  memory: z
    .strictObject({ needed: bytes, available: bytes, byType: z.record(z.enum(weightTypes), bytes) })
    .describe('Bytes to generate with the whole context, of this machine, and what each type would need.'),
  disk: z.strictObject({ needed: bytes, available: bytes.nullable() }),
  fits: z.boolean(),
  tokensPerSecond: z.number().describe('What the memory of this machine allows: all weights are read for each token.'),
  tokenizer: z.strictObject({ name: z.string(), vocabulary: z.number() }),
  licence: z
    .strictObject({
      name: z.string(),
      address: z.string().nullable(),
      terms: messageSchema.nullable().describe('What must be accepted.'),
    })
    .nullable(),
  notes: z.array(messageSchema),
});
export type ImportPlan = z.output<typeof importPlanSchema>;

export const importEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('plan'), plan: importPlanSchema }),
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(['download', 'check', 'write']),
    done: z.number().describe('Bytes.'),
    total: z.number(),
  }),
]);
export type ImportEvent = z.output<typeof importEventSchema>;

/** What an import did; `run` is null where it was only planned. */
export const importResultSchema = z.strictObject({ plan: importPlanSchema, run: z.string().nullable() });
