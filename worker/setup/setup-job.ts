import type { SetupResult } from '../../main/contract/device-setup.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { devicesFolder } from '../devices/tensorflow/installation.ts';
import type { JobContext } from '../job-context.ts';
import { DeviceInstaller } from './install.ts';

/** Sets up a device, tells what that would take, or removes it. */
export async function runSetup(
  { setup }: Extract<Job, { kind: 'setup-device' }>,
  context: JobContext,
): Promise<SetupResult> {
  const folder = devicesFolder();
  if (folder === undefined) throw new HyenaError('internal', 'HYENA_DEVICES does not say where devices are set up.');
  return await new DeviceInstaller(setup, folder, context).run();
}
