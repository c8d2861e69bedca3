import { wasmKernel } from '../../devices/wasm-heap.ts';
import { checkThat } from '../checks.ts';
import type { Overrides } from '../operation.ts';

function checkIds(ids: Int32Array, vocabulary: number): void {
  for (const id of ids) checkThat('Embedding', id >= 0 && id < vocabulary, () => `id ${id} is not below ${vocabulary}`);
}

export const portable: Overrides = {
  Embedding: wasmKernel(([ids, weight], _attributes, heap) => {
    const [vocabulary, width] = weight.shape;
    const y = heap.output([...ids.shape, width]);
    const from = heap.floats(weight);
    const to = heap.floats(y);
    const tokens = heap.integers(ids);
    checkIds(tokens, vocabulary);
    tokens.forEach((id, token) => to.set(from.subarray(id * width, (id + 1) * width), token * width));
    return [y];
  }),

  EmbeddingBackward: wasmKernel(([dy, ids, weight], _attributes, heap) => {
    const [, width] = weight.shape;
    const dWeight = heap.output(weight.shape);
    const to = heap.floats(dWeight).fill(0);
    const from = heap.floats(dy);
    const tokens = heap.integers(ids);
    for (let token = 0; token < tokens.length; token++)
      for (let column = 0, at = tokens[token] * width, read = token * width; column < width; column++)
        to[at++] += from[read++];
    return [dWeight];
  }),
};
