import { z } from 'zod';
import {
  answerTokenSchema,
  chatChangesSchema,
  chatContextSchema,
  chatHitSchema,
  chatIdSchema,
  chatSummarySchema,
  chatViewSchema,
  messageIdSchema,
} from './chats.ts';
import { columnsSchema } from './columns.ts';
import { backupContentsSchema } from './backups.ts';
import { runConfigurationSchema } from './configuration.ts';
import { setUpDeviceSchema, setupResultSchema } from './device-setup.ts';
import {
  datasetExports,
  datasetFilesSchema,
  datasetNameSchema,
  datasetPreviewSchema,
  datasetRecordSchema,
  datasetTagSchema,
  newDatasetNameSchema,
} from './datasets.ts';
import {
  askResultSchema,
  documentFitSchema,
  documentIdSchema,
  documentRangeSchema,
  documentRecordSchema,
  keptNoteSchema,
  keptNotesSchema,
  longestPdfRange,
  longestRange,
  openedDocumentSchema,
  readingPlaceSchema,
  summaryResultSchema,
  surpriseMapSchema,
  surpriseWordsSchema,
} from './documents.ts';
import { deviceTextSchema } from './devices.ts';
import { labResultSchema, recipeSchema } from './lab/recipes.ts';
import {
  experimentBaseSchema,
  experimentSummarySchema,
  experimentViewSchema,
  racePlanSchema,
  sweepPlanSchema,
} from './lab/experiment-views.ts';
import { newExperimentNameSchema } from './lab/experiments.ts';
import { insideResultSchema } from './lab/inside.ts';
import { rateFinderResultSchema } from './lab/rate-finder.ts';
import { reportSchema } from './lab/reports.ts';
import { scalingChartSchema } from './lab/scaling.ts';
import { taskNames } from './lab/tasks.ts';
import { stateSchema } from './distillation.ts';
import { errorReportSchema } from './error-schema.ts';
import {
  exportTargets,
  externalSettingsSchema,
  importChoicesSchema,
  importPreviewSchema,
  importSourceSchema,
  knownModelsSchema,
  modelsViewSchema,
} from './models.ts';
import { hubTokenSchema, preferencesSchema } from './preferences.ts';
import { quantisableTypes } from './quantisation.ts';
import { newRunNameSchema, runNameSchema } from './runs.ts';
import { scoredSetSchema, scoredVariantSchema, strandsSchema, trackSchema } from './sequences.ts';
import { storageSchema } from './storage.ts';
import { grantSchema } from './grants.ts';
import {
  annotationChangesSchema,
  annotationsSchema,
  benchmarkSchema,
  checkpointViewSchema,
  devicesViewSchema,
  estimateViewSchema,
  filterViewSchema,
  informationSchema,
  inspectionSchema,
  removalSchema,
  runViewSchema,
} from './views.ts';
import { writtenSummarySchema } from './written-summary.ts';

/**
 * Every request that a window can make of the host: what it takes and what it answers with. Shells, the window and
 * their tests are derived from this one table; both sides check every message against it on arrival.
 */
const request = <Params extends z.ZodType, Result extends z.ZodType>(params: Params, result: Result) => ({
  params,
  result,
});
const nothing = z.strictObject({});
const run = z.strictObject({ run: runNameSchema });
const dataset = z.strictObject({ name: datasetNameSchema });
const experiment = z.strictObject({ name: newExperimentNameSchema });
/** `step-500`, `best-480` */
const checkpointNameSchema = z.string().regex(/^(?:step|best)-\d{1,15}$/);
const chat = z.strictObject({ chat: chatIdSchema });
const document = z.strictObject({ document: documentIdSchema });
/** A stretch of a document's text, in UTF-16 units. */
const range = { start: z.int().min(0), end: z.int().min(0) };
/** Work of a model on a document. The window names the task, so that it can follow and cancel what it waits for. */
const documentWork = document.extend({ task: z.uuid(), run: runNameSchema });
const grants = z.array(z.string().min(1)).min(1).max(1000);

export const requests = {
  /** What this program is and where its library lies. */
  'app.information': request(nothing, informationSchema),
  'app.library': request(z.strictObject({ folder: z.string().min(1).nullable() }), informationSchema),
  /** What takes how much room in the library. */
  'library.storage': request(nothing, storageSchema),
  /** Deletes what is downloaded or computed again when it is needed; answers with the bytes that this has freed. */
  'library.clean': request(nothing, z.strictObject({ bytes: z.number().min(0) })),
  /** Starts a task that writes a backup; its `outcome` is the file. Both null: into `backups` of the library. */
  'library.backup': request(
    z.strictObject({
      folder: z.string().min(1).nullable().describe('Grant of a folder.'),
      place: z.string().min(1).nullable().describe('Absolute path of a folder.'),
    }),
    z.strictObject({ task: z.string() }),
  ),
  /** What is in a backup, and what of it the library has already. */
  'library.describe': request(z.strictObject({ grant: z.string().min(1) }), backupContentsSchema),
  /** Starts a task that adds a backup to the library, or makes a new library of it; its `outcome` is the folder. */
  'library.restore': request(
    z.strictObject({ grant: z.string().min(1), folder: z.string().min(1).nullable() }),
    z.strictObject({ task: z.string() }),
  ),
  'preferences.get': request(nothing, preferencesSchema),
  'preferences.set': request(
    z.strictObject({
      theme: preferencesSchema.shape.theme.unwrap().optional(),
      language: preferencesSchema.shape.language.unwrap().optional(),
      threads: preferencesSchema.shape.threads.unwrap().optional(),
      memory_limit_mib: preferencesSchema.shape.memory_limit_mib.unwrap().optional(),
      welcomed: z.boolean().optional(),
      hub: preferencesSchema.shape.hub.unwrap().optional(),
      python: preferencesSchema.shape.python.unwrap().optional(),
      reading: preferencesSchema.shape.reading.unwrap().optional(),
      prompts: preferencesSchema.shape.prompts.unwrap().optional(),
      sampling_presets: preferencesSchema.shape.sampling_presets.unwrap().optional(),
    }),
    preferencesSchema,
  ),
  /** Keeps a token for the hub, null: forgets it. It is never sent to a window. */
  'preferences.hubToken': request(z.strictObject({ token: hubTokenSchema.nullable() }), externalSettingsSchema),
  'preferences.external': request(nothing, externalSettingsSchema),

  /** Asks a person for files with the system's dialog (desktop), or answers with none if there is no dialog. */
  'files.choose': request(z.strictObject({ what: z.enum(['files', 'folder']) }), z.array(grantSchema)),
  /** The book that comes with the program. */
  'files.sample': request(nothing, grantSchema),
  /** What is in chosen files, and how well tokenizers compress it; nothing is kept. */
  'files.inspect': request(
    z.strictObject({
      grants,
      tokenizers: z.array(z.string().min(1)).max(8),
      field: z.string().nullable(),
      columns: columnsSchema.nullish(),
    }),
    inspectionSchema,
  ),

  'datasets.list': request(nothing, z.array(datasetRecordSchema)),
  'datasets.show': request(dataset, datasetRecordSchema),
  'datasets.preview': request(
    dataset.extend({
      documents: z.int().min(1).max(20),
      characters: z.int().min(1).max(20_000),
      tokens: z.int().min(0).max(20_000).describe('Of each document, at most.'),
    }),
    datasetPreviewSchema,
  ),
  /** Starts a task; it is followed in the `activity` stream. */
  'datasets.add': request(
    z.strictObject({
      name: newDatasetNameSchema,
      grants,
      tokenizer: z.string().min(1).max(4096).describe("bytes, gpt2, bpe:SIZE, or run:NAME for a run's tokenizer."),
      validation: z.number().min(0).max(0.9),
      field: z.string().min(1).max(1000).nullable(),
      columns: columnsSchema.nullish().describe('Instead of `field`.'),
    }),
    z.strictObject({ task: z.string() }),
  ),
  'datasets.remove': request(dataset, removalSchema),
  /** Gives a data set another name, and its runs with it. */
  'datasets.rename': request(dataset.extend({ to: newDatasetNameSchema }), datasetRecordSchema),
  'datasets.tag': request(dataset.extend({ tags: z.array(datasetTagSchema).max(20) }), datasetRecordSchema),
  /** The files that it was read from, and whether they are still the same. */
  'datasets.files': request(dataset, datasetFilesSchema),
  /** Starts a task that reads the files again, as they were read before; or others in their place. */
  'datasets.reread': request(dataset.extend({ grants: grants.optional() }), z.strictObject({ task: z.string() })),
  /** Starts a task that writes a new file; its `outcome` is the file. Null: into `exports` of the library. */
  'datasets.export': request(
    dataset.extend({
      to: z.enum(datasetExports),
      folder: z.string().min(1).nullable().describe('Grant of the folder in which the file is made.'),
    }),
    z.strictObject({ task: z.string() }),
  ),

  /** All documents by title, and what is wrong with those that cannot be read. */
  'documents.list': request(
    nothing,
    z.strictObject({ documents: z.array(documentRecordSchema), damaged: z.array(errorReportSchema) }),
  ),
  /** Starts a task; its `outcome` is the id of the document. The same content is kept once. */
  'documents.import': request(z.strictObject({ grant: z.string().min(1) }), z.strictObject({ task: z.string() })),
  'documents.remove': request(document, removalSchema),
  'documents.open': request(document, openedDocumentSchema),
  /** Keeps where a document is being read, for when it is opened again. */
  'documents.place': request(document.extend({ place: readingPlaceSchema }), nothing),
  /** Highlights and notes of a document, in the order of its text. */
  'documents.notes': request(document, keptNotesSchema),
  /** Keeps a note, in place of one of the same id. */
  'documents.keepNote': request(document.extend({ note: keptNoteSchema }), keptNotesSchema),
  'documents.dropNote': request(document.extend({ note: z.uuid() }), keptNotesSchema),
  'documents.text': request(
    document
      .extend(range)
      .refine(({ start, end }) => start <= end && end - start <= longestRange, 'is not a valid range'),
    documentRangeSchema,
  ),
  /** Bytes of the PDF that a document came from, in base64: its pages are drawn by the window. */
  'documents.pdf': request(
    document
      .extend(range)
      .refine(({ start, end }) => start <= end && end - start <= longestPdfRange, 'is not a valid range'),
    z.strictObject({ data: z.base64() }),
  ),
  'documents.fit': request(document.extend({ run: runNameSchema }), documentFitSchema),
  /** The passages that a question is about; answers when the task has ended. */
  'documents.ask': request(
    documentWork.extend({ question: z.string().trim().min(1).max(2000), passages: z.int().min(1).max(50) }),
    askResultSchema,
  ),
  'documents.summarise': request(
    documentWork.extend({ sentences: z.int().min(1).max(500), by: z.enum(['whole', 'section']) }),
    summaryResultSchema,
  ),
  /** A summary in the model's own words; followed in `documents.written` while it comes. Stopped: what there is of it. */
  'documents.write': request(documentWork.extend({ by: z.enum(['whole', 'section']) }), writtenSummarySchema),
  /** Computes the loss of every token of a part; kept beside the document. */
  'documents.map': request(documentWork.extend(range), surpriseMapSchema),
  /** The maps that were made of a document, the newest first. */
  'documents.maps': request(document, z.array(surpriseMapSchema)),
  'documents.words': request(
    document
      .extend({ ...range, map: surpriseMapSchema.shape.map })
      .refine(({ start, end }) => start <= end && end - start <= longestRange, 'is not a valid range'),
    surpriseWordsSchema,
  ),

  'tasks.stop': request(z.strictObject({ task: z.string() }), nothing),
  /** Forgets a task that has ended. */
  'tasks.dismiss': request(z.strictObject({ task: z.string() }), nothing),

  'runs.list': request(nothing, z.array(runViewSchema)),
  'runs.show': request(run, runViewSchema),
  'runs.checkpoints': request(run, z.array(checkpointViewSchema)),
  /** Makes a run of a checkpoint: with its history up to there, to chat with, to resume or to export. */
  'runs.branch': request(run.extend({ checkpoint: checkpointNameSchema }), runViewSchema),
  /** Deletes a checkpoint; a run keeps at least one. */
  'runs.removeCheckpoint': request(run.extend({ checkpoint: checkpointNameSchema }), z.array(checkpointViewSchema)),
  /** Creates a run and puts it at the end of the queue, or starts it at once if nothing trains. */
  'runs.create': request(
    z.strictObject({
      configuration: runConfigurationSchema,
      name: newRunNameSchema.nullable(),
      annotations: annotationsSchema.prefault({}),
      start: z.boolean(),
    }),
    runViewSchema,
  ),
  /** Copies the folder of a run that lies elsewhere into the library. */
  'runs.import': request(z.strictObject({ grant: z.string().min(1) }), runViewSchema),
  /**
   * Starts a task that makes a run of its own with a run's weights in a smaller type; followed in the `activity` stream. Its
   * `outcome` is the name of the new run.
   */
  'runs.quantise': request(
    run.extend({ dtype: z.enum(quantisableTypes), name: newRunNameSchema.nullable() }),
    z.strictObject({ task: z.string() }),
  ),
  /** Starts a new run or resumes one from its last checkpoint; it waits in the queue where another trains. */
  'runs.start': request(run, runViewSchema),
  /** Continues a run that ran out of memory, with less of it per step. */
  'runs.reduceMemory': request(run, runViewSchema),
  'runs.pause': request(run, runViewSchema),
  /**
   * `now`: after the step under way, with a checkpoint; `checkpoint`: after the next regular one; `end-now`: terminates
   * the compute process, whatever it does, and the run keeps the checkpoints that it has.
   */
  'runs.stop': request(run.extend({ when: z.enum(['now', 'checkpoint', 'end-now']) }), runViewSchema),
  'runs.rename': request(run.extend({ to: newRunNameSchema }), runViewSchema),
  'runs.annotate': request(run.extend({ changes: annotationChangesSchema }), runViewSchema),
  /** The colours of runs that are compared; those that had none are given one permanently. */
  'runs.colours': request(
    z.strictObject({ runs: z.array(runNameSchema).max(1000) }),
    z.record(z.string(), z.int().min(0)),
  ),
  'runs.remove': request(run, removalSchema),
  'runs.open': request(run, z.strictObject({ opened: z.boolean(), path: z.string() })),
  /** The whole queue in its new order; runs left out leave it. */
  'queue.order': request(z.strictObject({ runs: z.array(runNameSchema).max(1000) }), nothing),

  /** Models as things: what the records of the runs do not say. */
  'models.list': request(nothing, modelsViewSchema),
  /** Published models that can be downloaded. */
  'models.known': request(nothing, knownModelsSchema),
  /** What an import would make; nothing is written. The window names the task, to follow and cancel it. */
  'models.plan': request(
    z.strictObject({ task: z.uuid(), source: importSourceSchema, choices: importChoicesSchema }),
    importPreviewSchema,
  ),
  /** Starts a task; its `outcome` is the run that the model has become. */
  'models.import': request(
    z.strictObject({ source: importSourceSchema, choices: importChoicesSchema, accepted: z.boolean() }),
    z.strictObject({ task: z.string() }),
  ),
  /** Starts a task that scores the model on text; what it gives is in `models.list`. */
  'models.evaluate': request(
    run.extend({
      source: z.discriminatedUnion('from', [
        z.strictObject({ from: z.literal('run') }),
        z.strictObject({ from: z.literal('dataset'), name: datasetNameSchema }),
        z.strictObject({ from: z.literal('file'), grant: z.string().min(1) }),
      ]),
    }),
    z.strictObject({ task: z.string() }),
  ),
  /** Starts a task that fits the model's filters by state spaces; what that changes is in `models.list`. */
  'models.distil': request(run.extend({ state: stateSchema }), z.strictObject({ task: z.string() })),
  /** What happens within the model while it reads a text; answers when it is computed, with the matrices of one layer. */
  'models.inside': request(
    run.extend({ text: z.string().min(1).max(10_000), layer: z.int().min(0).max(255) }),
    insideResultSchema,
  ),
  /** Creates a run whose weights are those of a run with its adapters merged in. */
  'models.merge': request(run, runViewSchema),
  /** Creates a run with a longer context from the model, and trains it. */
  'models.extend': request(
    run.extend({
      context: z
        .int()
        .min(2)
        .max(1 << 20),
      steps: z.int().min(1).max(1_000_000_000).nullable(),
      name: newRunNameSchema.nullable(),
      dataset: datasetNameSchema.nullable(),
    }),
    runViewSchema,
  ),
  /** Starts a task that writes a new folder; its `outcome` is the folder. Null: into `exports` of the library. */
  'models.export': request(
    run.extend({
      to: z.enum(exportTargets),
      checkpoint: z.enum(['best', 'last']),
      folder: z.string().min(1).nullable().describe('Grant of the folder in which the new one is made.'),
    }),
    z.strictObject({ task: z.string() }),
  ),

  'chats.list': request(nothing, z.array(chatSummarySchema)),
  'chats.create': request(z.strictObject({ settings: chatChangesSchema }), chatViewSchema),
  'chats.show': request(chat, chatViewSchema),
  'chats.change': request(chat.extend({ changes: chatChangesSchema }), chatViewSchema),
  'chats.remove': request(chat, removalSchema),
  /** Says something after a message (null: at the beginning) and has it answered; followed in `chats.follow`. */
  'chats.say': request(
    chat.extend({ parent: messageIdSchema.nullable(), text: z.string().min(1).max(10_000_000) }),
    chatViewSchema,
  ),
  /** Another answer to a message, or more of an answer; null: after nothing but the document. */
  'chats.answer': request(chat.extend({ to: messageIdSchema.nullable() }), chatViewSchema),
  /** Answers when the text so far is kept. */
  'chats.stop': request(chat, nothing),
  /** Looks at the branch that goes through a message. */
  'chats.choose': request(chat.extend({ message: messageIdSchema }), chatViewSchema),
  /** How the tokens of an answer were drawn; empty for answers that came before that was kept. */
  'chats.tokens': request(chat.extend({ message: messageIdSchema }), z.array(answerTokenSchema)),
  'chats.search': request(
    z.strictObject({ text: z.string().max(1000), limit: z.int().min(1).max(200) }),
    z.array(chatHitSchema),
  ),
  /** The branch that is looked at, as Markdown; the words are how it calls a person and a document. */
  'chats.export': request(
    chat.extend({ words: z.strictObject({ you: z.string().min(1).max(100), document: z.string().min(1).max(100) }) }),
    z.strictObject({ name: z.string(), text: z.string() }),
  ),
  /** What the next prompt would take of the model's context; loads the model if it is not loaded. */
  'chats.context': request(chat.extend({ draft: z.string().max(10_000_000) }), chatContextSchema),

  /** Brings back what was removed, under its old name where that is free. */
  'trash.restore': request(z.strictObject({ token: z.string().min(1) }), z.strictObject({ name: z.string() })),

  'model.estimate': request(z.strictObject({ configuration: runConfigurationSchema }), estimateViewSchema),
  /** Filters of a run's last checkpoint, or as they start for a configuration. */
  'model.filters': request(
    z.strictObject({
      source: z.discriminatedUnion('from', [
        z.strictObject({ from: z.literal('configuration'), configuration: runConfigurationSchema }),
        z.strictObject({ from: z.literal('run'), run: runNameSchema }),
      ]),
      layer: z.int().min(0).max(255),
      channels: z.int().min(1).max(64),
      points: z.int().min(2).max(4096),
    }),
    filterViewSchema,
  ),

  /** Names of the runs whose models read letter by letter, with A, C, G and T among them. */
  'sequences.models': request(nothing, z.array(runNameSchema)),
  /** Scores a file or a text at every position; answers when the task has ended. */
  'sequences.score': request(
    z.strictObject({
      task: z.uuid(),
      run: runNameSchema,
      source: z.union([
        z.strictObject({ grant: z.string().min(1) }),
        z.strictObject({ text: z.string().min(1).max(10_000_000) }),
      ]),
      strands: strandsSchema,
    }),
    scoredSetSchema,
  ),
  'sequences.track': request(
    z.strictObject({
      id: z.string(),
      record: z.int().min(0),
      start: z.int().min(0),
      end: z.int().min(1),
      points: z.int().min(1).max(4096),
    }),
    trackSchema,
  ),
  /** Both alleles of a variant of what was scored. */
  'sequences.variant': request(
    z.strictObject({ task: z.uuid(), id: z.string(), variant: z.string().min(1).max(10_000) }),
    scoredVariantSchema,
  ),

  /** The recipes of the laboratory. */
  'lab.recipes': request(nothing, z.array(recipeSchema)),
  /** What came of a recipe's runs so far. */
  'lab.results': request(z.strictObject({ recipe: z.string().min(1) }), z.array(labResultSchema)),
  /** Makes the data where they are missing, then queues the runs of contestants; those at their end are left out. */
  'lab.train': request(
    z.strictObject({
      recipe: z.string().min(1),
      contestants: z.array(z.string()).min(1),
      grant: z.string().min(1).optional().describe('The file that the recipe asks for.'),
    }),
    z.strictObject({ runs: z.array(runNameSchema) }),
  ),
  /** Starts to generate a data set of a task with its usual settings; followed in the `activity` stream. */
  'lab.generate': request(
    z.strictObject({ task: z.enum(taskNames), name: newDatasetNameSchema }),
    z.strictObject({ task: z.string() }),
  ),
  /** The last measurement of how mixers grow. */
  'lab.scaling': request(nothing, scalingChartSchema.nullable()),
  /** Measures mixers at growing lengths; followed in the `activity` stream, answers at the end. */
  'lab.scale': request(
    z.strictObject({
      mixers: z.array(z.string().min(1)).min(1).max(8),
      longest: z
        .int()
        .min(256)
        .max(1 << 17),
    }),
    scalingChartSchema,
  ),

  /** Searches a learning rate for a configuration; followed in the `activity` stream, answers at the end. */
  'lab.findRate': request(z.strictObject({ configuration: runConfigurationSchema }), rateFinderResultSchema),

  /** What a report says of an experiment, or of runs. */
  'experiments.report': request(z.strictObject({ names: z.array(runNameSchema).min(1).max(512) }), reportSchema),
  /** Sweeps and races, newest first. */
  'experiments.list': request(nothing, z.array(experimentSummarySchema)),
  'experiments.get': request(experiment, experimentViewSchema),
  /** Plans a sweep around a run or a preset and queues its runs; one of the same name is replaced and keeps its runs. */
  'experiments.sweep': request(
    z.strictObject({ name: newExperimentNameSchema, base: experimentBaseSchema, ...sweepPlanSchema.shape }),
    experimentViewSchema,
  ),
  /** Plans a race and queues its runs. */
  'experiments.race': request(
    z.strictObject({ name: newExperimentNameSchema, base: experimentBaseSchema, ...racePlanSchema.shape }),
    experimentViewSchema,
  ),
  /** Queues what an experiment lacks. */
  'experiments.train': request(experiment, z.strictObject({ runs: z.array(runNameSchema) })),
  /** Forgets an experiment; its runs are kept. */
  'experiments.remove': request(experiment, nothing),

  'devices.list': request(z.strictObject({ again: z.boolean() }), devicesViewSchema),
  /** What setting up a device would download, and what is missing for it; changes nothing. */
  'devices.plan': request(z.strictObject({ device: setUpDeviceSchema }), setupResultSchema),
  /** Starts a task that downloads, builds and tests what a device needs; it is followed in the `activity` stream. */
  'devices.setup': request(z.strictObject({ device: setUpDeviceSchema }), z.strictObject({ task: z.string() })),
  /** Deletes what was set up. */
  'devices.unset': request(z.strictObject({ device: setUpDeviceSchema }), nothing),
  'devices.benchmark': request(z.strictObject({ device: z.string().min(1) }), benchmarkSchema),
  'devices.benchmarks': request(nothing, z.array(benchmarkSchema)),
  /** Tests and times every device; followed in the `activity` stream as it continues. */
  'devices.report': request(nothing, deviceTextSchema),
} as const;

type Requests = typeof requests;
export type RequestName = keyof Requests;
/** What a caller writes: keys with defaults may be left out. */
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]['params']>;
export type RequestParams<Name extends RequestName> = z.output<Requests[Name]['params']>;
export type RequestResult<Name extends RequestName> = z.output<Requests[Name]['result']>;

/** One function a request: what a host implements. */
export type RequestHandlers = {
  [Name in RequestName]: (params: RequestParams<Name>) => Promise<RequestResult<Name>>;
};

/** Those of some areas: `RequestHandlersOf<'runs'>` has all of `runs.list`, `runs.show`, … */
export type RequestHandlersOf<Area extends string> = Pick<RequestHandlers, Extract<RequestName, `${Area}.${string}`>>;

export const isRequestName = (name: string): name is RequestName => Object.hasOwn(requests, name);
