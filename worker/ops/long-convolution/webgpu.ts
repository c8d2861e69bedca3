import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { type GpuKernels, elementsOf } from '../../devices/webgpu/kernel.ts';
import { sumOfRows } from '../../devices/webgpu/kernels/sums.ts';
import { convolveOnGpu, filterGradientOnGpu, type RowsShape } from './webgpu-rows.ts';

/** A tensor for gradients of filters, zero where the taps are more than the positions and so touch nothing. */
export function tapGradients(backend: WebGpuBackend, h: tf.TensorInfo, length: number): tf.TensorInfo {
  const all = h.shape[1] <= length;
  return all ? backend.make(h.shape) : backend.makeTensorInfo(h.shape, 'float32', new Float32Array(elementsOf(h)));
}

/** By our own transforms whatever `algorithm` says: products with Fourier matrices need matrix units. */
export const webgpuLongConvolution: GpuKernels = {
  LongConvolution(backend, [u, h, skip]) {
    const [channels, batch, length] = u.shape;
    const y = backend.makeLike(u);
    const filters = { tensor: h, taps: h.shape[1] };
    convolveOnGpu(backend, { channels, batch, length, input: { tensor: u }, filters, skip, out: y });
    return [y];
  },

  LongConvolutionBackward(backend, [dy, u, h, skip]) {
    const [channels, batch, length] = u.shape;
    const shape: RowsShape = { channels, batch, length };
    const taps = h.shape[1];
    const du = backend.makeLike(dy);
    const gradient = { tensor: dy };
    convolveOnGpu(backend, {
      ...{ ...shape, input: gradient, filters: { tensor: h, taps }, skip, reversed: true, out: du },
    });
    const dh = tapGradients(backend, h, length);
    filterGradientOnGpu(backend, { ...shape, dy: gradient, input: { tensor: u }, out: { tensor: dh, taps } });
    return [du, dh, sumOfRows(backend, dy, channels, batch * length, u)];
  },
};
