import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { WebGpuBackend } from '../../../worker/devices/webgpu/backend.ts';
import { listAdapters } from '../../../worker/devices/webgpu/dawn.ts';

it('a GPU whose memory is full says so, and what would help', async () => {
  const name = 'webgpu';
  const dawn = (await import(name)) as { create(options: string[]): GPU; globals: object };
  Object.assign(globalThis, dawn.globals);
  const { openBackend } = await import('../../../worker/devices/webgpu/register.ts');
  // Dawn's null adapter computes nothing, but counts 512 MiB.
  const [adapter] = await listAdapters((...options) => dawn.create(['backend=null', ...options]));
  const backend: WebGpuBackend = await openBackend(adapter);
  const fill = () => {
    for (let count = 0; count < 20; count++) backend.uploadToGPU(backend.make([1 << 24]).dataId);
    tf.add(tf.ones([2]), 1);
  };
  expect(fill).toThrow(
    expect.objectContaining({ code: 'out-of-memory', hint: expect.stringMatching(/smaller batch/) as string }) as Error,
  );
});
