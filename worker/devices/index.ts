import type { RunConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { programVersion } from '../program-version.ts';
import { ChoiceMemory } from './choice-memory.ts';
import { chooseDevice, type Choice, type MeasureStep } from './choosing.ts';
import { cuda } from './cuda.ts';
import type { Device, DeviceKind, Finding } from './device.ts';
import { kindNamed, splitDeviceName } from './device-names.ts';
import { native } from './native.ts';
import { portable } from './portable.ts';
import { reference } from './reference.ts';
import { tensorflow } from './tensorflow.ts';
import { devicesFolder } from './tensorflow/installation.ts';
import { webgpu } from './webgpu.ts';

export type { Device, DeviceKind, Finding } from './device.ts';

/** Every kind of device; of those on the processor that `auto` takes, the fastest first. */
export const deviceKinds: readonly DeviceKind[] = [cuda, webgpu, native, tensorflow, portable, reference];

export interface DeviceReport extends Finding {
  readonly name: string;
  readonly testing: boolean;
}

/** What `hyena devices` shows: each kind and card, what was looked for and found, what to do where it is missing. */
export async function listDevices(kinds = deviceKinds): Promise<DeviceReport[]> {
  const reports = await Promise.all(
    kinds.map(async (kind): Promise<DeviceReport[]> => {
      const { adapters = [], ...finding } = await kind.find();
      const testing = kind.testing ?? false;
      if (adapters.length < 2) return [{ name: kind.name, testing, ...finding }];
      return adapters.map(({ name, description }) => ({ name, testing, ...finding, description }));
    }),
  );
  return reports.flat();
}

export interface ChosenDevice {
  readonly device: Device;
  /** Why this device, in a sentence. */
  readonly reason: string;
}

/** What is to be trained and how a step of it is measured, or what was trained and is now used. */
export interface Intention {
  readonly configuration: RunConfiguration;
  readonly measure?: MeasureStep;
}

/** What `auto` takes here; null where there is no device. */
export function automaticDevice(intention?: Intention): Promise<Choice | null> {
  return chooseDevice({
    kinds: deviceKinds,
    configuration: intention?.configuration ?? null,
    memory: new ChoiceMemory(devicesFolder()),
    measure: intention?.measure ?? null,
    version: programVersion,
  });
}

/**
 * Opens a device and makes it the current one.
 *
 * @param name of the device, or `auto`: see {@link chooseDevice}
 * @param intention where it is about a model: a GPU then has to win, or to have won, a measurement
 * @throws HyenaError `not-found` for an unknown name, `device` where it is not available here
 */
export async function openDevice(name: string, intention?: Intention): Promise<ChosenDevice> {
  if (name !== 'auto') {
    const kind = kindNamed(name, deviceKinds);
    const finding = await kind.find();
    if (!finding.available)
      throw new HyenaError('device', `The device '${name}' is not available: ${finding.description}.`, {
        hint: finding.hint,
      });
    return { device: await kind.open(splitDeviceName(name)[1]), reason: 'It was asked for.' };
  }
  const choice = await automaticDevice(intention);
  if (!choice) throw new HyenaError('device', 'No device is available.');
  const device = await kindNamed(choice.name, deviceKinds).open(splitDeviceName(choice.name)[1]);
  return { device, reason: choice.reason };
}
