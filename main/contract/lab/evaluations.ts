import { z } from 'zod';
import { messageSchema } from '../message-schema.ts';

/** Published evaluations on files that the user has: what they are called, which file each reads, and what it measures. */
export const evaluations = {
  wikitext: {
    title: 'WikiText',
    file: 'a text as published, such as wiki.test.tokens or wiki.test.raw',
    measures: 'perplexity per word (words between white space, and one end per line), bits per byte',
  },
  lambada: {
    title: 'LAMBADA',
    file: 'one passage per line (lambada_test_plain_text.txt), or JSON Lines with text',
    measures: 'how often the last word is the likeliest, token by token, and its perplexity',
  },
  'multiple-choice': {
    title: 'Multiple choice',
    file: 'JSON Lines with query, choices and gold (the index of the right one)',
    measures: 'accuracy by likelihood (acc), and by likelihood per character (acc_norm)',
  },
  boolq: { title: 'SuperGLUE BoolQ', file: 'BoolQ/val.jsonl', measures: 'acc' },
  cb: { title: 'SuperGLUE CommitmentBank', file: 'CB/val.jsonl', measures: 'acc, f1 (macro)' },
  copa: { title: 'SuperGLUE COPA', file: 'COPA/val.jsonl', measures: 'acc' },
  multirc: { title: 'SuperGLUE MultiRC', file: 'MultiRC/val.jsonl', measures: 'acc, f1a, em' },
  record: { title: 'SuperGLUE ReCoRD', file: 'ReCoRD/val.jsonl', measures: 'f1, em' },
  rte: { title: 'SuperGLUE RTE', file: 'RTE/val.jsonl', measures: 'acc' },
  wic: { title: 'SuperGLUE WiC', file: 'WiC/val.jsonl', measures: 'acc' },
  wsc: { title: 'SuperGLUE WSC', file: 'WSC/val.jsonl', measures: 'acc' },
} as const;
export type EvaluationName = keyof typeof evaluations;
export const evaluationNames = Object.keys(evaluations) as [EvaluationName, ...EvaluationName[]];

/** Evaluations whose items are choices, so that solved ones can stand before the question. */
export type ChoiceEvaluation = Exclude<EvaluationName, 'wikitext' | 'lambada'>;

export const taskEvaluationEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('notice'), message: messageSchema }),
  z.strictObject({ type: z.literal('progress'), done: z.int(), total: z.int() }),
]);

export const taskEvaluationSchema = z.strictObject({
  run: z.string(),
  step: z.int().describe('Step of the scored checkpoint.'),
  task: z.enum(evaluationNames),
  source: z.string(),
  shots: z.int(),
  items: z.int().describe('Questions, passages, or words of a text.'),
  metrics: z.array(
    z.strictObject({
      name: z.string(),
      value: z.number().nullable().describe('Shares from 0 to 1; null for a perplexity that overflows.'),
      unit: z.enum(['share', 'perplexity', 'bits']),
    }),
  ),
  shortened: z.int().describe('Items whose beginning was left out, because they exceed the context.'),
  seconds: z.number(),
});
export type TaskEvaluation = z.infer<typeof taskEvaluationSchema>;

/** What a general compressor makes of the same text: a fixed point beside the bits per byte of a model. */
export const anchorSchema = z.strictObject({
  name: z.string(),
  bitsPerByte: z.number(),
});
export type Anchor = z.infer<typeof anchorSchema>;
