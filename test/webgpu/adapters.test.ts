import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { toEnglish } from '../../main/contract/message.ts';
import { listDevices, openDevice } from '../../worker/devices/index.ts';
import { openDawn } from '../../worker/devices/webgpu/dawn.ts';
import { findAdapters } from '../../worker/devices/webgpu.ts';

it('are listed by the names of their cards with their drivers, each once, and each can be opened', async () => {
  const [found, dawn] = [await findAdapters(), await openDawn()];
  if ('reason' in found || 'reason' in dawn) throw new Error('There is no adapter.');
  const names = found.adapters.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);

  for (const { name, driver } of found.adapters) {
    // By this name Dawn itself knows it.
    const alone = await dawn.start(`adapter=${name}`).requestAdapter();
    expect((alone as unknown as { info: { description: string } }).info.description).toBe(driver);
  }
  const listed = (await listDevices()).filter((device) => device.name.startsWith('webgpu'));
  expect(listed.length).toBe(names.length);
  for (const [index, { name, description }] of listed.entries()) {
    expect(toEnglish(description)).toContain(names[index]);
    expect((await openDevice(name)).device.description).toContain(names[index]);
  }
});

it('time what each kernel takes by a clock of their own, and compute the same meanwhile', async () => {
  const { device } = await openDevice('webgpu');
  if (!device.timeKernels) throw new Error('The adapter has no clock: SwiftShader and all known GPUs have one.');
  const work = async (size: number) => {
    const side = tf.ones([size, size]);
    const [product, sums] = [tf.matMul(side, side), tf.sum(tf.add(side, 1), 1)];
    return [(await product.data())[0], (await sums.data())[0]];
  };
  await work(64); // Makes the pipelines.
  let results: number[] = [];
  const started = performance.now();
  const small = await device.timeKernels(() => work(64));
  const large = await device.timeKernels(async () => (results = await work(512)));
  const elapsed = performance.now() - started;
  expect(results).toEqual([512, 1024]);
  const total = (times: typeof small) => times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  expect(total(small)).toBeGreaterThan(0);
  // 512 times the multiplications of the small one.
  expect(total(large)).toBeGreaterThan(5 * total(small));
  expect(total(small) + total(large)).toBeLessThan(elapsed);
  const [slowest] = large;
  expect(slowest.kernel).toMatch(/multiply/);
  expect(slowest.dispatches).toBeGreaterThan(0);
  expect(slowest.flops).toBe(2 * 512 ** 3);
});
