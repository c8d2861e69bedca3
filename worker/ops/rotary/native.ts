import type * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../../devices/native/backend.ts';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import type { RotaryAttributes } from './composed.ts';

function turn(backend: NativeBackend, x: tf.TensorInfo, attributes: KernelAttributes, back: boolean): tf.TensorInfo {
  const { heads, base, interpolation, offset } = attributes as unknown as RotaryAttributes;
  const [batch, length, width] = x.shape;
  const y = backend.make(x.shape, 'float32');
  const sizes = { batch, length, heads, headDim: width / heads };
  backend.addon.rotary({ ...backend.handles({ x, y }), ...sizes, offset, base, interpolation, back });
  return y;
}

export const nativeRotary: Kernels = {
  Rotary: (backend, [x], attributes) => turn(backend, x, attributes, false),
  RotaryBackward: (backend, [dy], attributes) => [turn(backend, dy, attributes, true)],
};
