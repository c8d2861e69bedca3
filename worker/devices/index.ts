import type { RunConfiguration } from '../../main/contract/configuration.ts';
import type { DeviceReport } from '../../main/contract/devices.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { toMessage, msg, type Message } from '../../main/contract/message.ts';
import { installedVersion } from '../process/program-version.ts';
import { ChoiceCache } from './choice-cache.ts';
import { chooseDevice, type Choice, type MeasureStep } from './choosing.ts';
import { cuda } from './cuda.ts';
import type { Device, DeviceAvailability, DeviceKind, Precision } from './device.ts';
import { kindNamed, splitDeviceName } from './device-names.ts';
import { native } from './native.ts';
import { portable } from './portable.ts';
import { reference } from './reference.ts';
import { tensorflow } from './tensorflow.ts';
import { torch } from './torch.ts';
import { devicesFolder } from './tensorflow/installation.ts';
import { webgpu } from './webgpu.ts';

export type { Device, DeviceKind, KernelTime } from './device.ts';

/** Every kind of device; of those on the CPU that `auto` takes, the fastest first. */
export const deviceKinds: readonly DeviceKind[] = [cuda, webgpu, torch, native, tensorflow, portable, reference];

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

function reportOf({
  available,
  description,
  hint,
  command,
}: DeviceAvailability): Omit<DeviceReport, 'name' | 'testing'> {
  return {
    ...{ available, description: toMessage(description) },
    ...(hint !== undefined && { hint: toMessage(hint) }),
    ...(command !== undefined && { command }),
  };
}

export interface ChosenDevice {
  readonly device: Device;
  /** Why this device, in a sentence. */
  readonly reason: Message;
}

/** What is to be trained and how a step of it is measured, or what was trained and is now used. */
export interface DeviceRequest {
  readonly configuration: RunConfiguration;
  readonly measure?: MeasureStep;
}

/** What `auto` takes here; null if there is no device. */
export function automaticDevice(intention?: DeviceRequest): Promise<Choice | null> {
  return chooseDevice({
    kinds: deviceKinds,
    configuration: intention?.configuration ?? null,
    memory: new ChoiceCache(devicesFolder()),
    measure: intention?.measure ?? null,
    version: installedVersion,
  });
}

/**
 * Opens a device and makes it the current one.
 *
 * @param name of the device, or `auto`: see {@link chooseDevice}
 * @param intention where it is about a model: a GPU then has to win, or to have won, a measurement
 * @param precision of matrix products; default: that of the training, `fp32` for all else
 * @throws HyenaError `not-found` for an unknown name, `device` if it is not available here
 */
export async function openDevice(
  name: string,
  intention?: DeviceRequest,
  precision: Precision = intention?.measure ? intention.configuration.training.precision : 'fp32',
): Promise<ChosenDevice> {
  if (name !== 'auto') {
    const kind = kindNamed(name, deviceKinds);
    const finding = await kind.find();
    if (!finding.available)
      throw new HyenaError('device', msg`Device '${name}' is not available: ${toMessage(finding.description)}.`, {
        hint: finding.hint,
        command: finding.command,
      });
    return { device: await kind.open(splitDeviceName(name)[1], precision), reason: msg`Selected by the user.` };
  }
  const choice = await automaticDevice(intention);
  if (!choice) throw new HyenaError('device', 'No device is available.');
  const device = await kindNamed(choice.name, deviceKinds).open(splitDeviceName(choice.name)[1], precision);
  return { device, reason: choice.reason };
}
