import * as tf from '@tensorflow/tfjs-core';
import { registerOperations } from '../../ops/index.ts';
import { nativeOperations } from '../../ops/native.ts';
import { openAddon } from './addon.ts';
import { NativeBackend } from './backend.ts';
import { elementwise } from './kernels/elementwise.ts';
import type { Kernel } from './kernels/kernel.ts';
import { matrices } from './kernels/matrices.ts';
import { movement } from './kernels/movement.ts';
import { reductions } from './kernels/reductions.ts';

export const backendName = 'native';

/** A kernel as tfjs calls it. */
function kernelFunction(kernel: Kernel): tf.KernelFunc {
  return ({ inputs, backend, attrs }) =>
    kernel(backend as NativeBackend, Object.values(inputs) as tf.TensorInfo[], attrs ?? {});
}

let registered = false;

/** Registers the backend and all kernels with tfjs; the addon is opened when the backend is first used. */
export function registerNative(): void {
  if (registered) return;
  registered = true;
  tf.registerBackend(backendName, () => new NativeBackend(openAddon()), 10);
  for (const [kernelName, kernel] of Object.entries({ ...elementwise, ...matrices, ...movement, ...reductions }))
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernelFunction(kernel) });
  registerOperations(
    backendName,
    Object.fromEntries(Object.entries(nativeOperations).map(([name, kernel]) => [name, kernelFunction(kernel)])),
  );
}
