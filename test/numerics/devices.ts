import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { deviceKinds, openDevice, type Device } from '../../worker/devices/index.ts';

/** Devices that every machine has; one of them missing is a failure, not a skip. */
const always = ['reference', 'portable'];

/**
 * The devices that a variable of the environment names, separated by commas.
 *
 * @throws where a name is not that of a device: a suite that runs on none of its devices would be green
 */
export function devicesNamedBy(
  variable: string,
  known: readonly string[] = deviceKinds.map(({ name }) => name),
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  const names = (environment[variable] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`${variable} names ${unknown.join(', ')}; the devices are ${known.join(', ')}.`);
  return names;
}

/** Devices that HYENA_EXPECTED_DEVICES says this machine must have besides. */
const expected = [...always, ...devicesNamedBy('HYENA_EXPECTED_DEVICES')];

/** HYENA_ONLY_DEVICES leaves out all others; each of those that are named must be there. */
const only = devicesNamedBy('HYENA_ONLY_DEVICES');

/**
 * Runs a suite once on every device that is available here. One that is absent is reported as skipped; one that is
 * expected and absent fails.
 *
 * @param suite defines tests; the device is current when they run, and `device()` gives it. `slow`: it computes by small
 *   operations, one by one, so that fewer and shorter texts must do: the reference, TensorFlow, a software adapter;
 *   `fewModels`: one model for each mixer must do, since native or a GPU, whose kernels differ most, has all of them
 */
export async function onEveryDevice(
  name: string,
  suite: (device: () => Device, deviceName: string, slow: boolean, fewModels: boolean) => void,
): Promise<void> {
  for (const kind of deviceKinds) {
    if (only.length > 0 && !only.includes(kind.name)) continue;
    // It trains in a program of Python, which `npm test -- torch` checks; all else on it is the processor's own device.
    if (kind.name === 'torch') continue;
    const finding = await kind.find();
    if (!finding.available && !expected.includes(kind.name) && !only.includes(kind.name)) {
      // The report lists it, so that nobody takes the suite for one that ran there.
      describe.skip(`${name} on ${kind.name}`, () => it('needs a device that this machine lacks', () => undefined));
      continue;
    }
    describe(`${name} on ${kind.name}`, () => {
      let device: Device;
      beforeAll(async () => {
        device = (await openDevice(kind.name)).device;
      });
      const isSoftware = finding.adapters?.every(({ software }) => software) ?? false;
      const slow = kind.testing === true || isSoftware || kind.name === 'tensorflow';
      suite(() => device, kind.name, slow, slow || kind.name === 'portable');
    });
  }
  it('knows every device that is expected', () => {
    expect(deviceKinds.map((kind) => kind.name)).toEqual(expect.arrayContaining(expected));
  });
}

/** Values and shape of a tensor, which is disposed of. */
export async function valuesOf(tensor: tf.Tensor): Promise<{ shape: number[]; data: Float32Array }> {
  const data = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return { shape: tensor.shape, data };
}
