import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';
import type { ActivationKind } from './contract.ts';

const kinds: readonly ActivationKind[] = ['gelu', 'silu', 'none'];
const kindOf = (attributes: object) => kinds.indexOf((attributes as { kind: ActivationKind }).kind);

export const nativeActivation: Kernels = {
  Activation(backend, [h, factor], attributes) {
    const y = backend.make(h.shape, 'float32');
    backend.addon.activation({
      ...{ kind: kindOf(attributes), count: shapeSize(h.shape), factor: factor ? backend.handle(factor) : null },
      ...backend.handles({ h, y }),
    });
    return [y];
  },
  ActivationBackward(backend, [dy, h, factor], attributes) {
    const made = (factor ? [h, factor] : [h]).map(({ shape }) => backend.make(shape, 'float32'));
    const [dh, dFactor] = made;
    backend.addon.activationBackward({
      ...{ kind: kindOf(attributes), count: shapeSize(h.shape) },
      ...{ factor: factor ? backend.handle(factor) : null, dFactor: dFactor ? backend.handle(dFactor) : null },
      ...backend.handles({ dy, h, dh }),
    });
    return made;
  },
};
