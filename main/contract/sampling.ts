import { z } from 'zod';
import { longestContext } from './mixers/index.ts';

/** Tokens of an answer: as many as the longest context of any model, for those that read on without end. */
const answerLength = z.int().min(1).max(longestContext);

/** How the next token is chosen from a model's scores, and where an answer ends. */
export const samplingSchema = z.strictObject({
  max_tokens: answerLength.default(200),
  temperature: z
    .number()
    .min(0)
    .max(10)
    .default(0.8)
    .describe('Sampling temperature; 0: always the most likely token.'),
  top_k: z.int().min(0).default(0).describe('Number of most likely tokens to sample from; 0: off.'),
  top_p: z.number().gt(0).max(1).default(1),
  min_p: z.number().min(0).max(1).default(0),
  typical_p: z.number().gt(0).max(1).default(1).describe('Locally typical sampling; 1: off.'),
  repetition_penalty: z.number().gt(0).max(10).default(1).describe('Penalty on tokens of the prompt and the answer.'),
  frequency_penalty: z
    .number()
    .min(-2)
    .max(2)
    .default(0)
    .describe('Penalty times the number of occurrences of the token in the answer.'),
  presence_penalty: z.number().min(-2).max(2).default(0).describe('Penalty on tokens that occur in the answer.'),
  logit_bias: z
    .record(z.string().regex(/^\d+$/), z.number().min(-100).max(100))
    .default({})
    .describe('Added to the logits of tokens, by token id.'),
  seed: z.int().min(0).max(0xffffffff).default(0),
  stop: z.array(z.string().min(1)).default([]),
  n: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Number of answers to the same prompt, each with its own random numbers.'),
});
export type Sampling = z.infer<typeof samplingSchema>;

/** How a chat's answers are drawn. */
export const chatSamplingSchema = samplingSchema
  .omit({ n: true, logit_bias: true, seed: true, max_tokens: true })
  .extend({
    max_tokens: answerLength
      .nullable()
      .default(null)
      .describe("Maximum tokens per answer. Null: a quarter of the model's context, at most 400."),
    seed: z
      .int()
      .min(0)
      .max(0xffffffff)
      .nullable()
      .default(null)
      .describe('Random seed. Null: a new one for each answer.'),
  });
export type ChatSampling = z.infer<typeof chatSamplingSchema>;

/**
 * The most tokens of an answer. Unless they were chosen, three quarters of the context are left for what was said.
 *
 * @param context tokens that the model can look back at
 */
export const answerTokens = ({ max_tokens }: ChatSampling, context: number): number =>
  max_tokens ?? Math.max(1, Math.min(400, Math.floor(context / 4)));
