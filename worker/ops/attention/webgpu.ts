import * as tf from '@tensorflow/tfjs-core';
import { elementGroups, type GpuKernels, groups, reads, writes } from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { composed, sizesOf, type AttentionAttributes } from './composed.ts';

const shader = loadShader(import.meta.dirname, 'attention.wgsl');

/** Positions of a tile, channels of a part of a head, and how many of these a thread has room for: attention.wgsl. */
const tile = 32;
const chunk = 32;
const mostChunks = 4;

/** What all dispatches of a call share, or null where heads are wider than the shader has room for. */
function callOf(q: tf.TensorInfo, k: tf.TensorInfo, given: Record<string, unknown>) {
  const { batch, queries, keys, heads, kvHeads, headDim, window } = sizesOf(
    q,
    k,
    given as unknown as AttentionAttributes,
  );
  const chunks = Math.ceil(headDim / chunk);
  if (chunks > mostChunks) return null;
  return {
    shape: { batch, queries, keys, heads, kvHeads },
    /** Pairs of a query and a key that it may see, times the width: a product of all of them is twice as many operations. */
    work:
      (batch * heads * queries * (keys - queries / 2) * headDim) / (window === null ? 1 : Math.max(1, keys / window)),
    dispatch: {
      shader,
      uniforms: {
        ...{
          batch,
          queries,
          keys,
          heads,
          kv_heads: kvHeads,
          head_dim: headDim,
          window: window !== null && window < keys ? window : 0,
        },
        scale: 1 / Math.sqrt(headDim),
      },
    },
    constants: { CHUNKS: chunks },
  };
}

export const webgpuAttention: GpuKernels = {
  Attention(backend, inputs, attributes) {
    const [q, k, v] = inputs;
    const call = callOf(q, k, attributes);
    if (call === null)
      return tf.tidy(() => composed.forward(inputs as tf.Tensor[], attributes as unknown as AttentionAttributes));
    const { batch, queries, heads } = call.shape;
    const [y, sums] = [q.shape, [batch, heads, queries]].map((shape) => backend.make(shape));
    backend.dispatch({
      ...{ ...call.dispatch, constants: call.constants, entry: 'forward' },
      bindings: { 1: reads(q), 2: reads(k), 3: reads(v), 4: writes(y), 5: writes(sums) },
      workgroups: groups(batch * heads * Math.ceil(queries / tile)),
      flops: 4 * call.work,
    });
    return [y, sums];
  },

  AttentionBackward(backend, inputs, attributes) {
    const [dy, q, k, v, y, sums] = inputs;
    const call = callOf(q, k, attributes);
    if (call === null) {
      const [first, ...rest] = inputs as tf.Tensor[];
      const [saved, outputs] = [rest.slice(0, 3), rest.slice(3)];
      return tf.tidy(() => composed.backward!([first], saved, outputs, attributes as unknown as AttentionAttributes));
    }
    const { batch, queries, keys, heads, kvHeads } = call.shape;
    const [dq, dk, dv] = [q, k, v].map(({ shape }) => backend.make(shape));
    const delta = backend.make(sums.shape);
    const shared = { 1: reads(q), 2: reads(k), 3: reads(v), 6: reads(dy), 8: reads(sums), 10: reads(delta) };
    backend.dispatch({
      ...{ ...call.dispatch, entry: 'row_products', bindings: { 6: reads(dy), 7: reads(y), 9: writes(delta) } },
      workgroups: elementGroups(4 * batch * heads * queries),
      flops: 2 * batch * queries * q.shape[2],
    });
    backend.dispatch({
      ...{ ...call.dispatch, constants: call.constants, entry: 'query_gradients' },
      bindings: { ...shared, 11: writes(dq) },
      workgroups: groups(batch * heads * Math.ceil(queries / tile)),
      flops: 6 * call.work,
    });
    backend.dispatch({
      ...{ ...call.dispatch, constants: call.constants, entry: 'key_gradients' },
      bindings: { ...shared, 12: writes(dk), 13: writes(dv) },
      workgroups: groups(batch * kvHeads * Math.ceil(keys / tile)),
      flops: 8 * call.work,
    });
    backend.discard(delta);
    return [dq, dk, dv];
  },
};
