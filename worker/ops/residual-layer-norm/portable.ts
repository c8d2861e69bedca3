import { wasmKernel } from '../../devices/wasm-heap.ts';
import type { LayerNormAttributes } from '../layer-norm/composed.ts';
import { normaliseGradients, normaliseRows } from '../layer-norm/portable.ts';
import type { Overrides } from '../operation.ts';

export const portable: Overrides = {
  ResidualLayerNorm: wasmKernel<LayerNormAttributes>(([x, residual, gamma, beta], { epsilon }, heap) => {
    const outputs = [heap.output(x.shape), heap.output(x.shape)];
    const [sum, y] = outputs.map((output) => heap.floats(output));
    const a = heap.floats(x);
    const b = heap.floats(residual);
    for (let i = 0; i < sum.length; i++) sum[i] = a[i] + b[i];
    normaliseRows(sum, heap.floats(gamma), heap.floats(beta), y, epsilon);
    return outputs;
  }),

  ResidualLayerNormBackward: wasmKernel<LayerNormAttributes>(([dSum, dy, gamma, sum], { epsilon }, heap) => {
    const [dx, dGamma, dBeta] = normaliseGradients(heap, dy, sum, gamma, epsilon, dSum);
    // x and residual have the same gradient: one memory, counted twice.
    heap.backend.incRef(dx.dataId);
    return [dx, { ...dx }, dGamma, dBeta];
  }),
};
