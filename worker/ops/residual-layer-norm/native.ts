import { shapeSize, type Kernels } from '../../devices/native/kernels/kernel.ts';

export const nativeResidualLayerNorm: Kernels = {
  ResidualLayerNorm(backend, [x, residual, gamma, beta], { epsilon }) {
    const [sum, y] = [x, x].map(({ shape }) => backend.make(shape, 'float32'));
    backend.addon.layerNorm({
      ...backend.handles({ x, residual, gamma, beta, sum, y }),
      ...{ rows: shapeSize(x.shape.slice(0, -1)), d: gamma.shape[0], epsilon: epsilon as number },
    });
    return [sum, y];
  },

  /** x and residual have the same gradient: one tensor, counted twice. */
  ResidualLayerNormBackward(backend, [dSum, dy, gamma, sum], { epsilon }) {
    const [dx, dGamma, dBeta] = [sum, gamma, gamma].map(({ shape }) => backend.make(shape, 'float32'));
    backend.addon.layerNormBackward({
      ...backend.handles({ dy, dSum, sum, gamma, dx, dGamma, dBeta }),
      ...{ rows: shapeSize(sum.shape.slice(0, -1)), d: gamma.shape[0], epsilon: epsilon as number },
    });
    return [dx, backend.share(dx, dx.shape), dGamma, dBeta];
  },
};
