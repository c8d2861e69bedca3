import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { datasetProblemSchema, shownTokenSchema } from './datasets.ts';
import { startingSchema } from './events.ts';
import { runNameSchema, runSummarySchema } from './runs.ts';
import { toldSchema } from './told.ts';

/** What the window is shown: records of the library, joined with what the host knows of them at the moment. */
const count = z.int().min(0);

/** What a person wrote to a run; kept beside `run.json`, in `annotations.json`. */
export const annotationsSchema = z.strictObject({
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  notes: z.string().max(100_000).default(''),
  colour: z.int().min(0).max(1_000_000).optional().describe('Of its curves, for good; see run-colours.ts.'),
});
export type Annotations = z.infer<typeof annotationsSchema>;

/** Where a run stands for a person, which its record alone cannot say. */
export const runPhaseSchema = z.enum([
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
export const activeRunSchema = z.strictObject({
  run: runNameSchema,
  phase: runPhaseSchema,
  device: z.string().nullable(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  fraction: z.number().min(0).max(1).nullable().describe('Of the budget; null where it cannot be known yet.'),
  secondsLeft: z.number().nullable(),
  loss: z.number().nullable(),
  validationLoss: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  memoryMiB: z.number().nullable(),
  stopAfterCheckpoint: z.boolean(),
  starting: startingSchema.nullish().describe('What is being prepared before the first step; none once it trains.'),
});
export type ActiveRun = z.infer<typeof activeRunSchema>;

/** Work besides training: adding data, measuring a device. */
export const taskViewSchema = z.strictObject({
  id: z.string(),
  kind: z.enum([
    'add-dataset',
    'inspect',
    'benchmark',
    'import-document',
    'ask-document',
    'summarise-document',
    'write-summary',
    'map-document',
    'setup-device',
    'report-devices',
  ]),
  subject: z.string().describe('Name of the data set, device or document.'),
  outcome: z.string().nullable().describe('Id of the document that it works on or has made.'),
  status: z.enum(['running', 'stopping', 'done', 'failed', 'cancelled']),
  phase: z.string().nullable(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string().nullable(),
  documents: count,
  tokens: count,
  secondsLeft: z.number().nullable(),
  problems: z.array(datasetProblemSchema).describe('The first of them.'),
  problemCount: count,
  error: errorReportSchema.nullable(),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** Everything that the status bar needs, always as of now. */
export const activitySchema = z.strictObject({
  active: activeRunSchema.nullable(),
  queue: z.array(runNameSchema),
  unsaved: errorReportSchema.nullish().describe('Why the queue could not be saved; it is kept in memory until it can.'),
  tasks: z.array(taskViewSchema),
  memory: z.strictObject({ usedMiB: z.number(), totalMiB: z.number() }).describe('Of the machine.'),
});
export type Activity = z.infer<typeof activitySchema>;

export const deviceViewSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  available: z.boolean(),
  detail: z.string().describe('What was found, or why it cannot be used and what to do.'),
  told: toldSchema.optional().describe('The detail, as it is translated.'),
  precisions: z.array(z.string()),
  threads: z.int().nullable(),
  memoryMiB: z.number().nullable(),
  setup: z.enum(['possible', 'done']).nullable().describe('Whether `setup` can make it, or has; null: it needs none.'),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;

export const devicesViewSchema = z.strictObject({
  devices: z.array(deviceViewSchema),
  automatic: z.string().describe('What `auto` takes.'),
  reason: z.string(),
  told: toldSchema.optional().describe('The reason, as it is translated.'),
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
  flopsPerToken: z.strictObject({ hyena: z.number(), transformer: z.number() }),
  tokensPerStep: z.number(),
  steps: z.number().nullable().describe('Of the budget; null where only time limits it and the speed is unknown.'),
  tokensPerSecond: z.number().nullable(),
  seconds: z.number().nullable(),
  basis: z.enum(['measured', 'history', 'calculated']).describe('Where the speed is from.'),
  advice: z
    .array(z.strictObject({ path: z.string(), value: z.union([z.number(), z.boolean()]), memoryMiB: megabytes }))
    .describe('Changes after which it would take less.'),
  warnings: z.array(toldSchema).optional().describe('What a person should know before such a run starts.'),
});
export type EstimateView = z.infer<typeof estimateViewSchema>;

/** Implicit filters of one layer, drawn: some channels, each with its impulse response and window. */
export const filterViewSchema = z.strictObject({
  layer: z.int(),
  order: z.int(),
  length: z.int(),
  positions: z.array(z.number()),
  channels: z.array(z.strictObject({ channel: z.int(), response: z.array(z.number()), window: z.array(z.number()) })),
});
export type FilterView = z.infer<typeof filterViewSchema>;

/** A file that a person chose; its path stays with the host. */
export const grantSchema = z.strictObject({
  grant: z.string(),
  name: z.string(),
  bytes: count,
  files: count.describe('1, or the files of a folder.'),
});
export type Grant = z.infer<typeof grantSchema>;

const inspectedDocument = z.strictObject({
  source: z.string(),
  title: z.string().nullable().optional(),
  text: z.string(),
  truncated: z.boolean(),
});

/** What was found in one of the files. */
export const inspectedFileSchema = z.strictObject({
  source: z.string().describe('As a person knows it.'),
  bytes: count,
  documents: z.array(inspectedDocument).describe('The first of them.'),
  count: count.describe('Documents that were found.'),
  complete: z.boolean().describe('False: only its beginning was read, so that there may be more.'),
  rows: count.nullable().describe('Of a table, where all of it was read.'),
  columns: z.array(z.string()).describe('That the text of a table is taken from.'),
  problems: count,
});
export type InspectedFile = z.infer<typeof inspectedFileSchema>;

/** What was found in files before anything is kept: the text as read, and how tokenizers would cut it. */
export const inspectionSchema = z.strictObject({
  files: count,
  bytes: count.describe('Of the files as they lie on disk.'),
  sampledBytes: count.describe('Bytes of text looked at.'),
  documents: z.array(inspectedDocument),
  byFile: z.array(inspectedFileSchema).optional().describe('Of every file that was looked into.'),
  problems: z.array(datasetProblemSchema),
  problemCount: count,
  tokenizers: z.array(
    z.strictObject({
      tokenizer: z.string(),
      vocabularySize: z.int(),
      bytesPerToken: z.number(),
      tokens: z.array(shownTokenSchema).describe('Of the beginning.'),
      byFile: z
        .array(z.strictObject({ file: count.describe('Its place in byFile.'), tokens: z.array(shownTokenSchema) }))
        .optional()
        .describe('Of the beginning of every file.'),
    }),
  ),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/** A thing put away that can be brought back. */
export const removalSchema = z.strictObject({
  token: z.string(),
  kind: z.enum(['dataset', 'run', 'document', 'chat']),
  name: z.string(),
  title: z.string().describe('What a person calls it; of data sets and runs their name.'),
});
export type Removal = z.infer<typeof removalSchema>;

export const informationSchema = z.strictObject({
  version: z.string(),
  library: z.string(),
  nextLibrary: z.string().nullable().describe('The folder from the next start on; null where HYENA_HOME decides.'),
  systemLibrary: z.string().describe('The folder where nobody chose another.'),
  platform: z.string(),
  shell: z.enum(['desktop', 'server']),
  cores: z.int(),
  memoryMiB: z.number(),
  sampleBook: z.strictObject({ title: z.string(), bytes: count }).nullable(),
});
export type Information = z.infer<typeof informationSchema>;
