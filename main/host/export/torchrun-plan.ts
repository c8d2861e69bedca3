import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { storedConfigurationSchema, type ResolvedModelConfiguration } from '../../contract/configuration.ts';

/** What marks a folder of a run that trains elsewhere, and says how. */
export const planFile = 'hyena.json';

const count = z.int().min(0);
const splitSchema = z.strictObject({
  tokens: count,
  shards: z.array(z.strictObject({ file: z.string(), tokens: count })),
  masks: z.array(z.strictObject({ file: z.string() })),
});

/** `hyena.json` of such a folder; resources/torch/train.py reads it. */
export const torchrunPlanSchema = z.strictObject({
  format: z.literal(1),
  kind: z.literal('torchrun'),
  version: z.string(),
  run: z.string(),
  step: count.describe('Step that the run left at.'),
  configuration: storedConfigurationSchema,
  model: z.custom<ResolvedModelConfiguration>((value) => typeof value === 'object' && value !== null),
  sequenceLength: count,
  totalSteps: count.nullable(),
  parameters: z.record(
    z.string(),
    z.strictObject({
      optimizer: z.enum(['adamw', 'muon']).default('adamw'),
      learningRate: z.number(),
      weightDecay: z.number(),
    }),
  ),
  sample: z.strictObject({ text: z.string(), ids: z.array(count) }),
  endOfText: count.nullable(),
  data: z.strictObject({
    dtype: z.enum(['uint16', 'uint32']),
    splits: z.strictObject({ train: splitSchema, validation: splitSchema }),
  }),
});
/** Whether a folder is of a run that left by `hyena export --to torchrun`. */
export const isTorchrunFolder = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch((): string[] => [])).includes(planFile);

export type TorchrunPlan = z.output<typeof torchrunPlanSchema>;
