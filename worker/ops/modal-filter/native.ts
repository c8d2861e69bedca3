import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import type { ModalFilterAttributes } from './composed.ts';

export const nativeModalFilter: Kernels = {
  ModalFilter(backend, [poles, residues], attributes) {
    const { length } = attributes as unknown as ModalFilterAttributes;
    const [groups, modes] = poles.shape;
    const h = backend.make([groups, length], 'float32');
    backend.addon.modalFilter({
      ...{ poles: backend.handle(poles), residues: backend.handle(residues), h: backend.handle(h) },
      ...{ groups, modes, length },
    });
    return h;
  },

  ModalFilterBackward(backend, [dh, poles, residues]) {
    const [groups, modes] = poles.shape;
    const [dPoles, dResidues] = [poles, residues].map(({ shape }) => backend.make(shape, 'float32'));
    backend.addon.modalFilterBackward({
      ...{ dh: backend.handle(dh), poles: backend.handle(poles), residues: backend.handle(residues) },
      ...{ dPoles: backend.handle(dPoles), dResidues: backend.handle(dResidues) },
      ...{ groups, modes, length: dh.shape[1] },
    });
    return [dPoles, dResidues];
  },
};
