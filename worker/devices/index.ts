import { HyenaError } from '../../main/contract/errors.ts';
import type { Device, DeviceKind, Finding } from './device.ts';
import { native } from './native.ts';
import { portable } from './portable.ts';
import { reference } from './reference.ts';
import { tensorflow } from './tensorflow.ts';
import { webgpu } from './webgpu.ts';

export type { Device, DeviceKind, Finding } from './device.ts';

/** Every kind of device, the fastest first: the order in which `auto` chooses. */
export const deviceKinds: readonly DeviceKind[] = [native, tensorflow, portable, reference, webgpu];

export interface DeviceReport extends Finding {
  readonly name: string;
  readonly testing: boolean;
}

/** What `hyena devices` shows: each kind, what was looked for, what was found, what to do where it is missing. */
export async function listDevices(): Promise<DeviceReport[]> {
  return Promise.all(
    deviceKinds.map(async (kind) => ({ name: kind.name, testing: kind.testing ?? false, ...(await kind.find()) })),
  );
}

export interface ChosenDevice {
  readonly device: Device;
  /** Why this device, in a sentence. */
  readonly reason: string;
}

/**
 * Opens a device and makes it the current one.
 *
 * @param name of the device, or `auto`: the first available one of {@link deviceKinds}
 * @throws HyenaError `not-found` for an unknown name, `device` where it is not available here
 */
export async function openDevice(name: string): Promise<ChosenDevice> {
  if (name !== 'auto') {
    const kind = deviceKinds.find((candidate) => candidate.name === name);
    if (!kind)
      throw new HyenaError('not-found', `There is no device named '${name}'.`, {
        hint: `Use auto, or one of: ${deviceKinds.map((known) => known.name).join(', ')}.`,
      });
    const finding = await kind.find();
    if (!finding.available)
      throw new HyenaError('device', `The device '${name}' is not available: ${finding.description}.`, {
        hint: finding.hint,
      });
    return { device: await kind.open(), reason: 'It was asked for.' };
  }
  const missing: string[] = [];
  for (const kind of deviceKinds.filter(({ testing, automatic }) => !testing && automatic !== false)) {
    const finding = await kind.find();
    if (!finding.available) {
      missing.push(`${kind.name}: ${finding.description}`);
      continue;
    }
    if (finding.automatic === false) continue;
    const others = missing.length > 0 ? ` Not available: ${missing.join('; ')}.` : '';
    return { device: await kind.open(), reason: `It is the fastest device here.${others}` };
  }
  throw new HyenaError('device', `No device is available: ${missing.join('; ')}.`);
}
