import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Where the right place stands in a ranking. */
const rankingSchema = z.strictObject({
  first: share.describe('Questions whose first place holds the answer.'),
  mrr10: share.describe('Mean of 1 / rank of the first place that holds it; 0 beyond the tenth.'),
  recall5: share.describe('Questions of which one of the first five holds it.'),
});
export type RankingScores = z.infer<typeof rankingSchema>;

/** How well questions about texts are answered (`hyena eval --task questions`): shares from 0 to 1. */
export const questionEvaluationSchema = z.strictObject({
  task: z.literal('questions'),
  run: z.string().nullable().describe('null: without a model.'),
  step: z.int().nullable(),
  source: z.string(),
  questions: z.int().describe('Questions that the text answers.'),
  impossible: z.int().describe('Questions that it does not answer (SQuAD 2).'),
  scores: z.array(
    z.strictObject({
      text: z.enum(['paragraph', 'document']).describe('Each paragraph alone, or all of the file as one text.'),
      method: z.enum(['words', 'model', 'both']),
      sentence: rankingSchema,
      passage: rankingSchema,
      sentenceF1: share.describe('F1 of words of the whole first sentence.'),
      exactMatch: share.describe('Of the span that is chosen from the first sentence.'),
      f1: share.describe('F1 of words of that span.'),
      absence: share
        .nullable()
        .describe('Area under the ROC curve of separating answerable questions from others; null without others.'),
      doubted: z
        .strictObject({
          answerable: share.describe('Questions that the text answers.'),
          others: share.nullable().describe('Questions that it does not answer; null without any.'),
        })
        .nullable()
        .describe("Questions at which 'Ask' says that the text may not answer them; null with a model."),
    }),
  ),
  weights: z
    .array(
      z.strictObject({
        text: z.enum(['paragraph', 'document']),
        weight: share.describe("The model's share of a score; shared words have the rest."),
        sentence: share.describe('MRR@10 of sentences.'),
        passage: share.describe('MRR@10 of passages.'),
      }),
    )
    .describe('Other weights than that of `both`, to choose one on development data.'),
  seconds: z.number(),
});
export type QuestionEvaluation = z.infer<typeof questionEvaluationSchema>;
