import * as tf from '@tensorflow/tfjs-core';
import { elementGroups, type GpuKernel, type GpuKernels, reads, elementsOf, writes } from '../kernel.ts';
import { loadShader } from '../shader.ts';

const shader = loadShader(import.meta.dirname, 'sine.wgsl', 'elementwise.wgsl');

const unary =
  (entry: 'sine' | 'cosine'): GpuKernel =>
  (backend, [x]) => {
    const count = elementsOf(x);
    if (count === 0) return [backend.makeTensorInfo(x.shape, 'float32', new Float32Array(0))];
    const y = backend.make(x.shape);
    backend.dispatch({
      ...{
        shader,
        entry,
        uniforms: { count, length: 0, inner: 0, reversed: 0, exclusive: 0 },
        workgroups: elementGroups(count),
        flops: 25 * count,
      },
      bindings: { 1: reads(x), 2: writes(y) },
    });
    return [y];
  };

/**
 * Kernels of tfjs's that are wrong, or not right enough, on WebGPU: sin and cos are as rough as the driver likes (2e-4),
 * and cumsum keeps the length of one tensor for the next.
 */
export const webgpuElementwise: GpuKernels = {
  Sin: unary('sine'),
  Cos: unary('cosine'),

  Cumsum(backend, [x], { axis, exclusive, reverse }) {
    if (x.dtype !== 'float32') {
      const floats = tf.cast(x as tf.Tensor, 'float32');
      return [tf.cast(tf.cumsum(floats, axis as number, exclusive as boolean, reverse as boolean), x.dtype)];
    }
    const along = tf.util.parseAxisParam(axis as number, x.shape)[0];
    const length = x.shape[along];
    const inner = elementsOf({ shape: x.shape.slice(along + 1) });
    const lines = elementsOf(x) / Math.max(1, length);
    if (elementsOf(x) === 0) return [backend.makeTensorInfo(x.shape, 'float32', new Float32Array(0))];
    const y = backend.make(x.shape);
    backend.dispatch({
      ...{ shader, entry: 'cumulative_sum', workgroups: elementGroups(lines) },
      uniforms: { count: lines, length, inner, reversed: Number(reverse), exclusive: Number(exclusive) },
      bindings: { 1: reads(x), 2: writes(y) },
    });
    return [y];
  },
};
