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

/** Kernels that read packed weights as they are, or only pass them on; all others are given them as fp32. */
const readsPacked: ReadonlySet<string> = new Set([
  ...[
    'Linear',
    'LinearBackward',
    'Mlp',
    'MlpBackward',
    'AdaptedMlp',
    'AdaptedMlpBackward',
    'Embedding',
    'CrossEntropy',
    'BatchMatMul',
  ],
  ...['Identity', 'Reshape'],
]);

/** A kernel as tfjs calls it. */
function kernelFunction(name: string, kernel: Kernel): tf.KernelFunc {
  const compute: tf.KernelFunc = ({ inputs, backend, attrs }) =>
    kernel(backend as NativeBackend, Object.values(inputs) as tf.TensorInfo[], attrs ?? {});
  return readsPacked.has(name) ? compute : (call) => withWidened(call, compute);
}

/** Calls a kernel with fp32 tensors in place of packed weights. */
function withWidened(call: Parameters<tf.KernelFunc>[0], compute: tf.KernelFunc): ReturnType<tf.KernelFunc> {
  const backend = call.backend as NativeBackend;
  const packed = Object.entries(call.inputs).filter(([, tensor]) => isOne(tensor) && backend.isPacked(tensor));
  if (packed.length === 0) return compute(call);
  const widened = packed.map(([name, tensor]) => [name, backend.widened(tensor as tf.TensorInfo)] as const);
  try {
    return compute({ ...call, inputs: { ...call.inputs, ...Object.fromEntries(widened) } });
  } finally {
    for (const [, tensor] of widened) backend.discard(tensor);
  }
}

const isOne = (input: tf.TensorInfo | tf.TensorInfo[] | undefined): input is tf.TensorInfo =>
  input !== undefined && !Array.isArray(input);

let registered = false;

/** Registers the backend and all kernels with tfjs; the addon is opened when the backend is first used. */
export function registerNative(): void {
  if (registered) return;
  registered = true;
  tf.registerBackend(backendName, () => new NativeBackend(openAddon()), 10);
  for (const [kernelName, kernel] of Object.entries({ ...elementwise, ...matrices, ...movement, ...reductions }))
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernelFunction(kernelName, kernel) });
  registerOperations(
    backendName,
    Object.fromEntries(Object.entries(nativeOperations).map(([name, kernel]) => [name, kernelFunction(name, kernel)])),
  );
}
