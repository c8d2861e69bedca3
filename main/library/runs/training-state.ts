import { z } from 'zod';
import { answersSchema } from '../../contract/events.ts';
import { averageSchema, emptyAverage } from './average.ts';

/**
 * `state.json`: all that a run must know besides weights and moments to continue as if it had never stopped. There is
 * no random state: whatever is random is drawn from the seed and one of these counters. Numbers are written in full
 * precision (JSON of a double reads back as the same double).
 */
export const trainingStateSchema = z.strictObject({
  format: z.literal(1),
  /** Optimizer steps taken. */
  step: z.int().min(0),
  /** Batches drawn, those of skipped and rolled back steps included: where the data order stands. */
  batches: z.int().min(0),
  /** Sequences of these batches; left out: as the configuration says. */
  batchSize: z.int().min(1).optional(),
  /** How windows of chats are cut; left out by earlier versions: side by side, as in text. */
  windows: z.literal('around-answers').optional(),
  /** Tokens trained on. */
  tokens: z.number().min(0),
  /** Spent training, over all its processes. */
  seconds: z.number().min(0),
  /** Share of the budget used when the learning rate's warmup ended. */
  warmupEnd: z.number().nullable(),
  /** Lowered by rollbacks. */
  learningRateScale: z.number().gt(0),
  recoveries: z.int().min(0),
  /** Steps in a row that gave no finite number. */
  failures: z.int().min(0),
  lossAverage: averageSchema,
  /** Of the last step. */
  loss: z.number().nullable(),
  /** Of the last evaluation. */
  validationLoss: z.number().nullable(),
  /** Of all of the validation text, where it has been scored. */
  fullValidationLoss: z.number().nullable().default(null),
  /** Of the last evaluation on a task. */
  answers: answersSchema.nullable().default(null),
  best: z.strictObject({ step: z.int(), loss: z.number() }).nullable(),
  evaluationsWithoutImprovement: z.int().min(0),
  /** The steps after which these were last done; -1: never. */
  evaluatedAt: z.int().min(-1),
  fullyEvaluatedAt: z.int().min(-1),
  sampledAt: z.int().min(-1),
  /** Seconds a token of training takes, and what evaluations, samples and checkpoints add, as a share of that. */
  pace: z.strictObject({ secondsPerToken: averageSchema, stepSeconds: z.number(), otherSeconds: z.number() }),
  /** Bytes of metrics.jsonl that belong to this checkpoint; what follows was reported later. */
  metricsBytes: z.int().min(0),
});
export type TrainingState = z.infer<typeof trainingStateSchema>;

export const initialState = (): TrainingState => ({
  format: 1,
  step: 0,
  batches: 0,
  windows: 'around-answers',
  tokens: 0,
  seconds: 0,
  warmupEnd: null,
  learningRateScale: 1,
  recoveries: 0,
  failures: 0,
  lossAverage: emptyAverage(),
  loss: null,
  validationLoss: null,
  fullValidationLoss: null,
  answers: null,
  best: null,
  evaluationsWithoutImprovement: 0,
  evaluatedAt: -1,
  fullyEvaluatedAt: -1,
  sampledAt: -1,
  pace: { secondsPerToken: emptyAverage(), stepSeconds: 0, otherSeconds: 0 },
  metricsBytes: 0,
});

/** The state of a run that continues with batches of another size: from the same place of the data order. */
export function withBatchesOf(size: number, state: TrainingState): TrainingState {
  return { ...state, batches: Math.floor((state.batches * (state.batchSize ?? size)) / size), batchSize: size };
}
