import { z } from 'zod';
import { trainingSchema } from './configuration.ts';

const { batch_size, gradient_checkpointing, precision, convolution } = trainingSchema.shape;

/** What of a run may be another when it continues: what memory and time a step takes, not what is trained. */
export const runtimeOverridesSchema = z.strictObject({
  batch_size: batch_size.unwrap().optional(),
  gradient_checkpointing: gradient_checkpointing.unwrap().optional(),
  precision: precision.unwrap().optional(),
  convolution: convolution.unwrap().optional(),
});
export type RuntimeOverrides = z.infer<typeof runtimeOverridesSchema>;
export const overridableKeys = Object.keys(runtimeOverridesSchema.shape);
