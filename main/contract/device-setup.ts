import { z } from 'zod';
import { toldSchema } from './told.ts';

/** Devices that `hyena setup` makes. */
export const setUpDevices = ['cuda', 'tensorflow'] as const;
export const setUpDeviceSchema = z.enum(setUpDevices);
export type SetUpDevice = z.infer<typeof setUpDeviceSchema>;

/** How a device is set up; what is left out is found or downloaded. */
export const deviceSetupSchema = z.strictObject({
  device: setUpDeviceSchema,
  /** plan: only tell what would be done. remove: delete what was set up. */
  action: z.enum(['install', 'plan', 'remove']).default('install'),
  library: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "Folder, wheel or .tar.gz with libtensorflow; 'archive': the official archive; empty: the wheel of the Python package index.",
    ),
  binding: z.string().min(1).nullable().default(null).describe('The npm package as a .tgz; empty: `npm pack`.'),
  cudaLibraries: z
    .enum(['auto', 'system', 'download'])
    .default('auto')
    .describe("auto: the system's where they are complete, else NVIDIA's packages of the Python package index."),
});
export type DeviceSetup = z.infer<typeof deviceSetupSchema>;

export const setupStages = ['look', 'download', 'unpack', 'build', 'test'] as const;

/** How far a setup is. */
export const setupEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(setupStages),
    what: z.string().describe('What is worked on, in words.'),
    told: toldSchema.optional().describe('The same, as it is translated.'),
    done: z.number().min(0),
    total: z.number().min(0).nullable(),
    unit: z.enum(['bytes', 'files', 'checks']).nullable(),
  }),
  z.strictObject({ type: z.literal('note'), text: z.string(), told: toldSchema.optional() }),
]);
export type SetupEvent = z.infer<typeof setupEventSchema>;

/** One thing that is fetched. */
export const downloadPlanSchema = z.strictObject({
  what: z.string(),
  told: toldSchema.optional(),
  bytes: z.number().nullable(),
});

export const setupResultSchema = z.strictObject({
  device: setUpDeviceSchema,
  action: z.enum(['install', 'plan', 'remove']),
  folder: z.string(),
  /** Whether it was there already and whole. */
  unchanged: z.boolean(),
  downloads: z.array(downloadPlanSchema).describe('What is fetched, or would be.'),
  diskBytes: z.number().describe('What it takes on the disk in the end, about.'),
  found: z.array(z.string()).describe('What was looked for and found, in words.'),
  missing: z.array(z.string()).describe('What is missing, in words, and what to do.'),
  told: z
    .strictObject({ found: z.array(toldSchema), missing: z.array(toldSchema) })
    .optional()
    .describe('Both, as they are translated.'),
  tensorflow: z.string().nullable().describe('Version of libtensorflow.'),
  kernels: z.int().nullable().describe('Kernels that the self-test ran.'),
});
export type SetupResult = z.infer<typeof setupResultSchema>;
