import { z } from 'zod';
import { shownTokenSchema } from '../datasets.ts';
import { messageSchema } from '../message-schema.ts';
import { filterViewSchema } from '../views.ts';

/** Tokens of a text whose matrices are computed. */
export const longestInside = 128;
/** Matrices that are listed one by one; of more channels, some are chosen. */
export const mostMatrices = 16;
/** Channels and positions of filters before and after training. */
export const filterSample = { channels: 16, points: 200 } as const;

const count = z.int().min(0);

/** A matrix of a layer, without the zeros above its diagonal. */
const matrixSchema = z.strictObject({
  index: count.nullable().describe('Head or channel; null: the mean of the absolute values of all.'),
  rows: z.array(z.array(z.number())).describe('Row i: what token i takes of tokens 0 to i.'),
});
export type InsideMatrix = z.infer<typeof matrixSchema>;

const mixingSchema = z.strictObject({
  unit: z.enum(['channel', 'head']),
  count: count.describe('How many channels or heads have a matrix.'),
  byDistance: z.array(z.number()).describe('Mean absolute entry at each distance back, over all of them.'),
  half: count.describe('Distance within which half of the sum of byDistance lies.'),
  matrices: z.array(matrixSchema).describe('The mean, then single ones; only of the layers that were requested.'),
});

const layerSchema = z.strictObject({
  layer: count,
  mixer: z.string(),
  filters: z
    .strictObject({
      before: filterViewSchema.nullable().describe('With the seed of the run; null: it began with other weights.'),
      after: filterViewSchema,
    })
    .nullable()
    .describe('null: the mixer has no filters.'),
  mixing: mixingSchema.nullable().describe('null: the mixer treats all texts alike, it has no such matrix.'),
});
export type InsideLayer = z.infer<typeof layerSchema>;

/** What happens within a trained model while it reads a text. */
export const insideResultSchema = z.strictObject({
  run: z.string(),
  step: z.int().describe('Step of the checkpoint.'),
  device: z.string(),
  tokens: z.array(
    shownTokenSchema.extend({ loss: z.number().nullable().describe('Nats; null: the first token is not predicted.') }),
  ),
  layers: z.array(layerSchema),
  seconds: z.number(),
});
export type InsideResult = z.infer<typeof insideResultSchema>;

export const insideEventSchema = z.strictObject({ type: z.literal('notice'), message: messageSchema });
