import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import type { HyenaExtensionAttributes } from './composed.ts';

export const nativeHyenaPrefill: Kernels = {
  HyenaPrefill(backend, [p, shortWeight, shortBias, h, skip, convInputs], attributes) {
    const { order, lead } = attributes as unknown as HyenaExtensionAttributes;
    const [channels, columns] = p.shape;
    const d = channels / (order + 1);
    const length = columns - lead;
    const past = (convInputs as typeof convInputs | undefined) === undefined ? 0 : convInputs.shape[1];
    const reach = h.shape[1];
    const filters = (order - 1) * d;
    const y = backend.make([d, length], 'float32');
    const inputs = backend.make([filters, length], 'float32');
    const lookahead = reach > past + length ? backend.make([filters, reach - past - length], 'float32') : null;
    backend.addon.prefill({
      ...backend.handles({ p, shortWeight, shortBias, h, skip, y, inputs }),
      convInputs: past > 0 ? backend.handle(convInputs) : null,
      lookahead: lookahead === null ? null : backend.handle(lookahead),
      ...{ d, lead, length, past, reach, shortLength: shortWeight.shape[2], order },
    });
    return lookahead === null ? [y, inputs] : [y, inputs, lookahead];
  },
};
