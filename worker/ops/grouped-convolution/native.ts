import * as tf from '@tensorflow/tfjs-core';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import { byTransforms, composed, namedInputs, sizesOf, type GroupedConvolutionAttributes } from './composed.ts';

/** Measured at 4,096 positions: beyond, transforms are two to four times as fast. */
const mostTaps = 64;

function callOf(inputs: tf.TensorInfo[], given: KernelAttributes) {
  const attributes = given as unknown as GroupedConvolutionAttributes;
  const { u, filter } = namedInputs(inputs, attributes);
  const sizes = { ...sizesOf(u, filter, attributes), presentLast: attributes.orientation === 'correlation' };
  return { attributes, sizes };
}

export const nativeGroupedConvolution: Kernels = {
  GroupedConvolution(backend, inputs, given) {
    const { attributes, sizes } = callOf(inputs, given);
    if (byTransforms(inputs, attributes, mostTaps))
      return tf.tidy(() => composed.forward(inputs as tf.Tensor[], attributes));
    const y = backend.make([sizes.channels, sizes.batch, sizes.length], 'float32');
    const named = namedInputs(
      inputs.map((tensor) => backend.handle(tensor)),
      attributes,
    );
    backend.addon.groupedConvolution({ ...named, y: backend.handle(y), ...sizes });
    return y;
  },

  GroupedConvolutionBackward(backend, [dy, ...inputs], given) {
    const { attributes, sizes } = callOf(inputs, given);
    if (byTransforms(inputs, attributes, mostTaps))
      return tf.tidy(() => composed.backward!([dy as tf.Tensor], inputs as tf.Tensor[], [], attributes));
    const gradients = inputs.map(({ shape }) => backend.make(shape, 'float32'));
    const { u, filter, skip } = namedInputs(
      inputs.map((tensor) => backend.handle(tensor)),
      attributes,
    );
    const slopes = namedInputs(
      gradients.map((tensor) => backend.handle(tensor)),
      attributes,
    );
    backend.addon.groupedConvolutionBackward({
      ...{ dy: backend.handle(dy), u, filter, skip },
      ...{ du: slopes.u, dFilter: slopes.filter, dBias: slopes.bias, dSkip: slopes.skip },
      ...sizes,
    });
    return gradients;
  },
};
