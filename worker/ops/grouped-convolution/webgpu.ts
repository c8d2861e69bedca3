import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { elementGroups, type GpuKernels, groups, reads, rowThreads, writes } from '../../devices/webgpu/kernel.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import { namedInputs, sizesOf, type GroupedConvolutionAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'grouped-convolution.wgsl');

function callOf(backend: WebGpuBackend, inputs: tf.TensorInfo[], given: Record<string, unknown>) {
  const attributes = given as unknown as GroupedConvolutionAttributes;
  const { u, filter, bias, skip } = namedInputs(inputs, attributes);
  const sizes = sizesOf(u, filter, attributes);
  const constants = {
    PRESENT_LAST: Number(attributes.orientation === 'correlation'),
    BIAS: Number(bias !== null),
    SKIP: Number(skip !== null),
    THREADS: rowThreads(backend, sizes.batch * sizes.length),
  };
  return { attributes, u, filter, bias, skip, sizes, dispatch: { shader, uniforms: sizes, constants } };
}

export const webgpuGroupedConvolution: GpuKernels = {
  GroupedConvolution(backend, inputs, given) {
    const { u, filter, bias, skip, sizes, dispatch } = callOf(backend, inputs, given);
    const { channels, batch, length, taps } = sizes;
    const y = backend.make([channels, batch, length]);
    backend.dispatch({
      ...{ ...dispatch, entry: 'forward' },
      bindings: {
        ...{ 1: reads(u), 2: reads(filter), 5: writes(y) },
        // What is bound must be there, also if it is not read.
        ...{ 3: reads(bias ?? filter, bias ? channels : 0), 4: reads(skip ?? filter, skip ? channels : 0) },
      },
      workgroups: elementGroups(channels * batch * length),
      flops: 2 * channels * batch * length * taps,
    });
    return [y];
  },

  GroupedConvolutionBackward(backend, [dy, ...inputs], given) {
    const { attributes, u, filter, skip, sizes, dispatch } = callOf(backend, inputs, given);
    const { channels, groups: filters, batch, lead, length, taps } = sizes;
    const gradients = inputs.map(({ shape }) => backend.make(shape));
    const slopes = namedInputs(gradients, attributes);
    backend.dispatch({
      ...{ ...dispatch, entry: 'input_gradient' },
      bindings: {
        ...{ 2: reads(filter), 4: reads(skip ?? filter, skip ? channels : 0), 6: reads(dy), 7: writes(slopes.u) },
      },
      workgroups: elementGroups(channels * batch * (lead + length)),
      flops: 2 * channels * batch * length * taps,
    });
    const byLag = backend.make([channels, taps]);
    backend.dispatch({
      ...{ ...dispatch, entry: 'tap_gradients' },
      bindings: { 1: reads(u), 6: reads(dy), 8: writes(byLag) },
      workgroups: groups(channels * Math.ceil(taps / 4)),
      flops: 2 * channels * batch * length * taps,
    });
    backend.dispatch({
      ...{ ...dispatch, entry: 'filter_gradient' },
      bindings: { 9: reads(byLag), 10: writes(slopes.filter) },
      workgroups: elementGroups(filters * taps),
      flops: channels * taps,
    });
    if (slopes.bias || slopes.skip) {
      const unused = backend.make([channels]);
      backend.dispatch({
        ...{ ...dispatch, entry: 'channel_gradients' },
        bindings: {
          ...{ 6: reads(dy), 9: reads(byLag, channels) },
          ...{ 11: writes(slopes.bias ?? unused), 12: writes(slopes.skip ?? unused) },
        },
        workgroups: groups(channels),
        flops: channels * batch * length,
      });
      backend.discard(unused);
    }
    backend.discard(byLag);
    return gradients;
  },
};
