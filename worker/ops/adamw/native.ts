import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import { splitParameters, type AdamWAttributes } from './composed.ts';

export const nativeAdamW: Kernels = {
  AdamW(backend, inputs, attributes) {
    const settings = attributes as unknown as AdamWAttributes;
    const { learningRates, weightDecays, beta1, beta2, epsilon, step, clip } = settings;
    const parts = splitParameters(
      inputs.map((tensor) => backend.handle(tensor)),
      settings,
    );
    const norm = backend.make([], 'float32');
    backend.addon.adamw({
      ...{ ...parts, norm: backend.handle(norm), learningRates, weightDecays },
      ...{ beta1, beta2, epsilon, step, clip },
    });
    return norm;
  },
};
