import type { DevicesResult } from '../main/contract/devices.ts';
import { asTold, english } from '../main/contract/told.ts';
import { automaticDevice, listDevices } from './devices/index.ts';

/** Tells every device there is, and which one `auto` takes and why. */
export async function runDevices(): Promise<DevicesResult> {
  const [devices, chosen] = await Promise.all([listDevices(), automaticDevice()]);
  const told = chosen?.reason ?? asTold('No device is available.');
  return { devices, chosen: chosen?.name ?? null, reason: english(told), told };
}
