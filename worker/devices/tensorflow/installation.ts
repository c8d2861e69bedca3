import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type SetUpDevice, setUpDeviceSchema } from '../../../main/contract/device-setup.ts';
import { processEnvironment, variable } from '../../../main/library/environment.ts';

/** What was set up, as its `setup.json` says; written last, so that where it is the rest is too. */
const installationSchema = z.strictObject({
  format: z.literal(1),
  device: setUpDeviceSchema,
  tensorflow: z.string().describe('Version of libtensorflow.'),
  source: z.string().describe('Source of libtensorflow.'),
  package: z.string().describe('Name and version of the npm package.'),
  time: z.iso.datetime(),
  kernels: z.int().min(0).describe('Number of kernels that the self-test ran.'),
  files: z
    .record(z.string(), z.int().min(0))
    .describe('Size of each file in bytes, by its path in the folder or its absolute path.'),
});
export type Installation = z.infer<typeof installationSchema>;

export const INSTALLATION_FILE = 'setup.json';

/** The folder of the devices that were set up: HYENA_DEVICES, which the host sets. Undefined where it did not. */
export function devicesFolder(environment: NodeJS.ProcessEnv = processEnvironment): string | undefined {
  const folder = variable('HYENA_DEVICES', environment);
  return folder === undefined || folder === '' ? undefined : path.resolve(folder);
}

/** Where a device is or would be set up. */
export function installationFolder(device: SetUpDevice): string | undefined {
  const folder = devicesFolder();
  return folder === undefined ? undefined : path.join(folder, device);
}

/** What is set up; undefined if nothing is, or a setup has not ended. */
export function findInstallation(device: SetUpDevice, folder = devicesFolder()): Installation | undefined {
  if (folder === undefined) return undefined;
  try {
    return installationSchema.parse(JSON.parse(readFileSync(path.join(folder, device, INSTALLATION_FILE), 'utf8')));
  } catch {
    return undefined;
  }
}
