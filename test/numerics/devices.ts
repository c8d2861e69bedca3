import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { deviceKinds, openDevice, type Device } from '../../worker/devices/index.ts';

/** Devices that every machine has; one of them missing is a failure, not a skip. */
const always = ['reference', 'portable'];

/** Devices that HYENA_EXPECTED_DEVICES (names, comma-separated) says this machine must have besides. */
const expected = [...always, ...(process.env['HYENA_EXPECTED_DEVICES'] ?? '').split(',').filter(Boolean)];

/** HYENA_ONLY_DEVICES leaves out all others. */
const only = (process.env['HYENA_ONLY_DEVICES'] ?? '').split(',').filter(Boolean);

/**
 * Runs a suite once on every device that is available here. A device that is expected and not available fails.
 *
 * @param suite defines tests; the device is current when they run, and `device()` gives it. `slow`: it is one for tests,
 *   the reference or a GPU that the processor imitates, on which fewer and shorter texts must do
 */
export async function onEveryDevice(
  name: string,
  suite: (device: () => Device, deviceName: string, slow: boolean) => void,
): Promise<void> {
  for (const kind of deviceKinds) {
    if (only.length > 0 && !only.includes(kind.name)) continue;
    const finding = await kind.find();
    if (!finding.available && !expected.includes(kind.name)) continue;
    describe(`${name} on ${kind.name}`, () => {
      let device: Device;
      beforeAll(async () => {
        device = (await openDevice(kind.name)).device;
      });
      const imitated = finding.adapters?.every(({ software }) => software) ?? false;
      suite(() => device, kind.name, kind.testing === true || imitated);
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
