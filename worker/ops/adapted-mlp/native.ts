import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';
import { wantedGradients } from '../native-gradients.ts';
import type { AdaptedMlpAttributes } from './composed.ts';

export const nativeAdaptedMlp: Kernels = {
  AdaptedMlp(backend, [x, w1, bias1, w2, bias2, a1, b1, a2, b2], attributes) {
    const { precision, scale } = attributes as unknown as AdaptedMlpAttributes;
    const [inner, d] = w1.shape;
    const rows = shapeSize(x.shape.slice(0, -1));
    const [y, hidden] = [x.shape, [...x.shape.slice(0, -1), inner]].map((shape) => backend.make(shape, 'float32'));
    const handles = backend.handles({ x, w1, bias1, w2, bias2, a1, b1, a2, b2, y, hidden });
    const ranks = { firstRank: a1.shape[0], secondRank: a2.shape[0] };
    backend.addon.adaptedMlp({ ...handles, rows, d, inner, ...ranks, scale, precision });
    return [y, hidden];
  },

  AdaptedMlpBackward(backend, [dy, x, w1, w2, a1, b1, a2, b2, hidden], attributes) {
    const { precision, scale } = attributes as unknown as AdaptedMlpAttributes;
    const [inner, d] = w1.shape;
    const rows = shapeSize(x.shape.slice(0, -1));
    const { gradients, handles } = wantedGradients(backend, attributes, {
      ...{ dx: x.shape, dBias1: [inner], dBias2: [d] },
      ...{ da1: a1.shape, db1: b1.shape, da2: a2.shape, db2: b2.shape },
    });
    const inputs = backend.handles({ dy, x, w1, w2, a1, b1, a2, b2, hidden });
    const ranks = { firstRank: a1.shape[0], secondRank: a2.shape[0] };
    backend.addon.adaptedMlpBackward({ ...inputs, ...handles, rows, d, inner, ...ranks, scale, precision });
    return gradients;
  },
};
