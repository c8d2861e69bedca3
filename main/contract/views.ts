import { z } from 'zod';
import { errorReportSchema } from './error-schema.ts';
import { datasetProblemSchema, shownTokenSchema } from './datasets.ts';
import { startingSchema } from './events.ts';
import { runNameSchema, runSummarySchema } from './runs.ts';
import { messageSchema } from './message-schema.ts';

/** What the window is shown: records of the library, joined with what the host knows of them at the moment. */
const count = z.int().min(0);

/** What a person wrote to a run; kept beside `run.json`, in `annotations.json`. */
export const annotationsSchema = z.strictObject({
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  notes: z.string().max(100_000).default(''),
  colour: z.int().min(0).max(1_000_000).optional().describe('Permanent colour of its curves; see run-colours.ts.'),
});
export type Annotations = z.infer<typeof annotationsSchema>;

/** What a person changes of it; the rest stays. */
export const annotationChangesSchema = z.strictObject({
  tags: annotationsSchema.shape.tags.unwrap().optional(),
  notes: annotationsSchema.shape.notes.unwrap().optional(),
});
export type AnnotationChanges = z.infer<typeof annotationChangesSchema>;

/** Where a run stands for a person, which its record alone cannot say. */
const runPhaseSchema = z.enum([
  'new',
  'queued',
  'starting',
  'training',
  'stopping', // asked to; a checkpoint is being written
  'paused', // stopped, and meant to go on
  'stopped',
  'done',
  'failed',
  'interrupted',
  'elsewhere', // another process trains it: a terminal, a second window
]);
export type RunPhase = z.infer<typeof runPhaseSchema>;

export const runViewSchema = z.strictObject({
  ...runSummarySchema.shape,
  annotations: annotationsSchema,
  phase: runPhaseSchema,
  queuePosition: z.int().min(1).nullable(),
});
export type RunView = z.infer<typeof runViewSchema>;

export const checkpointViewSchema = z.strictObject({
  step: z.int(),
  path: z.string(),
  bytes: count,
  time: z.iso.datetime(),
  best: z.boolean(),
  last: z.boolean(),
});
export type CheckpointView = z.infer<typeof checkpointViewSchema>;

/** The run that trains now, as the status bar, the title and the task bar tell it. */
const activeRunSchema = z.strictObject({
  run: runNameSchema,
  phase: runPhaseSchema,
  device: z.string().nullable(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  fraction: z.number().min(0).max(1).nullable().describe('Fraction of the budget; null if not known yet.'),
  secondsLeft: z.number().nullable(),
  loss: z.number().nullable(),
  validationLoss: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  memoryMiB: z.number().nullable(),
  stopAfterCheckpoint: z.boolean(),
  starting: startingSchema.nullish().describe('Preparation before the first step; absent once it trains.'),
});
export type ActiveRun = z.infer<typeof activeRunSchema>;

/** Work besides training: adding data, measuring a device. */
const taskViewSchema = z.strictObject({
  id: z.string(),
  kind: z.enum([
    'add-dataset',
    'export-dataset',
    'inspect',
    'benchmark',
    'scaling',
    'find-rate',
    'import-document',
    'ask-document',
    'summarise-document',
    'write-summary',
    'map-document',
    'quantise-model',
    'score-sequences',
    'score-variants',
    'setup-device',
    'report-devices',
    'plan-import',
    'import-model',
    'evaluate-model',
    'distil-model',
    'export-model',
    'backup-library',
    'restore-library',
  ]),
  subject: z.string().describe('Name of the data set, device or document.'),
  outcome: z
    .string()
    .nullable()
    .describe(
      'Id of the document that it works on or has created; the run that was imported; the folder or file that was written.',
    ),
  status: z.enum(['running', 'stopping', 'done', 'failed', 'cancelled']),
  phase: z.string().nullable(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string().nullable(),
  documents: count,
  tokens: count,
  secondsLeft: z.number().nullable(),
  problems: z.array(datasetProblemSchema).describe('First issues.'),
  problemCount: count,
  error: errorReportSchema.nullable(),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** Everything that the status bar needs, always as of now. */
export const activitySchema = z.strictObject({
  active: activeRunSchema.nullable(),
  queue: z.array(runNameSchema),
  unsaved: errorReportSchema.nullish().describe('Why the queue could not be saved; it stays in memory until it can.'),
  tasks: z.array(taskViewSchema),
  memory: z.strictObject({ usedMiB: z.number(), totalMiB: z.number() }).describe('Memory of this computer.'),
});
export type Activity = z.infer<typeof activitySchema>;

const deviceViewSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  available: z.boolean(),
  detail: messageSchema.describe('What was detected, or why it is not available and what to do.'),
  precisions: z.array(z.string()),
  threads: z.int().nullable(),
  memoryMiB: z.number().nullable(),
  setup: z
    .enum(['possible', 'done'])
    .nullable()
    .describe('Whether `setup` can install it or has installed it; null: no setup needed.'),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;

export const devicesViewSchema = z.strictObject({
  devices: z.array(deviceViewSchema),
  automatic: z.string().describe('Device that `auto` uses.'),
  reason: messageSchema,
});
export type DevicesView = z.infer<typeof devicesViewSchema>;

export const benchmarkSchema = z.strictObject({
  device: z.string(),
  time: z.iso.datetime(),
  d_model: z.int(),
  n_layer: z.int(),
  batch: z.int(),
  points: z.array(
    z.strictObject({
      length: z.int(),
      tokensPerSecond: z.number(),
      stepMilliseconds: z.number(),
      memoryMiB: z.number(),
    }),
  ),
});
export type Benchmark = z.infer<typeof benchmarkSchema>;

const megabytes = z.number().min(0);

/** What a configuration costs, computed before anything is allocated. */
export const estimateViewSchema = z.strictObject({
  parameters: z.strictObject({
    total: z.number(),
    parts: z.array(z.strictObject({ part: z.string(), count: z.number() })),
  }),
  trainingMemory: z.strictObject({
    totalMiB: megabytes,
    parts: z.array(z.strictObject({ part: z.string(), MiB: megabytes })),
  }),
  generationMemoryMiB: megabytes,
  availableMemoryMiB: megabytes,
  fit: z.enum(['fits', 'tight', 'too-big']),
  flopsPerToken: z.strictObject({ model: z.number(), gpt: z.number() }),
  tokensPerStep: z.number(),
  steps: z
    .number()
    .nullable()
    .describe('Steps of the budget; null if only time limits the run and its speed is unknown.'),
  tokensPerSecond: z.number().nullable(),
  seconds: z.number().nullable(),
  basis: z.enum(['measured', 'history', 'calculated']).describe('Source of the speed.'),
  advice: z
    .array(z.strictObject({ path: z.string(), value: z.union([z.number(), z.boolean()]), memoryMiB: megabytes }))
    .describe('Changes that reduce the memory.'),
  warnings: z.array(messageSchema).optional().describe('Warnings before such a run starts.'),
});
export type EstimateView = z.infer<typeof estimateViewSchema>;

/** Filters of one layer, drawn: some channels, each with its impulse response and window, which explicit ones lack. */
export const filterViewSchema = z.strictObject({
  layer: z.int(),
  order: z.int(),
  length: z.int(),
  positions: z.array(z.number()),
  channels: z.array(z.strictObject({ channel: z.int(), response: z.array(z.number()), window: z.array(z.number()) })),
});
export type FilterView = z.infer<typeof filterViewSchema>;

const inspectedDocument = z.strictObject({
  source: z.string(),
  title: z.string().nullable().optional(),
  text: z.string(),
  truncated: z.boolean(),
});

/** What was found in one of the files. */
const inspectedFileSchema = z.strictObject({
  source: z.string().describe('Name shown to the user.'),
  bytes: count,
  documents: z.array(inspectedDocument).describe('First documents.'),
  count: count.describe('Number of documents found.'),
  complete: z.boolean().describe('False: only the beginning was read, so there may be more.'),
  rows: count.nullable().describe('Rows of the table, if it was read completely.'),
  columns: z.array(z.string()).describe('Columns that the text of a table is read from.'),
  available: z
    .array(z.strictObject({ name: z.string(), example: z.string() }))
    .optional()
    .describe('All columns of a table, each with the beginning of its first value.'),
  problems: count,
});
export type InspectedFile = z.infer<typeof inspectedFileSchema>;

/** What was found in files before anything is kept: the text as read, and how tokenizers would cut it. */
export const inspectionSchema = z.strictObject({
  files: count,
  bytes: count.describe('Size of the files on disk, in bytes.'),
  sampledBytes: count.describe('Bytes of text sampled.'),
  documents: z.array(inspectedDocument),
  byFile: z.array(inspectedFileSchema).optional().describe('Results for each inspected file.'),
  problems: z.array(datasetProblemSchema),
  problemCount: count,
  tokenizers: z.array(
    z.strictObject({
      tokenizer: z.string(),
      vocabularySize: z.int(),
      bytesPerToken: z.number(),
      tokens: z.array(shownTokenSchema).describe('Tokens of the beginning.'),
      byFile: z
        .array(
          z.strictObject({
            file: count.describe('Index in byFile.'),
            tokens: z.array(shownTokenSchema),
            starts: z.array(count).optional().describe('Index of the first token of each document.'),
          }),
        )
        .optional()
        .describe('Tokens of the beginning of each file.'),
    }),
  ),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/** A thing put away that can be brought back. */
export const removalSchema = z.strictObject({
  token: z.string(),
  kind: z.enum(['dataset', 'run', 'document', 'chat']),
  name: z.string(),
  title: z.string().describe('Title shown to the user; for data sets and runs their name.'),
});
export type Removal = z.infer<typeof removalSchema>;

export const informationSchema = z.strictObject({
  version: z.string(),
  library: z.string(),
  nextLibrary: z.string().nullable().describe('Library folder from the next start on; null if HYENA_HOME sets it.'),
  systemLibrary: z.string().describe('Default library folder.'),
  platform: z.string(),
  shell: z.enum(['desktop', 'server']),
  cores: z.int(),
  memoryMiB: z.number(),
  sampleBook: z.strictObject({ title: z.string(), bytes: count }).nullable(),
});
export type Information = z.infer<typeof informationSchema>;

/** What the computer does at the moment. Null: the system does not report it. */
export const systemUseSchema = z.strictObject({
  cpu: z.strictObject({
    share: z.number().min(0).max(1).nullable().describe('Null at first: it takes a moment to measure.'),
    cores: z.array(z.number().min(0).max(1)),
    temperature: z.number().nullable().describe('Degrees Celsius.'),
  }),
  memory: z.strictObject({ usedMiB: z.number().min(0), totalMiB: z.number().min(0) }),
  disk: z
    .strictObject({
      available: z.number().min(0).describe('Free bytes on the disk of the library.'),
      total: z.number().min(0),
      readPerSecond: z.number().min(0).nullable().describe('Bytes per second, all disks.'),
      writtenPerSecond: z.number().min(0).nullable(),
    })
    .nullable(),
  gpus: z.array(
    z.strictObject({
      name: z.string(),
      share: z.number().min(0).max(1).nullable(),
      usedMiB: z.number().min(0).nullable(),
      totalMiB: z.number().min(0).nullable(),
      temperature: z.number().nullable(),
      watts: z.number().min(0).nullable(),
    }),
  ),
});
export type SystemUse = z.infer<typeof systemUseSchema>;
