import type * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../../devices/native/backend.ts';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import type { ImplicitFilterAttributes } from './composed.ts';

/** Weights and biases of the layers from a list that has them in turn, the last weight without a bias. */
function layersOf(backend: NativeBackend, tensors: tf.TensorInfo[]) {
  const handles = tensors.map((tensor) => backend.handle(tensor));
  return {
    weights: handles.filter((_, index) => index % 2 === 0),
    biases: handles.filter((_, index) => index % 2 === 1),
  };
}

/** Tensors, sizes and settings of the filter. */
function filterOf(backend: NativeBackend, inputs: tf.TensorInfo[], attributes: KernelAttributes) {
  const { inner, shift, modulate } = attributes as unknown as ImplicitFilterAttributes;
  const [z, t, deltas, freq, ...layers] = inputs;
  const [[length, features], [width], [channels]] = [z.shape, freq.shape, deltas.shape];
  return {
    ...backend.handles({ z, t, deltas, freq }),
    ...layersOf(backend, layers),
    ...{ length, features, width, channels, inner, shift, modulate },
  };
}

export const nativeImplicitFilter: Kernels = {
  ImplicitFilter(backend, inputs, attributes) {
    const filter = filterOf(backend, inputs, attributes);
    const h = backend.make([filter.channels, filter.length], 'float32');
    backend.addon.implicitFilter({ ...filter, h: backend.handle(h) });
    return h;
  },

  /** Gradients of all inputs but t and deltas, the second and third. */
  ImplicitFilterBackward(backend, [dh, ...inputs], attributes) {
    const gradients = inputs
      .filter((_, index) => index !== 1 && index !== 2)
      .map(({ shape }) => backend.make(shape, 'float32'));
    const [dz, dFreq, ...layers] = gradients;
    const { weights: dWeights, biases: dBiases } = layersOf(backend, layers);
    backend.addon.implicitFilterBackward({
      ...filterOf(backend, inputs, attributes),
      ...backend.handles({ dh, dz, dFreq }),
      ...{ dWeights, dBiases },
    });
    return gradients;
  },
};
