import { z } from 'zod';
import { datasetProblemSchema } from './datasets.ts';
import { messageSchema } from './message-schema.ts';

/** Likelihoods of sequences by position and of variants: what the jobs that compute them report. */

const common = [
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
  z.strictObject({ type: z.literal('progress'), done: z.number().min(0).describe('Tokens scored so far.') }),
  datasetProblemSchema.extend({ type: z.literal('problem') }),
] as const;

/** Which strands are scored; both: the mean of the two. */
export const strandsSchema = z.enum(['forward', 'both']);
export type Strands = z.infer<typeof strandsSchema>;

/** A record that was scored. A log-likelihood is the sum of ln p(token | tokens before) over all tokens but the first. */
const scoredRecordSchema = z.strictObject({
  record: z.string().describe('Id of the record; of a document without a title its file.'),
  description: z.string(),
  tokens: z.int().min(0),
  scored: z.int().min(0).describe('Tokens that have a log-probability: all but the first.'),
  logLikelihood: z.number().nullable().describe('Nats; of both strands their mean. Null if nothing was scored.'),
  mean: z.number().nullable().describe('Nats per scored token: a base for character and byte vocabularies.'),
  perplexity: z.number().nullable(),
});
export type ScoredRecord = z.infer<typeof scoredRecordSchema>;

export const scoreEventSchema = z.discriminatedUnion('type', [
  ...common,
  scoredRecordSchema.extend({
    type: z.literal('record'),
    offset: z.int().min(0).optional().describe('Of its first row in a track, rows.'),
  }),
]);
export type ScoreEvent = z.infer<typeof scoreEventSchema>;

const totals = {
  run: z.string(),
  step: z.int(),
  device: z.string(),
  strands: strandsSchema,
  seconds: z.number().min(0),
};

export const scoreResultSchema = z.strictObject({
  ...totals,
  records: z.int().min(0),
  tokens: z.int().min(0),
  scored: z.int().min(0),
  mean: z.number().nullable().describe('Nats per scored token of all records.'),
});
export type ScoreResult = z.infer<typeof scoreResultSchema>;

/** A place of a record whose bases `ref` are replaced by `alt`; either may be empty. */
const variantSchema = z.strictObject({
  record: z.string().min(1),
  position: z.int().min(1).describe('Of the first base of `ref`, from 1; of an insertion, of the base after it.'),
  ref: z.string().regex(/^[A-Z]*$/),
  alt: z.string().regex(/^[A-Z]*$/),
  id: z.string().optional().describe('Of a line of a VCF file.'),
});
export type Variant = z.infer<typeof variantSchema>;

export const scoredVariantSchema = variantSchema.extend({
  start: z.int().min(1).describe('First base of the window, from 1.'),
  end: z.int().min(1).describe('Last base of the window.'),
  refLogLikelihood: z.number().describe('Log-likelihood of the window, nats; of both strands their mean.'),
  altLogLikelihood: z.number(),
  delta: z.number().describe('altLogLikelihood - refLogLikelihood: negative where the model finds the variant worse.'),
});

export type ScoredVariant = z.infer<typeof scoredVariantSchema>;

export const variantEventSchema = z.discriminatedUnion('type', [
  ...common,
  scoredVariantSchema.extend({ type: z.literal('variant') }),
  z.strictObject({ type: z.literal('skipped'), variant: z.string(), message: messageSchema }),
]);
export type VariantEvent = z.infer<typeof variantEventSchema>;

export const variantsResultSchema = z.strictObject({
  ...totals,
  window: z.int().min(1).describe('Bases of a window, at most.'),
  scored: z.int().min(0),
  skipped: z.int().min(0),
});
export type VariantsResult = z.infer<typeof variantsResultSchema>;

/** Floats of a position in a track: ln p, ln p of A, C, G and T, the code of its letter. */
export const trackWidth = 6;

/** The records that a window has scored, the first of them by name. */
export const scoredSetSchema = z.strictObject({
  id: z.string(),
  run: z.string(),
  strands: strandsSchema,
  records: z.array(scoredRecordSchema),
  count: z.int().min(0).describe('Of all records.'),
  problems: z.array(datasetProblemSchema),
});
export type ScoredSet = z.infer<typeof scoredSetSchema>;

const values = z.array(z.number().nullable());

/** A stretch of a record, drawn: of so many positions a point; where each is one, with what each base would have had. */
export const trackSchema = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(0),
  step: z.int().min(1).describe('Positions of a point.'),
  mean: values,
  lowest: values,
  letters: z.string().describe('Empty where a point is several positions.'),
  bases: z.array(z.array(z.number())).describe('Probabilities of A, C, G and T at each position.'),
});
export type Track = z.infer<typeof trackSchema>;
