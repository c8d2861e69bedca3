import { wasmKernel } from '../../devices/wasm-heap.ts';
import type { Overrides } from '../operation.ts';
import { splitParameters, type AdamWAttributes } from './composed.ts';

export const portable: Overrides = {
  AdamW: wasmKernel<AdamWAttributes>((tensors, attributes, heap) => {
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = attributes;
    const result = heap.output([]);
    const { values, gradients, firsts, seconds, others } = splitParameters(
      tensors.map((tensor) => heap.floats(tensor)),
      attributes,
    );
    let squares = 0;
    for (const gradient of [...gradients, ...others])
      for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
    const norm = Math.sqrt(squares);
    heap.floats(result)[0] = norm;
    if (!Number.isFinite(Math.fround(norm))) return [result];
    const factor = clip === null ? 1 : Math.min(1, clip / (norm + 1e-6));
    const firstCorrection = 1 - beta1 ** step;
    const rootCorrection = Math.sqrt(1 - beta2 ** step);
    values.forEach((parameter, index) => {
      const [gradient, first, second] = [gradients[index], firsts[index], seconds[index]];
      const decay = 1 - learningRates[index] * weightDecays[index];
      const rate = learningRates[index] / firstCorrection;
      for (let i = 0; i < parameter.length; i++) {
        const g = gradient[i] * factor;
        const mean = beta1 * first[i] + (1 - beta1) * g;
        const square = beta2 * second[i] + (1 - beta2) * g * g;
        first[i] = mean;
        second[i] = square;
        parameter[i] = parameter[i] * decay - (rate * mean) / (Math.sqrt(square) / rootCorrection + epsilon);
      }
    });
    return [result];
  }),
};
