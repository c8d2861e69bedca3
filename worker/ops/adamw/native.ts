import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import { splitParameters, type AdamWAttributes } from './composed.ts';

export const nativeAdamW: Kernels = {
  AdamW(backend, inputs, attributes) {
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = attributes as unknown as AdamWAttributes;
    const [values, gradients, firsts, seconds] = splitParameters(inputs.map((tensor) => backend.handle(tensor)));
    const norm = backend.make([], 'float32');
    backend.addon.adamw({
      ...{ values, gradients, firsts, seconds, norm: backend.handle(norm), learningRates, weightDecays },
      ...{ beta1, beta2, epsilon, step, clip },
    });
    return norm;
  },
};
