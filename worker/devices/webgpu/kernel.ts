import * as tf from '@tensorflow/tfjs-core';
import type { BufferBinding, WebGpuBackend } from './backend.ts';

/** A kernel of the device: tensors in, tensors out, all on the GPU. */
export type GpuKernel = (
  backend: WebGpuBackend,
  inputs: tf.TensorInfo[],
  attributes: Record<string, unknown>,
) => tf.TensorInfo[];
export type GpuKernels = Readonly<Record<string, GpuKernel>>;

/** @param elements of the tensor that are used, where that is not all: 0 for one that only fills the binding */
export const reads = (tensor: tf.TensorInfo, elements?: number): BufferBinding => ({
  tensor,
  access: 'read',
  elements,
});
/** Of a kernel that takes care of what a tensor in f16 is stored times. */
export const readsScaled = (tensor: tf.TensorInfo, elements?: number): BufferBinding => ({
  ...reads(tensor, elements),
  scaled: true,
});
export const writes = (tensor: tf.TensorInfo, elements?: number): BufferBinding => ({
  tensor,
  access: 'write',
  elements,
});
export const updates = (tensor: tf.TensorInfo): BufferBinding => ({ tensor, access: 'update' });

export const elementsOf = ({ shape }: { shape: readonly number[] }): number => tf.util.sizeFromShape([...shape]);

/** Most workgroups along one axis of a dispatch, on every adapter. */
const widest = 65535;

/** `count` workgroups over two axes; a shader counts them as `x + y·(number of x)`. */
export function groups(count: number): [number, number, number] {
  if (count <= widest) return [Math.max(1, count), 1, 1];
  const y = Math.ceil(count / widest);
  return [Math.ceil(count / y), y, 1];
}

/** Threads of kernels that work on elements one by one. */
const elementThreads = 256;

/** Workgroups for `count` elements, one for each thread. */
export const elementGroups = (count: number): [number, number, number] => groups(Math.ceil(count / elementThreads));

/** How many threads add up a row of `width` numbers. */
export function rowThreads({ mostRowThreads }: WebGpuBackend, width: number): number {
  return Math.min(mostRowThreads, width <= 64 ? 64 : width <= 128 ? 128 : 256);
}
