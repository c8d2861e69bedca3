import type * as tf from '@tensorflow/tfjs-core';
import type { KernelAttributes, Kernels } from '../../devices/native/kernels/kernel.ts';
import { sizesOf, type AttentionAttributes } from './composed.ts';

function sizesFor(q: tf.TensorInfo, k: tf.TensorInfo, given: KernelAttributes) {
  const attributes = given as unknown as AttentionAttributes;
  const { batch, queries, keys, heads, kvHeads, headDim, window } = sizesOf(q, k, attributes);
  return { batch, queries, keys, heads, kvHeads, headDim, window, precision: attributes.precision };
}

export const nativeAttention: Kernels = {
  Attention(backend, [q, k, v], attributes) {
    const sizes = sizesFor(q, k, attributes);
    const { batch, queries, heads } = sizes;
    const y = backend.make(q.shape, 'float32');
    const sums = backend.make([batch, heads, queries], 'float32');
    backend.addon.attention({ ...backend.handles({ q, k, v, y, sums }), ...sizes });
    return [y, sums];
  },

  AttentionBackward(backend, [dy, q, k, v, y, sums], attributes) {
    const [dq, dk, dv] = [q, k, v].map(({ shape }) => backend.make(shape, 'float32'));
    const handles = backend.handles({ dy, q, k, v, y, sums, dq, dk, dv });
    backend.addon.attentionBackward({ ...handles, ...sizesFor(q, k, attributes) });
    return [dq, dk, dv];
  },
};
