import { sizeOf, wasmKernel } from '../../devices/wasm-heap.ts';
import type { Overrides } from '../operation.ts';
import { seenBy, type WeightsAttributes } from './weights.ts';

/** Products are WebAssembly's; of what lies between them, only what is seen is computed. */
export const portable: Overrides = {
  AttentionWeights: wasmKernel<WeightsAttributes>(([productsInfo, sumsInfo], attributes, heap) => {
    const { rows, columns, scale } = attributes;
    const heads = sizeOf(productsInfo) / (rows * columns);
    const weightsInfo = heap.output(productsInfo.shape);
    const outputs = sumsInfo ? [weightsInfo] : [weightsInfo, heap.output([heads, rows])];
    const [products, weights] = [heap.floats(productsInfo), heap.floats(weightsInfo)];
    const given = sumsInfo ? heap.floats(sumsInfo) : null;
    const sums = given ?? heap.floats(outputs[1]);
    for (let index = 0; index < heads * rows; index++) {
      const start = index * columns;
      const [first, end] = seenBy(index % rows, attributes);
      weights.fill(0, start, start + first);
      weights.fill(0, start + end, start + columns);
      if (given) {
        for (let at = start + first; at < start + end; at++) weights[at] = Math.exp(products[at] * scale - sums[index]);
        continue;
      }
      let most = -Infinity;
      for (let at = start + first; at < start + end; at++) most = Math.max(most, products[at] * scale);
      let total = 0;
      for (let at = start + first; at < start + end; at++) total += weights[at] = Math.exp(products[at] * scale - most);
      for (let at = start + first; at < start + end; at++) weights[at] /= total;
      sums[index] = most + Math.log(total);
    }
    return outputs;
  }),
};
