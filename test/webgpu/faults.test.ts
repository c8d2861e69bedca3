import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDevice, type Device } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { reads, updates, writes } from '../../worker/devices/webgpu/kernel.ts';
import type { Shader } from '../../worker/devices/webgpu/shader.ts';
import { expectClose } from '../numerics/compare.ts';
import { valuesOf } from '../numerics/devices.ts';

let device: Device;
const backend = () => tf.backend() as WebGpuBackend;

/** A device that nothing has gone wrong on. */
beforeEach(async () => {
  if (tf.getBackend() === 'webgpu' && tf.engine().backendNames().includes('webgpu')) {
    try {
      backend().check();
    } catch {
      tf.removeBackend('webgpu');
    }
  }
  device = (await openDevice('webgpu')).device;
});

const shaderOf = (name: string, code: string): Shader => ({ name, files: [name], code });
const bindings = `
  struct Sizes { first: u32, second: f32 }
  @group(0) @binding(0) var<uniform> sizes: Sizes;
  @group(0) @binding(1) var<storage, read_write> x: array<f32>;`;

/** Runs a shader over a tensor of ones, in place. */
function runOn(shader: Shader, x: tf.TensorInfo): void {
  backend().dispatch({
    shader,
    entry: 'main',
    uniforms: { first: 1, second: 2 },
    bindings: { 1: updates(x) },
    workgroups: [1, 1, 1],
  });
}

describe('what goes wrong on the GPU is thrown', () => {
  it('for a shader that does not compile, and never zeros', async () => {
    const x = tf.ones([4]);
    runOn(shaderOf('broken', `${bindings} @compute @workgroup_size(4) fn main() { x[0] = nonsense; }`), x);
    await expect(x.data()).rejects.toMatchObject({ name: 'HyenaError', code: 'device' });
    // And for good: what was in the same batch of commands is void too.
    expect(() => tf.add(x, 1)).toThrow(expect.objectContaining({ code: 'device' }) as Error);
    await expect(tf.ones([2]).data()).rejects.toMatchObject({ code: 'device' });
  });

  it('for commands that are not valid', async () => {
    const [x, small] = [tf.ones([4]), tf.ones([1])];
    const shader = shaderOf('wide', `${bindings} @compute @workgroup_size(4) fn main() { x[0] = f32(sizes.first); }`);
    backend().dispatch({
      shader,
      entry: 'main',
      uniforms: { first: 1, second: 2 },
      bindings: { 1: updates(x), 7: reads(small) },
      workgroups: [1, 1, 1],
    });
    await expect(x.data()).rejects.toMatchObject({ code: 'device' });
  });

  it('for a tensor that is larger than the GPU allows', () => {
    const x = backend().make([1 << 16, 1 << 16]);
    const tensor = tf.engine().makeTensorFromTensorInfo(x);
    expect(() => tf.add(tensor, 1)).toThrow(expect.objectContaining({ code: 'out-of-memory' }) as Error);
    tensor.dispose();
  });

  it('for a device that is lost, at once and at every call after', async () => {
    const x = tf.ones([4]);
    expect(device.lost?.()).toBe(false);
    const reading = tf.add(x, 1).data();
    backend().device.destroy();
    await expect(reading).rejects.toMatchObject({ name: 'HyenaError', code: 'device' });
    expect(device.lost?.()).toBe(true);
    expect(() => tf.add(x, 1)).toThrow(/was lost/);
    // Opened again, it is another one that works.
    device = (await openDevice('webgpu')).device;
    expect(device.lost?.()).toBe(false);
    expect(Array.from((await valuesOf(tf.add(tf.ones([2]), 1))).data)).toEqual([2, 2]);
  });

  it('for a synchronous read, which would not end', () => {
    expect(() => tf.add(tf.ones([4]), 1).dataSync()).toThrow(expect.objectContaining({ code: 'internal' }) as Error);
  });
});

describe("faults of tfjs's backend stay away", () => {
  it('cumsum of lengths one after another, reversed and exclusive', async () => {
    for (const length of [5, 9, 4]) {
      const x = tf.range(1, length + 1);
      const values = Array.from({ length }, (_, i) => i + 1);
      for (const exclusive of [false, true]) {
        const forward = values.map((_, i) => values.slice(0, exclusive ? i : i + 1).reduce((a, b) => a + b, 0));
        const backward = values.map((_, i) => values.slice(exclusive ? i + 1 : i).reduce((a, b) => a + b, 0));
        expect(Array.from((await valuesOf(tf.cumsum(x, 0, exclusive, false))).data)).toEqual(forward);
        expect(Array.from((await valuesOf(tf.cumsum(x, 0, exclusive, true))).data)).toEqual(backward);
      }
    }
    const table = tf.reshape(tf.range(0, 12), [2, 3, 2]);
    expect(Array.from((await valuesOf(tf.cumsum(table, 1, false, true))).data)).toEqual([
      6, 9, 6, 8, 4, 5, 24, 27, 18, 20, 10, 11,
    ]);
  });

  it('sin and cos are right to the last bits', async () => {
    const angles = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 20);
    const x = tf.tensor1d(angles);
    for (const [name, run] of [
      ['sin', tf.sin],
      ['cos', tf.cos],
    ] as const) {
      const expected = { shape: [angles.length], data: Float64Array.from(angles, (angle) => Math[name](angle)) };
      expectClose(name, await valuesOf(run(x)), expected, 3e-7);
    }
    const odd = await valuesOf(tf.sin(tf.tensor1d([NaN, Infinity])));
    expect(Array.from(odd.data)).toEqual([NaN, NaN]);
  });

  it('what is read is not kept beside what kernels write in place', async () => {
    const shader = shaderOf(
      'twice',
      `${bindings} @compute @workgroup_size(4) fn main(@builtin(local_invocation_index) i: u32) { x[i] *= sizes.second; }`,
    );
    const x = tf.add(tf.ones([4]), 1);
    expect(Array.from(await x.data())).toEqual([2, 2, 2, 2]);
    runOn(shader, x);
    expect(Array.from(await x.data())).toEqual([4, 4, 4, 4]);
    expect(Array.from((await valuesOf(tf.mul(x, 3))).data)).toEqual([12, 12, 12, 12]);
  });

  it('sums of few long products are the same bits every time', async () => {
    const [a, b] = [tf.randomNormal([3, 5000], 0, 1, 'float32', 1), tf.randomNormal([5000, 3], 0, 1, 'float32', 2)];
    const first = await valuesOf(tf.matMul(a, b));
    expect(await valuesOf(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D))).toEqual(first);
  });

  it('unused buffers are given back', async () => {
    for (let megabytes = 50; megabytes < 60; megabytes++) {
      const x = tf.engine().makeTensorFromTensorInfo(backend().make([megabytes << 18]));
      await valuesOf(tf.slice(x, 0, 1));
      x.dispose();
    }
    await valuesOf(tf.add(tf.ones([1]), 1));
    expect(backend().memory().numBytesAllocatedInGPU).toBeLessThan(400 * 2 ** 20);
  });

  it('writes several outputs of a kernel', async () => {
    const code = `${bindings} @group(0) @binding(2) var<storage, read_write> y: array<f32>;
      @compute @workgroup_size(4) fn main(@builtin(local_invocation_index) i: u32) { x[i] = f32(sizes.first); y[i] = 6.0; }`;
    const [x, y] = [backend().make([4]), backend().make([4])];
    backend().dispatch({
      shader: shaderOf('both', code),
      entry: 'main',
      uniforms: { first: 5, second: 2 },
      bindings: { 1: writes(x), 2: writes(y) },
      workgroups: [1, 1, 1],
    });
    const read = async (info: tf.TensorInfo) => (await valuesOf(tf.engine().makeTensorFromTensorInfo(info))).data;
    expect([...(await read(x)), ...(await read(y))]).toEqual([5, 5, 5, 5, 6, 6, 6, 6]);
  });
});
