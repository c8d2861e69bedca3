import type { DevicesResult } from '../main/contract/devices.ts';
import { listDevices } from './devices/index.ts';

/** Tells every device there is, and which one `auto` takes: the first available one that is not for tests. */
export async function runDevices(): Promise<DevicesResult> {
  const devices = await listDevices();
  const chosen = devices.find(({ available, testing }) => available && !testing);
  return {
    devices,
    chosen: chosen?.name ?? null,
    reason: chosen ? 'It is the fastest one that is available.' : 'No device is available.',
  };
}
