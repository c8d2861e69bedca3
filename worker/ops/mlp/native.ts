import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';
import type { MlpAttributes } from './composed.ts';

export const nativeMlp: Kernels = {
  Mlp(backend, [x, w1, b1, w2, b2], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = shapeSize(x.shape.slice(0, -1));
    const [y, hidden] = [x.shape, [...x.shape.slice(0, -1), inner]].map((shape) => backend.make(shape, 'float32'));
    const sizes = { rows, d, inner, precision };
    backend.addon.mlp({ ...backend.handles({ x, w1, b1, w2, b2, y, hidden }), ...sizes });
    return [y, hidden];
  },

  MlpBackward(backend, [dy, x, w1, w2, hidden], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = shapeSize(x.shape.slice(0, -1));
    const gradients = [x.shape, w1.shape, [inner], w2.shape, [d]].map((shape) => backend.make(shape, 'float32'));
    const [dx, dw1, db1, dw2, db2] = gradients;
    const handles = backend.handles({ dy, x, w1, w2, hidden, dx, dw1, db1, dw2, db2 });
    backend.addon.mlpBackward({ ...handles, rows, d, inner, precision });
    return gradients;
  },
};
