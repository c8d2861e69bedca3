import { z } from 'zod';
import { messageShape } from './told.ts';

/** How many real numbers of state a channel of a distilled filter may have. */
export const stateSchema = z.int().min(4).max(64);

const spreadSchema = z.strictObject({
  median: z.number(),
  largest: z.number(),
});

/** What distilling a model's filters gives: how near they come, and what that means for its scores. */
export const distillationResultSchema = z.strictObject({
  run: z.string(),
  step: z.int().describe('Of the checkpoint.'),
  device: z.string(),
  state: z.int().describe('Real numbers of state a channel.'),
  exactTaps: z.int().describe('First taps of each filter that stay exact.'),
  kept: z.boolean().describe('Whether the fit was kept from before.'),
  relative: spreadSchema.describe('Norm of the difference over the norm of the filter, over all filters.'),
  largest: spreadSchema.describe('Largest difference over the largest tap, over all filters.'),
  bound: spreadSchema.describe('What `relative` is at least with this state, however the filters are fitted.'),
  needed: z
    .strictObject({ error: z.number(), least: z.int(), likely: z.int(), known: z.int() })
    .describe(
      'State with which half of the filters have this error: with less than `least` none can, with `likely` they ' +
        'about do; states from `known` on are not looked at.',
    ),
  filters: z
    .array(
      z.strictObject({
        layer: z.int(),
        channel: z.int(),
        relative: z.number(),
        largest: z.number(),
        bound: z.number(),
        least: z.int(),
        likely: z.int(),
      }),
    )
    .describe('Of each filter the errors, the bound, and the state needed; channels are order-major.'),
  scores: z
    .strictObject({
      context: z.int().describe('Tokens that were read before.'),
      tokens: z.int().describe('Tokens that were then taken one by one, exactly and distilled.'),
      largestDifference: z.number().describe('Of the scores, over the largest score.'),
      divergence: z.number().describe('Mean Kullback-Leibler divergence of the probabilities, nats.'),
      sameToken: z.number().describe('How often the likeliest token is the same, 0 to 1.'),
      loss: z.number().describe('Of the exact model on these tokens, nats a token.'),
      distilledLoss: z.number(),
      milliseconds: z.number().describe('A token, exactly; median.'),
      distilledMilliseconds: z.number(),
    })
    .nullable()
    .describe("On the run's validation text; null where there is none."),
  seconds: z.number(),
});
export type DistillationResult = z.infer<typeof distillationResultSchema>;

/** What it tells meanwhile. */
export const distillationEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), phase: z.enum(['fitting', 'comparing']), done: z.number() }),
  z.strictObject({ type: z.literal('notice'), ...messageShape }),
]);
export type DistillationEvent = z.infer<typeof distillationEventSchema>;
