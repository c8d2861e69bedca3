import type * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../backend.ts';
import type { NativeType } from '../calls/device.ts';

/** A tfjs kernel as this device writes them. Inputs are in the order in which tfjs names them. */
export type Kernel = (backend: NativeBackend, inputs: tf.TensorInfo[], attributes: KernelAttributes) => KernelResult;
type KernelResult = tf.TensorInfo | tf.TensorInfo[];
export type KernelAttributes = Record<string, unknown>;
/** Kernels by the name under which tfjs calls them. */
export type Kernels = Record<string, Kernel>;

export const shapeSize = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Elements from one index of each dimension to the next, row-major. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/** The tensor as another type: itself, counted once more, where it has that type. Discard it after use. */
export function asType(backend: NativeBackend, x: tf.TensorInfo, dtype: NativeType): tf.TensorInfo {
  if (x.dtype === dtype) return backend.share(x, x.shape);
  const y = backend.make(x.shape, dtype);
  backend.addon.cast(backend.handles({ x, y }));
  return y;
}

/** Calls `compute` with the tensor as another type, and discards what was made for it. */
export function withType<T>(
  backend: NativeBackend,
  x: tf.TensorInfo,
  dtype: NativeType,
  compute: (converted: tf.TensorInfo) => T,
): T {
  const converted = asType(backend, x, dtype);
  try {
    return compute(converted);
  } finally {
    backend.discard(converted);
  }
}
