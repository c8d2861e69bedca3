import { z } from 'zod';
import { distillationResultSchema } from './distillation.ts';
import { familyNames } from './imports/blueprint.ts';
import { importPlanSchema } from './imports/plan.ts';
import { weightTypes } from './logic/weight-format.ts';
import { newRunNameSchema, runNameSchema, evaluationResultSchema } from './runs.ts';

/** Models as things: where they come from, what they take of the disk, what was measured on them. */
const bytes = z.number().min(0);

/** Where a model comes from; what says nothing was trained here. `<run>/origin.json` for those that came back or along. */
export const modelOriginSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('trained') }),
  z.strictObject({
    from: z.literal('published'),
    source: z.string().describe('OWNER/NAME on the hub, or the name of a file or folder.'),
    title: z.string().describe('Family as people call it.'),
  }),
  z.strictObject({ from: z.literal('copied'), source: z.string().describe('Name of the folder.') }),
  z.strictObject({ from: z.literal('returned'), source: z.string().describe('Name of the folder.') }),
]);
export type ModelOrigin = z.infer<typeof modelOriginSchema>;

/** What was measured on a model, kept in `<run>/measurements.json`, the newest first. */
export const measurementsSchema = z.strictObject({
  evaluations: z.array(evaluationResultSchema.extend({ time: z.iso.datetime() })).default([]),
  distillations: z
    .array(distillationResultSchema.omit({ filters: true }).extend({ time: z.iso.datetime() }))
    .default([]),
});
export type Measurements = z.infer<typeof measurementsSchema>;

/** What the record of a run does not say of its model. */
const modelFactsSchema = z.strictObject({
  run: runNameSchema,
  bytes: bytes.describe('All files of the run.'),
  origin: modelOriginSchema,
  licence: z
    .strictObject({ name: z.string(), address: z.string().nullable() })
    .nullable()
    .describe('Of the model, or of the imported one whose weights it started from.'),
  tokenizer: z.strictObject({ name: z.string(), vocabulary: z.int() }).nullable(),
  measurements: measurementsSchema,
});
export type ModelFacts = z.infer<typeof modelFactsSchema>;

export const modelsViewSchema = z.strictObject({
  models: z.array(modelFactsSchema).describe('Runs that have a checkpoint.'),
  bytes: bytes.describe('All of them together.'),
  disk: z.strictObject({ available: bytes, total: bytes }).nullable().describe("The library's disk."),
});
export type ModelsView = z.infer<typeof modelsViewSchema>;

/** A published model that can be downloaded. */
const knownModelViewSchema = z.strictObject({
  id: z.string().describe('OWNER/NAME on the hub.'),
  family: z.enum(familyNames),
  title: z.string(),
  licence: z.string(),
  restricted: z.boolean().describe('Whether terms must be accepted.'),
  parameters: z.number(),
  bytes: bytes.describe('Of its weights.'),
  context: z.int(),
  memory: bytes.describe('To generate with the whole context.'),
  fits: z.boolean(),
});
export type KnownModelView = z.infer<typeof knownModelViewSchema>;
export const knownModelsSchema = z.array(knownModelViewSchema);

/** OWNER/NAME or OWNER/NAME@REVISION on the hub. */
export const hubNameSchema = z
  .string()
  .max(300)
  .regex(/^[\w.-]+\/[\w.-]+(?:@[\w./-]+)?$/);

/** What a model is imported from: something that a person chose, or a model of the hub. */
export const importSourceSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('grant'), grant: z.string().min(1) }),
  z.strictObject({ from: z.literal('hub'), name: hubNameSchema }),
]);
export type ImportSource = z.infer<typeof importSourceSchema>;

/** What a person asks for besides the source. */
export const importChoicesSchema = z.strictObject({
  name: newRunNameSchema.nullable().default(null),
  as: z.enum(familyNames).nullable().default(null),
  dtype: z.enum(weightTypes).nullable().default(null),
  filters: z.enum(['channel-major', 'order-major']).nullable().default(null),
  set: z.record(z.string(), z.unknown()).default({}).describe('Keys of the model that differ from the published ones.'),
});
export type ImportChoices = z.input<typeof importChoicesSchema>;

/** What an import would make. */
export const importPreviewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('published'), plan: importPlanSchema }),
  /** What this program saved: a run with its history, or a model without. */
  z.strictObject({
    kind: z.literal('own'),
    what: z.enum(['run', 'model']),
    name: z.string(),
    bytes,
    parameters: z.number().nullable(),
    context: z.int(),
    layers: z.string().describe('Pattern.'),
    n_layer: z.int(),
  }),
  /** A run that left to be trained elsewhere. */
  z.strictObject({ kind: z.literal('returning'), name: z.string(), step: z.int(), known: z.boolean() }),
]);
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** What a run can be exported as. */
export const exportTargets = ['huggingface', 'safari', 'torchrun', 'onnx'] as const;
export type ExportTarget = (typeof exportTargets)[number];

/** Whether a token for the hub is kept, and what the environment of the program says instead of the settings. */
export const externalSettingsSchema = z.strictObject({
  token: z.enum(['none', 'kept', 'environment']),
  hub: z.string().nullable().describe('Set by HYENA_HUB.'),
  python: z.string().nullable().describe('Set by HYENA_PYTHON.'),
});
export type ExternalSettings = z.infer<typeof externalSettingsSchema>;
