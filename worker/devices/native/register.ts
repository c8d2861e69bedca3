import * as tf from '@tensorflow/tfjs-core';
import { nativeAdamW } from '../../ops/adamw/native.ts';
import { nativeCrossEntropy } from '../../ops/cross-entropy/native.ts';
import { nativeDropout } from '../../ops/dropout/native.ts';
import { nativeEmbedding } from '../../ops/embedding/native.ts';
import { nativeHyenaExtension } from '../../ops/hyena-extension/native.ts';
import { nativeHyenaRecurrence } from '../../ops/hyena-recurrence/native.ts';
import { nativeImplicitFilter } from '../../ops/implicit-filter/native.ts';
import { registerOperations } from '../../ops/index.ts';
import { nativeLayerNorm } from '../../ops/layer-norm/native.ts';
import { nativeLinear } from '../../ops/linear/native.ts';
import { nativeLongConvolution } from '../../ops/long-convolution/native.ts';
import { nativeMlp } from '../../ops/mlp/native.ts';
import { nativeResidualLayerNorm } from '../../ops/residual-layer-norm/native.ts';
import { openAddon } from './addon.ts';
import { NativeBackend } from './backend.ts';
import { elementwise } from './kernels/elementwise.ts';
import type { Kernel, Kernels } from './kernels/kernel.ts';
import { matrices } from './kernels/matrices.ts';
import { movement } from './kernels/movement.ts';
import { reductions } from './kernels/reductions.ts';

export const backendName = 'native';

const operations: Kernels = {
  ...nativeAdamW,
  ...nativeCrossEntropy,
  ...nativeDropout,
  ...nativeEmbedding,
  ...nativeHyenaExtension,
  ...nativeHyenaRecurrence,
  ...nativeImplicitFilter,
  ...nativeLayerNorm,
  ...nativeLinear,
  ...nativeLongConvolution,
  ...nativeMlp,
  ...nativeResidualLayerNorm,
};

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
    Object.fromEntries(Object.entries(operations).map(([name, kernel]) => [name, kernelFunction(kernel)])),
  );
}
