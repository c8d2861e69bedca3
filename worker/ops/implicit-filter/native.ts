import type * as tf from '@tensorflow/tfjs-core';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import type { ImplicitFilterAttributes } from './composed.ts';

/** Sizes and settings, as the addon takes them. */
function sizesOf(inputs: tf.TensorInfo[], attributes: KernelAttributes) {
  const { inner, shift, modulate } = attributes as unknown as ImplicitFilterAttributes;
  const [[length, features], [width], [channels]] = [inputs[0].shape, inputs[3].shape, inputs[2].shape];
  return [length, features, width, channels, inner, shift, modulate] as const;
}

export const nativeImplicitFilter: Kernels = {
  ImplicitFilter(backend, inputs, attributes) {
    const sizes = sizesOf(inputs, attributes);
    const [length, , , channels] = sizes;
    const h = backend.make([channels, length], 'float32');
    const handles = inputs.map((tensor) => backend.handle(tensor));
    backend.addon.implicitFilter(handles, backend.handle(h), ...sizes);
    return h;
  },

  /** Gradients of all inputs but t and deltas, the second and third. */
  ImplicitFilterBackward(backend, [dh, ...inputs], attributes) {
    const gradients = inputs
      .filter((_, index) => index !== 1 && index !== 2)
      .map(({ shape }) => backend.make(shape, 'float32'));
    const handles = [inputs, gradients].map((tensors) => tensors.map((tensor) => backend.handle(tensor)));
    backend.addon.implicitFilterBackward(backend.handle(dh), handles[0], handles[1], ...sizesOf(inputs, attributes));
    return gradients;
  },
};
