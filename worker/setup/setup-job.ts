import type { SetupResult } from '../../main/contract/device-setup.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { devicesFolder } from '../devices/tensorflow/installation.ts';
import type { JobContext } from '../process/job-context.ts';
import { DeviceInstaller } from './install.ts';

/** Sets up a device, tells what that would take, or removes it. */
export async function runSetup(
  { setup }: Job<'setup-device'>,
  context: JobContext<JobEvent<'setup-device'>>,
): Promise<SetupResult> {
  const folder = devicesFolder();
  if (folder === undefined) throw new HyenaError('internal', 'HYENA_DEVICES is not set.');
  return await new DeviceInstaller(setup, folder, context).run();
}
