import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../backend.ts';
import { elementGroups, float, readsScaled, sizeOf, writes } from '../kernel.ts';
import { loadShader } from '../shader.ts';

const shader = loadShader(import.meta.dirname, 'widen.wgsl');

/** A copy in fp32 of a tensor that lies in f16, as its values are meant. */
export function widen(backend: WebGpuBackend, tensor: tf.TensorInfo): tf.TensorInfo {
  const count = sizeOf(tensor);
  const wide = backend.make(tensor.shape);
  backend.dispatch({
    ...{ shader, entry: 'widen', uniforms: [count, float(1 / backend.scaleOf(tensor))] },
    bindings: { 1: readsScaled(tensor), 2: writes(wide) },
    workgroups: elementGroups(count),
  });
  return wide;
}
