import { z } from 'zod';
import { messageSchema } from './message-schema.ts';

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
      "Folder, wheel or .tar.gz with libtensorflow; 'archive': the official archive; empty: the wheel from the Python package index.",
    ),
  binding: z.string().min(1).nullable().default(null).describe('npm package as a .tgz; empty: `npm pack`.'),
  cudaLibraries: z
    .enum(['auto', 'system', 'download'])
    .default('auto')
    .describe("auto: the system's if complete, otherwise NVIDIA's packages from the Python package index."),
});
export type DeviceSetup = z.infer<typeof deviceSetupSchema>;

const setupStages = ['look', 'download', 'unpack', 'build', 'test'] as const;

/** How far a setup is. */
export const setupEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(setupStages),
    what: messageSchema.describe('Description of the current work.'),
    done: z.number().min(0),
    total: z.number().min(0).nullable(),
    unit: z.enum(['bytes', 'files', 'checks']).nullable(),
  }),
  z.strictObject({ type: z.literal('note'), text: messageSchema }),
]);
export type SetupEvent = z.infer<typeof setupEventSchema>;

/** One thing that is fetched. */
const downloadPlanSchema = z.strictObject({
  what: messageSchema,
  bytes: z.number().nullable(),
});

export const setupResultSchema = z.strictObject({
  device: setUpDeviceSchema,
  action: z.enum(['install', 'plan', 'remove']),
  folder: z.string(),
  /** Whether it was there already and whole. */
  unchanged: z.boolean(),
  downloads: z.array(downloadPlanSchema).describe('Required downloads.'),
  diskBytes: z.number().describe('Approximate disk space after setup, in bytes.'),
  found: z.array(messageSchema).describe('Components found.'),
  missing: z.array(messageSchema).describe('Missing components and how to install them.'),
  tensorflow: z.string().nullable().describe('Version of libtensorflow.'),
  kernels: z.int().nullable().describe('Number of kernels that the self-test ran.'),
});
export type SetupResult = z.infer<typeof setupResultSchema>;
