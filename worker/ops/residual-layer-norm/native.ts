import { sizeOf, type Kernels } from '../../devices/native/kernels/kernel.ts';

export const nativeResidualLayerNorm: Kernels = {
  ResidualLayerNorm(backend, [x, residual, gamma, beta], { epsilon }) {
    const [sum, y] = [x, x].map(({ shape }) => backend.make(shape, 'float32'));
    const [d] = gamma.shape;
    const inputs = [x, residual, gamma, beta].map((tensor) => backend.handle(tensor)) as [
      number,
      number,
      number,
      number,
    ];
    const outputs = [backend.handle(sum), backend.handle(y)] as const;
    backend.addon.layerNorm(...inputs, ...outputs, sizeOf(x.shape.slice(0, -1)), d, epsilon as number);
    return [sum, y];
  },

  /** x and residual have the same gradient: one tensor, counted twice. */
  ResidualLayerNormBackward(backend, [dSum, dy, gamma, sum], { epsilon }) {
    const [dx, dGamma, dBeta] = [sum, gamma, gamma].map(({ shape }) => backend.make(shape, 'float32'));
    const [d] = gamma.shape;
    const inputs = [dy, dSum, sum, gamma].map((tensor) => backend.handle(tensor)) as [number, number, number, number];
    const outputs = [backend.handle(dx), backend.handle(dGamma), backend.handle(dBeta)] as const;
    backend.addon.layerNormBackward(...inputs, ...outputs, sizeOf(sum.shape.slice(0, -1)), d, epsilon as number);
    return [dx, backend.share(dx, dx.shape), dGamma, dBeta];
  },
};
