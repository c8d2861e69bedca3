import { z } from 'zod';
import { datasetProblemSchema, datasetRecordSchema } from './datasets.ts';
import { errorReportSchema } from './error-schema.ts';

/** What adding a data set reports while it works: a union on `type`. */
export const datasetEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    phase: z.enum(['reading', 'learning-tokenizer', 'tokenizing', 'finishing']),
    done: z.number().describe('Amount done, in `unit`.'),
    total: z.number().nullable().describe('Null if not known yet.'),
    unit: z.enum(['bytes', 'merges', 'rows']),
    documents: z.int(),
    tokens: z.int(),
    secondsLeft: z.number().nullable().describe('Seconds left in this phase.'),
  }),
  z.strictObject({ type: z.literal('problem'), ...datasetProblemSchema.shape }),
  z.strictObject({ type: z.literal('done'), record: datasetRecordSchema }),
  z.strictObject({ type: z.literal('error'), ...errorReportSchema.shape }),
]);
export type DatasetEvent = z.infer<typeof datasetEventSchema>;
export type DatasetPhase = Extract<DatasetEvent, { type: 'progress' }>['phase'];
