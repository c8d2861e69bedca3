import * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../../../worker/devices/webgpu/backend.ts';
import { listAdapters } from '../../../../worker/devices/webgpu/dawn.ts';

/** The backend on Dawn's null adapter, which takes commands, computes nothing and counts 512 MiB. */
export async function openNullAdapter(): Promise<WebGpuBackend> {
  const name = 'webgpu';
  const dawn = (await import(name)) as { create(options: string[]): GPU; globals: object };
  Object.assign(globalThis, dawn.globals);
  const [adapter] = await listAdapters((...options) => dawn.create(['backend=null', ...options]));
  // Files of tests share their modules: the memory that another has filled must not be this one's.
  if (tf.findBackend('webgpu')) tf.removeBackend('webgpu');
  const { openBackend } = await import('../../../../worker/devices/webgpu/register.ts');
  return openBackend(adapter);
}

/** The most bytes that are in the buffers of a backend at any time during some work. */
export async function peakBytes(backend: WebGpuBackend, work: () => Promise<unknown>): Promise<number> {
  const manager = backend.bufferManager;
  const acquire = manager.acquireBuffer.bind(manager);
  let most = backend.memory().numBytesInGPU;
  manager.acquireBuffer = (...call) => {
    const buffer = acquire(...call);
    most = Math.max(most, backend.memory().numBytesInGPU);
    return buffer;
  };
  try {
    await work();
  } finally {
    manager.acquireBuffer = acquire;
  }
  return most;
}
