import type * as tf from '@tensorflow/tfjs-core';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import type { HyenaRecurrenceAttributes } from './composed.ts';

function sizesOf([p, shortWeight, , h]: tf.TensorInfo[], attributes: KernelAttributes) {
  const { order } = attributes as unknown as HyenaRecurrenceAttributes;
  const [channels, batch, length] = p.shape;
  const [filterLength, shortLength] = [h.shape[1], shortWeight.shape[2]];
  return { d: channels / (order + 1), batch, length, filterLength, shortLength, order };
}

export const nativeHyenaRecurrence: Kernels = {
  HyenaRecurrence(backend, inputs, attributes) {
    const [p, shortWeight, shortBias, h, skip] = inputs;
    const sizes = sizesOf(inputs, attributes);
    const y = backend.make([sizes.d, sizes.batch, sizes.length], 'float32');
    backend.addon.recurrence({ ...backend.handles({ p, shortWeight, shortBias, h, skip, y }), ...sizes });
    return y;
  },

  HyenaRecurrenceBackward(backend, [dy, ...inputs], attributes) {
    const [p, shortWeight, shortBias, h, skip] = inputs;
    const gradients = inputs.map(({ shape }) => backend.make(shape, 'float32'));
    const [dp, dShortWeight, dShortBias, dh, dSkip] = gradients;
    backend.addon.recurrenceBackward({
      ...backend.handles({ dy, p, shortWeight, shortBias, h, skip, dp, dShortWeight, dShortBias, dh, dSkip }),
      ...sizesOf(inputs, attributes),
    });
    return gradients;
  },
};
