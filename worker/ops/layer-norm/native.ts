import { sizeOf, type Kernels } from '../../devices/native/kernels/kernel.ts';

export const nativeLayerNorm: Kernels = {
  LayerNorm(backend, [x, gamma, beta], { epsilon }) {
    const y = backend.make(x.shape, 'float32');
    const [d] = gamma.shape;
    const inputs = [backend.handle(x), null, backend.handle(gamma), backend.handle(beta)] as const;
    const rows = sizeOf(x.shape.slice(0, -1));
    backend.addon.layerNorm(...inputs, null, backend.handle(y), rows, d, epsilon as number);
    return y;
  },

  LayerNormBackward(backend, [dy, x, gamma], { epsilon }) {
    const [dx, dGamma, dBeta] = [x, gamma, gamma].map(({ shape }) => backend.make(shape, 'float32'));
    const [d] = gamma.shape;
    const inputs = [backend.handle(dy), null, backend.handle(x), backend.handle(gamma)] as const;
    const outputs = [backend.handle(dx), backend.handle(dGamma), backend.handle(dBeta)] as const;
    backend.addon.layerNormBackward(...inputs, ...outputs, sizeOf(x.shape.slice(0, -1)), d, epsilon as number);
    return [dx, dGamma, dBeta];
  },
};
