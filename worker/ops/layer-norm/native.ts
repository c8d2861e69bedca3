import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';

export const nativeLayerNorm: Kernels = {
  LayerNorm(backend, [x, gamma, beta], { epsilon }) {
    const y = backend.make(x.shape, 'float32');
    backend.addon.layerNorm({
      ...backend.handles({ x, gamma, beta, y }),
      ...{ residual: null, sum: null },
      ...{ rows: shapeSize(x.shape.slice(0, -1)), d: gamma.shape[0], epsilon: epsilon as number },
    });
    return y;
  },

  LayerNormBackward(backend, [dy, x, gamma], { epsilon }) {
    const [dx, dGamma, dBeta] = [x, gamma, gamma].map(({ shape }) => backend.make(shape, 'float32'));
    backend.addon.layerNormBackward({
      ...backend.handles({ dy, sum: x, gamma, dx, dGamma, dBeta }),
      dSum: null,
      ...{ rows: shapeSize(x.shape.slice(0, -1)), d: gamma.shape[0], epsilon: epsilon as number },
    });
    return [dx, dGamma, dBeta];
  },
};
