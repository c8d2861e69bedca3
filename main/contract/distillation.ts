import { z } from 'zod';
import { messageSchema } from './message-schema.ts';

/** How many real numbers of state a channel of a distilled filter may have. */
export const stateSchema = z.int().min(4).max(64);

const spreadSchema = z.strictObject({
  median: z.number(),
  largest: z.number(),
});

/** What distilling a model's filters gives: how near they come, and what that means for its scores. */
export const distillationResultSchema = z.strictObject({
  run: z.string(),
  step: z.int().describe('Step of the checkpoint.'),
  device: z.string(),
  state: z.int().describe('State size per channel, real numbers.'),
  exactTaps: z.int().describe('Number of first taps of each filter that stay exact.'),
  kept: z.boolean().describe('Whether the fit was already saved.'),
  relative: spreadSchema.describe('Norm of the difference over the norm of the filter, over all filters.'),
  largest: spreadSchema.describe('Largest difference over the largest tap, over all filters.'),
  bound: spreadSchema.describe('Lower bound of `relative` for any fit with this state size.'),
  needed: z
    .strictObject({ error: z.number(), least: z.int(), likely: z.int(), known: z.int() })
    .describe(
      'State size at which half of the filters reach this error: impossible below `least`, expected at about `likely`; ' +
        'sizes from `known` on are not examined.',
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
    .describe('Errors, bound and required state of each filter; channels are order-major.'),
  scores: z
    .strictObject({
      context: z.int().describe('Tokens prefilled before the comparison.'),
      tokens: z.int().describe('Tokens then processed one by one, both exactly and distilled.'),
      largestDifference: z.number().describe('Largest difference of the logits relative to the largest logit.'),
      divergence: z.number().describe('Mean Kullback-Leibler divergence of the probabilities, nats.'),
      sameToken: z.number().describe('How often the most likely token is the same, 0 to 1.'),
      loss: z.number().describe('Loss of the exact model on these tokens, nats per token.'),
      distilledLoss: z.number(),
      milliseconds: z.number().describe('Median time per token of the exact model, ms.'),
      distilledMilliseconds: z.number(),
    })
    .nullable()
    .describe("On the run's validation split; null if it has none."),
  seconds: z.number(),
});
export type DistillationResult = z.infer<typeof distillationResultSchema>;

/** What it reports meanwhile. */
export const distillationEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), phase: z.enum(['fitting', 'comparing']), done: z.number() }),
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
]);
