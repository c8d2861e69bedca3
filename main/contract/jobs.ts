import { z } from 'zod';
import { runConfigurationSchema } from './configuration.ts';
import { templateNameSchema } from './conversation.ts';
import { deviceSetupSchema } from './device-setup.ts';
import { stateSchema } from './distillation.ts';
import { documentIdSchema } from './documents.ts';
import { errorReportSchema } from './errors.ts';
import { longestSummary } from './written-summary.ts';

/**
 * What the host asks of a compute process and what it answers. One process does one job; control messages are small
 * JSON over the process's channel, bulk data goes through files in the library.
 */
export const samplingSchema = z.strictObject({
  max_tokens: z
    .int()
    .min(1)
    .max(1 << 20)
    .default(200),
  temperature: z.number().min(0).max(10).default(0.8).describe('0: always the likeliest token.'),
  top_k: z.int().min(0).default(0).describe('0: off.'),
  top_p: z.number().gt(0).max(1).default(1),
  min_p: z.number().min(0).max(1).default(0),
  typical_p: z.number().gt(0).max(1).default(1).describe('Locally typical sampling; 1: off.'),
  repetition_penalty: z.number().gt(0).max(10).default(1).describe('For tokens of the prompt and of the answer.'),
  frequency_penalty: z.number().min(-2).max(2).default(0).describe('Times how often the answer has the token.'),
  presence_penalty: z.number().min(-2).max(2).default(0).describe('Where the answer has the token at all.'),
  logit_bias: z
    .record(z.string().regex(/^\d+$/), z.number().min(-100).max(100))
    .default({})
    .describe('Added to the scores of tokens, by their ids.'),
  seed: z.int().min(0).max(0xffffffff).default(0),
  stop: z.array(z.string().min(1)).default([]),
  n: z.int().min(1).max(64).default(1).describe('Answers to the same prompt, each with random numbers of its own.'),
});
export type Sampling = z.infer<typeof samplingSchema>;

/** Which checkpoint of a run computes. */
export const checkpointChoiceSchema = z
  .enum(['best', 'last'])
  .optional()
  .describe('best, the default: the one with the lowest validation loss, where there is one; last: the newest.');

const library = z.string().min(1).describe('Folder of the library.');

export const addDatasetJobSchema = z.strictObject({
  kind: z.literal('add-dataset'),
  library,
  name: z.string().min(1),
  paths: z.array(z.string()).min(1),
  names: z.array(z.string()).optional().describe('How a person knows each path, for messages; the path otherwise.'),
  tokenizer: z.string().default('bytes').describe('bytes, gpt2, bpe:SIZE, or the path of a tokenizer.json.'),
  validation: z.number().min(0).max(0.9).default(0.05).describe('Share of the text kept for validation.'),
  field: z.string().nullable().default(null).describe('Column or key that holds the text; empty: found by itself.'),
});

export const benchJobSchema = z.strictObject({
  kind: z.literal('bench'),
  what: z.enum(['train', 'convolution', 'generate']),
  device: z.string().default('auto'),
  d_model: z.int().min(4).default(128),
  n_layer: z.int().min(1).default(4),
  vocab_size: z.int().min(2).default(256),
  length: z.int().min(1).default(1024),
  batch: z.int().min(1).default(8),
  steps: z.int().min(1).default(10),
  contexts: z
    .array(z.int().min(1))
    .min(1)
    .optional()
    .describe('For generate: texts of these lengths, not of `length`.'),
  tokens: z.int().min(1).optional().describe('For generate: tokens that are written after each text, 64 by default.'),
  precision: runConfigurationSchema.shape.training.unwrap().shape.precision,
  convolution: runConfigurationSchema.shape.training.unwrap().shape.convolution,
});

export type BenchJob = z.infer<typeof benchJobSchema>;

const documentWork = {
  library,
  document: documentIdSchema,
  run: z.string().min(1),
  device: z.string().default('auto'),
  checkpoint: checkpointChoiceSchema,
};

export const jobSchema = z.discriminatedUnion('kind', [
  addDatasetJobSchema,
  /** Looks at files before they are added: their text, and how well tokenizers compress it. Writes nothing. */
  z.strictObject({
    kind: z.literal('inspect'),
    paths: z.array(z.string()).min(1),
    names: addDatasetJobSchema.shape.names,
    tokenizers: z.array(z.string()),
    field: z.string().nullable().default(null),
  }),
  /** Starts or resumes what runs/<run>/run.json describes. */
  z.strictObject({
    kind: z.literal('train'),
    library,
    run: z.string().min(1),
    resume: z.boolean().default(false),
    device: z.string().min(1).optional().describe('Another device from here on.'),
  }),
  z.strictObject({
    kind: z.literal('evaluate'),
    library,
    run: z.string().min(1),
    device: z.string().default('auto'),
    checkpoint: checkpointChoiceSchema,
    source: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('run') }),
      z.strictObject({ from: z.literal('dataset'), name: z.string() }),
      z.strictObject({ from: z.literal('file'), path: z.string() }),
    ]),
  }),
  z.strictObject({
    kind: z.literal('generate'),
    library,
    run: z.string().min(1),
    device: z.string().default('auto'),
    checkpoint: checkpointChoiceSchema,
    prompt: z.string().describe('With a document: what stands between it and the answer.'),
    template: templateNameSchema
      .default('auto')
      .describe('How the prompt becomes a text; auto: as the model was trained, plain: it is gone on with as it is.'),
    document: z
      .strictObject({
        id: documentIdSchema,
        at: z.string().describe("Where to go on: a share of the text ('100%': its end), or the label of a place."),
      })
      .optional(),
    sampling: samplingSchema.prefault({}),
    distilled: stateSchema
      .optional()
      .describe('Write with filters distilled to so many numbers of state a channel; left out: exactly.'),
  }),
  /** Fits the filters of a run by small state spaces and keeps the fit (distillation.ts). */
  z.strictObject({
    kind: z.literal('distill'),
    library,
    run: z.string().min(1),
    device: z.string().default('auto'),
    checkpoint: checkpointChoiceSchema,
    state: stateSchema.default(16),
  }),
  z.strictObject({ kind: z.literal('import-document'), library, path: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('read-document'),
    ...documentWork,
    from: z.string().default('0%').describe("Where to begin: a share of the text ('40%') or the label of a place."),
  }),
  z.strictObject({
    kind: z.literal('ask-document'),
    ...documentWork,
    question: z.string().min(1),
    template: templateNameSchema.default('auto').describe('How a passage and the question become a text.'),
    passages: z.int().min(1).max(50).default(5),
  }),
  z.strictObject({
    kind: z.literal('summarise-document'),
    ...documentWork,
    sentences: z.int().min(1).max(500).default(5),
    by: z.enum(['whole', 'section']).default('whole').describe('section: so many sentences of every section.'),
  }),
  /** Has the model write a summary: only where it was trained to (conversation.ts, summaryAbilitySchema). */
  z.strictObject({
    kind: z.literal('write-summary'),
    ...documentWork,
    by: z.enum(['whole', 'section']).default('whole').describe('section: one of every section.'),
    max_tokens: z
      .int()
      .min(1)
      .max(longestSummary)
      .optional()
      .describe('Of each part; left out: a quarter of the context, 256 at most.'),
  }),
  /** The loss of every token from `start` to `end`, in windows; kept beside the document. */
  z.strictObject({
    kind: z.literal('map-document'),
    ...documentWork,
    start: z.int().min(0).default(0),
    end: z.int().min(0).optional(),
  }),
  /** Answers requests (serving.ts) until it is asked to stop. */
  z.strictObject({
    kind: z.literal('serve-model'),
    library,
    run: z.string().min(1),
    device: z.string().default('auto'),
    checkpoint: checkpointChoiceSchema,
  }),
  benchJobSchema,
  z.strictObject({ kind: z.literal('devices') }),
  /** Tests and times every device that is there, and tells it as a text to be sent on. */
  z.strictObject({ kind: z.literal('report-devices') }),
  /** Fetches, builds and tests what a device needs, or removes it. */
  z.strictObject({ kind: z.literal('setup-device'), setup: deviceSetupSchema }),
  /** Measures the given configuration for a few steps, without data, for `estimate`. */
  z.strictObject({
    kind: z.literal('measure'),
    configuration: runConfigurationSchema,
    milliseconds: z.number().min(0).optional().describe('No step is begun after so long; one at least is measured.'),
  }),
]);
export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];

/** Host to compute process. `stop` asks for an orderly end: a checkpoint, the text so far, nothing half made. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), job: jobSchema }),
  z.strictObject({ type: z.literal('stop') }),
  /** For jobs that answer requests. */
  z.strictObject({ type: z.literal('tell'), message: z.unknown() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

/** Compute process to host: any number of events, then exactly one `result` or `error`. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event'), event: z.unknown() }),
  z.strictObject({ type: z.literal('result'), result: z.unknown() }),
  z.strictObject({ type: z.literal('error'), error: errorReportSchema }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
