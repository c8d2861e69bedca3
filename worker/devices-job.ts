import type { DevicesResult } from '../main/contract/devices.ts';
import { automaticDevice, listDevices } from './devices/index.ts';

/** Tells every device there is, and which one `auto` takes and why. */
export async function runDevices(): Promise<DevicesResult> {
  const [devices, chosen] = await Promise.all([listDevices(), automaticDevice()]);
  return { devices, chosen: chosen?.name ?? null, reason: chosen?.reason ?? 'No device is available.' };
}
