import { z } from 'zod';
import { benchResultSchema, measureResultSchema } from './benchmarks.ts';
import { modelSchema, runConfigurationSchema } from './configuration.ts';
import { columnsSchema } from './columns.ts';
import { templateNameSchema } from './conversation.ts';
import { datasetEventSchema } from './dataset-events.ts';
import { datasetRecordSchema } from './datasets.ts';
import { deviceSetupSchema, setupEventSchema, setupResultSchema } from './device-setup.ts';
import { deviceProgressSchema, devicesResultSchema, deviceTextSchema } from './devices.ts';
import { distillationEventSchema, distillationResultSchema, stateSchema } from './distillation.ts';
import {
  askResultSchema,
  documentEventSchema,
  documentIdSchema,
  documentRecordSchema,
  readResultSchema,
  summaryResultSchema,
  surpriseMapSchema,
} from './documents.ts';
import { errorReportSchema } from './error-schema.ts';
import { runEventSchema } from './events.ts';
import {
  evaluateEventSchema,
  evaluationResultSchema,
  generateEventSchema,
  generateResultSchema,
  trainResultSchema,
} from './runs.ts';
import { questionEvaluationSchema } from './lab/question-evaluation.ts';
import { evaluationNames, taskEvaluationEventSchema, taskEvaluationSchema } from './lab/evaluations.ts';
import { insideEventSchema, insideResultSchema } from './lab/inside.ts';
import { rateFinderResultSchema, ratePointSchema } from './lab/rate-finder.ts';
import { scalingResultSchema, scalingRowSchema } from './lab/scaling.ts';
import { taskNames } from './lab/tasks.ts';
import { longestContext } from './mixers/index.ts';
import { samplingSchema } from './sampling.ts';
import {
  scoreEventSchema,
  scoreResultSchema,
  strandsSchema,
  variantEventSchema,
  variantsResultSchema,
} from './sequences.ts';
import { servingEventSchema } from './serving.ts';
import { familyNames } from './imports/blueprint.ts';
import { importEventSchema, importResultSchema } from './imports/plan.ts';
import { weightTypes } from './logic/weight-format.ts';
import { quantiseEventSchema, quantiseResultSchema, quantisableTypes } from './quantisation.ts';
import { inspectionSchema } from './views.ts';
import { longestSummary, writtenSummarySchema } from './written-summary.ts';

/** Which checkpoint of a run computes. */
const checkpointChoiceSchema = z
  .enum(['best', 'last'])
  .optional()
  .describe('best (default): lowest validation loss if any; last: the newest.');

const library = z.string().min(1).describe('Library folder.');

export const addDatasetJobSchema = z.strictObject({
  kind: z.literal('add-dataset'),
  library,
  name: z.string().min(1),
  paths: z.array(z.string()).min(1),
  names: z.array(z.string()).optional().describe('Display name of each path, for messages; default: the path.'),
  tokenizer: z
    .string()
    .default('bytes')
    .describe('bytes, characters, gpt2, bpe:SIZE, or the path to a tokenizer.json.'),
  validation: z.number().min(0).max(0.9).default(0.05).describe('Fraction of the text for the validation split.'),
  field: z.string().nullable().default(null).describe('Column or key of the text; empty: detected automatically.'),
  columns: columnsSchema.nullish().describe('Columns that are put together, instead of `field`.'),
  replace: z.boolean().optional().describe('Takes the place of the data set of this name, once it is whole.'),
});

export const benchJobSchema = z.strictObject({
  kind: z.literal('bench'),
  what: z.enum(['train', 'convolution', 'attention', 'generate', 'prefill']),
  device: z.string().default('auto'),
  d_model: z.int().min(4).default(128),
  n_layer: z.int().min(1).default(4),
  vocab_size: z.int().min(2).default(256),
  layers: z
    .string()
    .optional()
    .describe('For train and generate: mixers of the layers, for example `hyena*3,attention` (default: `hyena`).'),
  length: z.int().min(1).default(1024),
  batch: z.int().min(1).default(8),
  steps: z.int().min(1).default(10),
  contexts: z.array(z.int().min(1)).min(1).optional().describe('For generate: context lengths, instead of `length`.'),
  heads: z.int().min(1).optional().describe('For attention: number of heads, a divisor of `d_model`, 8 by default.'),
  dtype: z.enum(weightTypes).default('fp32').describe('For generate: how the weights are kept.'),
  texts: z.int().min(1).max(64).default(1).describe('For generate: texts generated concurrently.'),
  tokens: z.int().min(1).optional().describe('For generate: tokens generated after each context, 64 by default.'),
  profile: z
    .boolean()
    .optional()
    .describe('For train and generate on the native device: where the time of a step goes.'),
  loraRank: z.int().min(1).optional().describe('For train: rank of adapters that are trained instead of the weights.'),
  lengths: z
    .array(z.int().min(1).max(longestContext))
    .min(1)
    .optional()
    .describe('For prefill: lengths of the texts, instead of `length`.'),
  model: modelSchema.optional().describe('For prefill: the model, instead of `d_model` and `n_layer`.'),
  precision: runConfigurationSchema.shape.training.unwrap().shape.precision,
  convolution: runConfigurationSchema.shape.training.unwrap().shape.convolution,
});

export const scalingJobSchema = z.strictObject({
  kind: z.literal('scaling'),
  device: z.string().default('auto'),
  mixer: z.string().min(1).describe('Mixer, or a pattern of them as in model.layers.'),
  lengths: z
    .array(
      z
        .int()
        .min(16)
        .max(1 << 20),
    )
    .min(1),
  d_model: z.int().min(4).max(16_384).default(128),
  n_layer: z.int().min(1).max(256).default(2),
  seconds: z.number().gt(0).default(10).describe('Longer lengths are left out once a training step takes this long.'),
});

const documentWork = {
  library,
  document: documentIdSchema,
  run: z.string().min(1),
  device: z.string().default('auto'),
  checkpoint: checkpointChoiceSchema,
};

const sequenceWork = {
  library,
  run: z.string().min(1),
  device: z.string().default('auto'),
  checkpoint: checkpointChoiceSchema,
  paths: z.array(z.string()).min(1).describe('Files and folders: FASTA, or any text.'),
  names: z.array(z.string()).optional().describe('Display name of each path, for messages; default: the path.'),
  strands: strandsSchema.default('forward'),
};

const job = <Params extends z.ZodType, Event extends z.ZodType, Result extends z.ZodType>(
  params: Params,
  event: Event,
  result: Result,
) => ({ params, event, result });

/** Keeps a table from declaring a job under a name that is not its kind. */
const byKind = <Table extends { [Kind in keyof Table]: { params: z.ZodType<{ kind: Kind }> } }>(table: Table): Table =>
  table;

/**
 * What the host asks of a compute process: every job with what it takes, what it reports while it runs, and what it
 * answers with. One process does one job; control messages are small JSON over the process's channel, bulk data goes
 * through files in the library. Both ends are derived from this one table: the worker checks the job on arrival, the
 * host every event and the result.
 */
export const jobs = byKind({
  'add-dataset': job(addDatasetJobSchema, datasetEventSchema, datasetRecordSchema),
  /** Makes a data set of the rows of a task (lab/tasks.ts). */
  'build-task': job(
    z.strictObject({
      kind: z.literal('build-task'),
      library,
      name: z.string().min(1),
      task: z.enum(taskNames),
      settings: z.record(z.string(), z.number()).default({}),
      file: z.string().nullable().default(null).describe('Folder of a task that is read from files; null of others.'),
    }),
    datasetEventSchema,
    datasetRecordSchema,
  ),
  /** Looks at files before they are added: their text, and how well tokenizers compress it. Writes nothing. */
  inspect: job(
    z.strictObject({
      kind: z.literal('inspect'),
      paths: z.array(z.string()).min(1),
      names: addDatasetJobSchema.shape.names,
      tokenizers: z.array(z.string()),
      field: z.string().nullable().default(null),
      columns: columnsSchema.nullish(),
    }),
    z.never(),
    inspectionSchema,
  ),
  /** Starts or resumes what runs/<run>/run.json describes. */
  train: job(
    z.strictObject({
      kind: z.literal('train'),
      library,
      run: z.string().min(1),
      resume: z.boolean().default(false),
      device: z.string().min(1).optional().describe('New device from now on.'),
      until: z.int().min(1).optional().describe('Step after which it is evaluated and stopped, to be compared first.'),
    }),
    runEventSchema,
    trainResultSchema,
  ),
  /** Trains a model that is thrown away with a rising rate; writes nothing (lab/rate-finder.ts). */
  'find-rate': job(
    z.strictObject({
      kind: z.literal('find-rate'),
      library,
      configuration: runConfigurationSchema,
      low: z.number().positive().describe('First learning rate.'),
      high: z.number().positive().describe('Last learning rate.'),
      steps: z.int().min(2).max(10_000),
    }),
    ratePointSchema,
    rateFinderResultSchema,
  ),
  evaluate: job(
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
      anchors: z.boolean().optional().describe('Also compress the text with general compressors.'),
    }),
    evaluateEventSchema,
    evaluationResultSchema,
  ),
  /** What happens within a run's model while it reads a text (lab/inside.ts). */
  inside: job(
    z.strictObject({
      kind: z.literal('inside'),
      library,
      run: z.string().min(1),
      device: z.string().default('auto'),
      checkpoint: checkpointChoiceSchema,
      text: z.string(),
      layer: z.int().min(0).optional().describe('The one whose matrices are listed; default: all.'),
    }),
    insideEventSchema,
    insideResultSchema,
  ),
  /** A published evaluation on a file of the user (lab/evaluations.ts). */
  'evaluate-task': job(
    z.strictObject({
      kind: z.literal('evaluate-task'),
      library,
      run: z.string().min(1),
      device: z.string().default('auto'),
      checkpoint: checkpointChoiceSchema,
      task: z.enum(evaluationNames),
      path: z.string().min(1),
      name: z.string().min(1).describe('Display name of the file.'),
      shots: z.int().min(0).max(100).default(0).describe('Solved questions before each one.'),
      limit: z.int().min(1).optional().describe('Only the first questions or passages.'),
      stride: z.int().min(1).optional().describe('For wikitext: tokens scored per window; default: half the context.'),
      seed: z.int().min(0).default(0).describe('Chooses the solved questions.'),
    }),
    taskEvaluationEventSchema,
    taskEvaluationSchema,
  ),
  /** Questions about the texts of a file, answered with a model or without (lab/question-evaluation.ts). */
  'evaluate-questions': job(
    z.strictObject({
      kind: z.literal('evaluate-questions'),
      library,
      run: z.string().min(1).nullable().describe('null: without a model.'),
      device: z.string().default('auto'),
      checkpoint: checkpointChoiceSchema,
      path: z.string().min(1),
      name: z.string().min(1).describe('Display name of the file.'),
      limit: z.int().min(1).optional().describe('Only the first questions.'),
    }),
    taskEvaluationEventSchema,
    questionEvaluationSchema,
  ),
  /** The likelihood of every token of sequences or texts (sequences.ts). */
  'score-sequences': job(
    z.strictObject({
      kind: z.literal('score-sequences'),
      ...sequenceWork,
      output: z
        .strictObject({ path: z.string().min(1), format: z.enum(['tsv', 'json', 'track']) })
        .nullable()
        .default(null)
        .describe('File for the likelihood of each position.'),
    }),
    scoreEventSchema,
    scoreResultSchema,
  ),
  /** The log-likelihoods of both alleles of variants. */
  'score-variants': job(
    z.strictObject({
      kind: z.literal('score-variants'),
      ...sequenceWork,
      variants: z.array(z.string()).default([]).describe('Each as record:position REF>ALT.'),
      vcf: z.array(z.string()).default([]).describe('VCF files.'),
      window: z.int().min(2).optional().describe('Bases around a variant; default: the context, at most 8,192.'),
    }),
    variantEventSchema,
    variantsResultSchema,
  ),
  generate: job(
    z.strictObject({
      kind: z.literal('generate'),
      library,
      run: z.string().min(1),
      device: z.string().default('auto'),
      checkpoint: checkpointChoiceSchema,
      prompt: z.string().describe('With a document: text between it and the answer.'),
      template: templateNameSchema
        .default('auto')
        .describe('Prompt template; auto: as the model was trained, plain: the prompt is continued unchanged.'),
      document: z
        .strictObject({
          id: documentIdSchema,
          at: z
            .string()
            .describe(
              "Position to continue from: a percentage of the text ('100%': its end), or the label of a place.",
            ),
        })
        .optional(),
      sampling: samplingSchema.prefault({}),
      distilled: stateSchema
        .optional()
        .describe('Generate with filters distilled to this state size per channel; default: exact.'),
    }),
    generateEventSchema,
    generateResultSchema,
  ),
  /** Fits the filters of a run by small state spaces and keeps the fit (distillation.ts). */
  distill: job(
    z.strictObject({
      kind: z.literal('distill'),
      library,
      run: z.string().min(1),
      device: z.string().default('auto'),
      checkpoint: checkpointChoiceSchema,
      state: stateSchema.default(16),
    }),
    distillationEventSchema,
    distillationResultSchema,
  ),
  /** Makes a published model a run of the library; with `write: false` only tells what it would be. */
  'import-model': job(
    z.strictObject({
      kind: z.literal('import-model'),
      library,
      source: z.string().min(1).describe('A folder, a file or a zip file.'),
      name: z.string().min(1).nullable().default(null).describe('Name in the library; empty: that of the source.'),
      as: z
        .enum(familyNames)
        .nullable()
        .default(null)
        .describe('Family; empty: recognised by the names of the tensors.'),
      dtype: z.enum(weightTypes).nullable().default(null).describe('Type of the weights; empty: as the file has them.'),
      filters: z.enum(['channel-major', 'order-major']).optional(),
      set: z
        .record(z.string(), z.unknown())
        .default({})
        .describe('Keys of the model that differ from the published ones.'),
      write: z.boolean(),
      accepted: z.boolean().default(false).describe('The terms of the licence were shown and accepted.'),
    }),
    importEventSchema,
    importResultSchema,
  ),
  /** Makes a run whose weights are those of another one, in a smaller type. */
  'quantise-model': job(
    z.strictObject({
      kind: z.literal('quantise-model'),
      library,
      run: z.string().min(1),
      checkpoint: checkpointChoiceSchema,
      dtype: z.enum(quantisableTypes),
      name: z.string().min(1).nullable().default(null).describe('Name of the new run; empty: <run>-<dtype>.'),
    }),
    quantiseEventSchema,
    quantiseResultSchema,
  ),
  'import-document': job(
    z.strictObject({ kind: z.literal('import-document'), library, path: z.string().min(1) }),
    documentEventSchema,
    documentRecordSchema,
  ),
  'read-document': job(
    z.strictObject({
      kind: z.literal('read-document'),
      ...documentWork,
      from: z
        .string()
        .default('0%')
        .describe("Start position: a percentage of the text ('40%') or the label of a place."),
    }),
    documentEventSchema,
    readResultSchema,
  ),
  'ask-document': job(
    z.strictObject({
      kind: z.literal('ask-document'),
      ...documentWork,
      question: z.string().min(1),
      template: templateNameSchema.default('auto').describe('Template that combines a passage and the question.'),
      passages: z.int().min(1).max(50).default(5),
    }),
    documentEventSchema,
    askResultSchema,
  ),
  'summarise-document': job(
    z.strictObject({
      kind: z.literal('summarise-document'),
      ...documentWork,
      sentences: z.int().min(1).max(500).default(5),
      by: z.enum(['whole', 'section']).default('whole').describe('section: this many sentences per section.'),
    }),
    documentEventSchema,
    summaryResultSchema,
  ),
  /** Has the model write a summary: only where it was trained to (conversation.ts, summaryAbilitySchema). */
  'write-summary': job(
    z.strictObject({
      kind: z.literal('write-summary'),
      ...documentWork,
      by: z.enum(['whole', 'section']).default('whole').describe('section: one summary per section.'),
      max_tokens: z
        .int()
        .min(1)
        .max(longestSummary)
        .optional()
        .describe('Maximum tokens per part; default: a quarter of the context, at most 256.'),
    }),
    documentEventSchema,
    writtenSummarySchema,
  ),
  /** The loss of every token from `start` to `end`, in windows; kept beside the document. */
  'map-document': job(
    z.strictObject({
      kind: z.literal('map-document'),
      ...documentWork,
      start: z.int().min(0).default(0),
      end: z.int().min(0).optional(),
    }),
    documentEventSchema,
    surpriseMapSchema,
  ),
  /** Answers requests (serving.ts) until it is asked to stop. */
  'serve-model': job(
    z.strictObject({
      kind: z.literal('serve-model'),
      library,
      run: z.string().min(1),
      device: z.string().default('auto'),
      checkpoint: checkpointChoiceSchema,
    }),
    servingEventSchema,
    z.null(),
  ),
  bench: job(benchJobSchema, z.never(), benchResultSchema),
  /** One mixer at growing lengths, alone and in a training step (lab/scaling.ts). */
  scaling: job(
    scalingJobSchema,
    z.strictObject({ type: z.literal('row'), row: scalingRowSchema }),
    scalingResultSchema,
  ),
  devices: job(z.strictObject({ kind: z.literal('devices') }), z.never(), devicesResultSchema),
  /** Tests and times every device that is there, and tells it as a text to be sent on. */
  'report-devices': job(z.strictObject({ kind: z.literal('report-devices') }), deviceProgressSchema, deviceTextSchema),
  /** Fetches, builds and tests what a device needs, or removes it. */
  'setup-device': job(
    z.strictObject({ kind: z.literal('setup-device'), setup: deviceSetupSchema }),
    setupEventSchema,
    setupResultSchema,
  ),
  /** Measures the given configuration for a few steps, without data, for `estimate`. */
  measure: job(
    z.strictObject({
      kind: z.literal('measure'),
      configuration: runConfigurationSchema,
      milliseconds: z
        .number()
        .min(0)
        .optional()
        .describe('Time limit for starting another step; at least one step is measured.'),
    }),
    z.never(),
    measureResultSchema,
  ),
});
export type JobKind = keyof typeof jobs;

type Jobs = { [Kind in JobKind]: z.output<(typeof jobs)[Kind]['params']> };
/** A job, of one kind or of any. */
export type Job<Kind extends JobKind = JobKind> = Jobs[Kind];
/** What a job reports while it runs; `never` for those that report nothing. */
export type JobEvent<Kind extends JobKind> = z.output<(typeof jobs)[Kind]['event']>;
/** What a job answers with. */
export type JobResult<Kind extends JobKind> = z.output<(typeof jobs)[Kind]['result']>;

const [firstKind, ...otherKinds] = Object.values(jobs);
/** Any job; the key `kind` says which. */
export const jobSchema = z.discriminatedUnion('kind', [firstKind.params, ...otherKinds.map(({ params }) => params)]);

/** Host to compute process. `stop` asks for an orderly end: a checkpoint, the text so far, nothing half made. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), job: jobSchema }),
  z.strictObject({ type: z.literal('stop') }),
  /** For jobs that answer requests. */
  z.strictObject({ type: z.literal('message'), message: z.unknown() }),
]);

/** Compute process to host: any number of events, then exactly one `result` or `error`. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event'), event: z.unknown() }),
  z.strictObject({ type: z.literal('result'), result: z.unknown() }),
  z.strictObject({ type: z.literal('error'), error: errorReportSchema }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
