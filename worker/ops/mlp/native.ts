import { sizeOf, type Kernels } from '../../devices/native/kernels/kernel.ts';
import type { MlpAttributes } from './composed.ts';

type Five = [number, number, number, number, number];

export const nativeMlp: Kernels = {
  Mlp(backend, [x, w1, b1, w2, b2], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = sizeOf(x.shape.slice(0, -1));
    const [y, hidden] = [x.shape, [...x.shape.slice(0, -1), inner]].map((shape) => backend.make(shape, 'float32'));
    const inputs = [x, w1, b1, w2, b2].map((tensor) => backend.handle(tensor)) as Five;
    backend.addon.mlp(...inputs, backend.handle(y), backend.handle(hidden), rows, d, inner, precision);
    return [y, hidden];
  },

  MlpBackward(backend, [dy, x, w1, w2, hidden], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = sizeOf(x.shape.slice(0, -1));
    const gradients = [x.shape, w1.shape, [inner], w2.shape, [d]].map((shape) => backend.make(shape, 'float32'));
    const inputs = [dy, x, w1, w2, hidden].map((tensor) => backend.handle(tensor)) as Five;
    const outputs = gradients.map((tensor) => backend.handle(tensor)) as Five;
    backend.addon.mlpBackward(...inputs, ...outputs, rows, d, inner, precision);
    return gradients;
  },
};
