import * as tf from '@tensorflow/tfjs-core';
import { registerOperations } from '../../ops/index.ts';
import { webgpuOperations } from '../../ops/webgpu.ts';
import { WebGpuBackend } from './backend.ts';
import { type Adapter, requestDevice } from './dawn.ts';
import type { GpuKernel } from './kernel.ts';
import { webgpuElementwise } from './kernels/elementwise.ts';
import { webgpuMatrixProducts } from './kernels/matrix-product.ts';
import { chooseMatrixUnits } from './kernels/matrix-units.ts';

export const backendName = 'webgpu';

/** A kernel as tfjs calls it. */
function kernelFunction(kernel: GpuKernel, single: boolean): tf.KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const outputs = kernel(backend as WebGpuBackend, Object.values(inputs) as tf.TensorInfo[], attrs ?? {});
    return single ? outputs[0] : outputs;
  };
}

let registered = false;

function registerKernels(): void {
  if (registered) return;
  registered = true;
  // Small tensors would otherwise be computed on the CPU, by kernels that this project does not know.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  for (const [kernelName, kernel] of Object.entries({ ...webgpuElementwise, ...webgpuMatrixProducts })) {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernelFunction(kernel, true) });
  }
  registerOperations(
    backendName,
    Object.fromEntries(Object.entries(webgpuOperations).map(([name, kernel]) => [name, kernelFunction(kernel, false)])),
  );
}

/**
 * Opens the adapter and makes its backend the current one. If it is open it is taken as it is, unless it is lost; another
 * one is closed, and what its tensors held is gone.
 *
 * @throws HyenaError `device`
 */
export async function openBackend(adapter: Adapter): Promise<WebGpuBackend> {
  registerKernels();
  const open = tf.findBackend(backendName) as WebGpuBackend | null;
  const same = open?.adapter.name === adapter.name && open.adapter.vendor === adapter.vendor;
  if (open && same && !open.lost) {
    await tf.setBackend(backendName);
    return open;
  }
  if (open) tf.removeBackend(backendName);
  const backend = await withGpu(adapter);
  tf.registerBackend(backendName, () => backend, 1);
  await tf.setBackend(backendName);
  await chooseMatrixUnits(backend);
  return backend;
}

/** tfjs looks for `navigator.gpu` when a backend is made; it is there no longer than that. */
async function withGpu(adapter: Adapter): Promise<WebGpuBackend> {
  const device = await requestDevice(adapter);
  const scope = globalThis as { navigator?: object };
  const own = scope.navigator === undefined;
  if (own) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  const navigator = scope.navigator!;
  Object.defineProperty(navigator, 'gpu', { value: {}, configurable: true });
  try {
    return new WebGpuBackend(device, adapter);
  } finally {
    delete (navigator as { gpu?: object }).gpu;
    if (own) delete scope.navigator;
  }
}
