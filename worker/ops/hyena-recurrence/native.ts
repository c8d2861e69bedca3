import type * as tf from '@tensorflow/tfjs-core';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import type { HyenaRecurrenceAttributes } from './composed.ts';

type Five = [number, number, number, number, number];

/** Sizes as the addon takes them: d, batch, length, length of the filters, of the short convolution, order. */
function sizesOf([p, shortWeight, , h]: tf.TensorInfo[], attributes: KernelAttributes) {
  const { order } = attributes as unknown as HyenaRecurrenceAttributes;
  const [channels, batch, length] = p.shape;
  return [channels / (order + 1), batch, length, h.shape[1], shortWeight.shape[2], order] as const;
}

export const nativeHyenaRecurrence: Kernels = {
  HyenaRecurrence(backend, inputs, attributes) {
    const sizes = sizesOf(inputs, attributes);
    const [d, batch, length] = sizes;
    const y = backend.make([d, batch, length], 'float32');
    backend.addon.recurrence(...(inputs.map((tensor) => backend.handle(tensor)) as Five), backend.handle(y), ...sizes);
    return y;
  },

  HyenaRecurrenceBackward(backend, [dy, ...inputs], attributes) {
    const gradients = inputs.map(({ shape }) => backend.make(shape, 'float32'));
    const [from, to] = [inputs, gradients].map((tensors) => tensors.map((tensor) => backend.handle(tensor)) as Five);
    backend.addon.recurrenceBackward(backend.handle(dy), ...from, ...to, ...sizesOf(inputs, attributes));
    return gradients;
  },
};
