import type { JobResult } from '../../main/contract/jobs.ts';
import { toMessage } from '../../main/contract/message.ts';
import { automaticDevice, listDevices } from './index.ts';

/** Reports every device there is, and which one `auto` takes and why. */
export async function runDevices(): Promise<JobResult<'devices'>> {
  const [devices, chosen] = await Promise.all([listDevices(), automaticDevice()]);
  return { devices, chosen: chosen?.name ?? null, reason: chosen?.reason ?? toMessage('No device is available.') };
}
