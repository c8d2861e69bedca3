import { z } from 'zod';
import { weightTypes } from './logic/weight-format.ts';
import { messageSchema } from './message-schema.ts';

/** Types that the weights of a run can be turned into. */
export const quantisableTypes = weightTypes.filter((type) => type !== 'fp32');

/** What quantising a run reports. */
export const quantiseEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
  z.strictObject({ type: z.literal('progress'), done: z.number().describe('Share, 0 to 1.') }),
]);
export type QuantiseEvent = z.output<typeof quantiseEventSchema>;

/** What it has made. */
export const quantiseResultSchema = z.strictObject({
  run: z.string(),
  origin: z.string(),
  step: z.int().describe('Step of the checkpoint.'),
  dtype: z.enum(weightTypes),
  bytes: z.number().describe('Size of the weights.'),
  before: z.number().describe('Size of the weights that they were created from.'),
  seconds: z.number(),
});
