import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';
import { wantedGradients } from '../native-gradients.ts';
import type { MlpAttributes } from './composed.ts';

export const nativeMlp: Kernels = {
  Mlp(backend, [x, w1, b1, w2, b2], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = shapeSize(x.shape.slice(0, -1));
    const y = backend.make(x.shape, 'float32');
    const kept = precision === 'bf16-mixed' ? Math.ceil((rows * inner) / 2) : rows * inner;
    const hidden = backend.make([kept], 'float32');
    const sizes = { rows, d, inner, precision };
    backend.addon.mlp({ ...backend.handles({ x, w1, b1, w2, b2, y, hidden }), ...sizes });
    return [y, hidden];
  },

  MlpBackward(backend, [dy, x, w1, w2, hidden], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = shapeSize(x.shape.slice(0, -1));
    const { gradients, handles } = wantedGradients(backend, attributes, {
      ...{ dx: x.shape, dw1: w1.shape, db1: [inner], dw2: w2.shape, db2: [d] },
    });
    const inputs = backend.handles({ dy, x, w1, w2, hidden });
    backend.addon.mlpBackward({ ...inputs, ...handles, rows, d, inner, precision });
    return gradients;
  },
};
