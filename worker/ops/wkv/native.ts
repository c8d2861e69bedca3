import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import { wkvSizes } from './recurrence.ts';

export const nativeWkv: Kernels = {
  Wkv(backend, inputs) {
    const [k, v, rate, bonus, before] = inputs;
    const sizes = wkvSizes(k);
    const y = backend.make(k.shape, 'float32');
    const after = backend.make([3, sizes.batch, sizes.width], 'float32');
    backend.addon.wkv({
      ...{ ...sizes, before: before ? backend.handle(before) : null },
      ...backend.handles({ k, v, rate, bonus, y, after }),
    });
    return [y, after];
  },
  WkvBackward(backend, inputs, { outputCount }) {
    const [dy] = inputs;
    const [k, v, rate, bonus] = inputs.slice(Number(outputCount));
    const [dK, dV, dRate, dBonus] = [k, v, rate, bonus].map(({ shape }) => backend.make(shape, 'float32'));
    backend.addon.wkvBackward({
      ...wkvSizes(k),
      ...backend.handles({ k, v, rate, bonus, dy, dK, dV, dRate, dBonus }),
    });
    return [dK, dV, dRate, dBonus];
  },
};
