import type { Kernels } from '../../devices/native/kernels/kernel.ts';

export const nativeEmbedding: Kernels = {
  Embedding(backend, [ids, weight]) {
    const [vocabulary, d] = weight.shape;
    const y = backend.make([...ids.shape, d], 'float32');
    backend.addon.embedding(backend.handle(ids), backend.handle(weight), backend.handle(y), vocabulary, d);
    return y;
  },

  EmbeddingBackward(backend, [dy, ids, weight]) {
    const [vocabulary, d] = weight.shape;
    const dWeight = backend.make(weight.shape, 'float32');
    backend.addon.embeddingBackward(
      ...([backend.handle(ids), backend.handle(dy), backend.handle(dWeight), vocabulary, d] as const),
    );
    return [dWeight];
  },
};
