import type { RunConfiguration } from '../../main/contract/configuration.ts';
import type { DeviceReport } from '../../main/contract/devices.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { asTold, english, told, type Told } from '../../main/contract/told.ts';
import type { Precision } from '../ops/index.ts';
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

export type { Device, DeviceKind, Finding, KernelTime } from './device.ts';

/** Every kind of device; of those on the processor that `auto` takes, the fastest first. */
export const deviceKinds: readonly DeviceKind[] = [cuda, webgpu, native, tensorflow, portable, reference];

/** What `hyena devices` shows: each kind and card, what was looked for and found, what to do where it is missing. */
export async function listDevices(kinds = deviceKinds): Promise<DeviceReport[]> {
  const reports = await Promise.all(
    kinds.map(async (kind): Promise<DeviceReport[]> => {
      const { adapters = [], ...finding } = await kind.find();
      const testing = kind.testing ?? false;
      if (adapters.length < 2) return [{ name: kind.name, testing, ...reportOf(finding) }];
      return adapters.map(({ name, description }) => ({ name, testing, ...reportOf({ ...finding, description }) }));
    }),
  );
  return reports.flat();
}

/** A finding as programs get it, and as it is translated where it has values. */
function reportOf({ available, description, hint }: Finding): Omit<DeviceReport, 'name' | 'testing'> {
  return {
    ...{ available, description: english(description) },
    ...(hint !== undefined && { hint: english(hint) }),
    told: { description: asTold(description), ...(hint !== undefined && { hint: asTold(hint) }) },
  };
}

export interface ChosenDevice {
  readonly device: Device;
  /** Why this device, in a sentence. */
  readonly reason: Told;
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
 * @param precision of matrix products; default: that of the training, `fp32` for all else
 * @throws HyenaError `not-found` for an unknown name, `device` where it is not available here
 */
export async function openDevice(
  name: string,
  intention?: Intention,
  precision: Precision = intention?.measure ? intention.configuration.training.precision : 'fp32',
): Promise<ChosenDevice> {
  if (name !== 'auto') {
    const kind = kindNamed(name, deviceKinds);
    const finding = await kind.find();
    if (!finding.available)
      throw new HyenaError('device', told`The device '${name}' is not available: ${asTold(finding.description)}.`, {
        hint: finding.hint,
      });
    return { device: await kind.open(splitDeviceName(name)[1], precision), reason: told`It was asked for.` };
  }
  const choice = await automaticDevice(intention);
  if (!choice) throw new HyenaError('device', 'No device is available.');
  const device = await kindNamed(choice.name, deviceKinds).open(splitDeviceName(choice.name)[1], precision);
  return { device, reason: choice.reason };
}
