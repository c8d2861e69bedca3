import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';

export const nativeEmbedding: Kernels = {
  Embedding(backend, [ids, weight]) {
    const [vocabulary, d] = weight.shape;
    const y = backend.make([...ids.shape, d], 'float32');
    const sizes = { tokens: shapeSize(ids.shape), vocabulary, d };
    backend.addon.embedding({ ...backend.handles({ ids, weight, y }), ...sizes });
    return y;
  },

  EmbeddingBackward(backend, [dy, ids, weight]) {
    const [vocabulary, d] = weight.shape;
    const dWeight = backend.make(weight.shape, 'float32');
    const sizes = { tokens: shapeSize(ids.shape), vocabulary, d };
    backend.addon.embeddingBackward({ ...backend.handles({ ids, dy, dWeight }), ...sizes });
    return [dWeight];
  },
};
