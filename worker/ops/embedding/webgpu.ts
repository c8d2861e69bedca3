import {
  elementGroups,
  type GpuKernels,
  groups,
  reads,
  elementsOf,
  updates,
  writes,
} from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';

const shader = loadShader(import.meta.dirname, 'embedding.wgsl');

export const webgpuEmbedding: GpuKernels = {
  Embedding(backend, [ids, weight]) {
    const [vocabulary, width] = weight.shape;
    const tokens = elementsOf(ids);
    const y = backend.make([...ids.shape, width]);
    backend.dispatch({
      ...{
        shader,
        entry: 'gather',
        uniforms: { tokens, vocabulary, width },
        workgroups: elementGroups(tokens * width),
      },
      bindings: { 1: reads(ids), 10: reads(weight, Math.min(tokens, vocabulary) * width), 11: writes(y) },
    });
    return [y];
  },

  EmbeddingBackward(backend, [dy, ids, weight]) {
    const [vocabulary, width] = weight.shape;
    const tokens = elementsOf(ids);
    const shared = { shader, uniforms: { tokens, vocabulary, width } };
    const [counts, starts] = [0, 1].map(() => backend.make([vocabulary], 'int32'));
    const order = backend.make([tokens], 'int32');
    const dWeight = backend.make([vocabulary, width]);
    backend.dispatch({
      ...{ ...shared, entry: 'clear', workgroups: elementGroups(vocabulary) },
      bindings: { 2: writes(counts) },
    });
    backend.dispatch({
      ...{ ...shared, entry: 'tally', workgroups: elementGroups(tokens) },
      bindings: { 1: reads(ids), 2: updates(counts) },
    });
    backend.dispatch({
      ...{ ...shared, entry: 'accumulate', workgroups: [1, 1, 1] },
      bindings: { 3: reads(counts), 4: writes(starts) },
    });
    backend.dispatch({
      ...{ ...shared, entry: 'place', workgroups: groups(Math.ceil(tokens / 256)), flops: (tokens * tokens) / 2 },
      bindings: { 1: reads(ids), 5: reads(starts), 6: writes(order) },
    });
    backend.dispatch({
      ...{ ...shared, entry: 'gradient', workgroups: groups(vocabulary * Math.ceil(width / 64)) },
      bindings: { 3: reads(counts), 5: reads(starts), 7: reads(order), 8: reads(dy), 9: writes(dWeight) },
      flops: tokens * width,
    });
    backend.discard(counts, starts, order);
    return [dWeight];
  },
};
