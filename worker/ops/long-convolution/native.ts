import type { Kernels } from '../../devices/native/kernels/kernel.ts';

/** By Fourier transform whatever `algorithm` says: on a CPU that is the faster one at every length. */
export const nativeLongConvolution: Kernels = {
  LongConvolution(backend, [u, h, skip]) {
    const [channels, batch, length] = u.shape;
    const y = backend.make(u.shape, 'float32');
    const tensors = [backend.handle(u), backend.handle(h), backend.handle(skip), backend.handle(y)] as const;
    backend.addon.longConvolution(...tensors, channels, batch, length, h.shape[1]);
    return y;
  },

  LongConvolutionBackward(backend, [dy, u, h, skip]) {
    const [channels, batch, length] = u.shape;
    const [du, dh, dSkip] = [u, h, skip].map(({ shape }) => backend.make(shape, 'float32'));
    const inputs = [backend.handle(dy), backend.handle(u), backend.handle(h), backend.handle(skip)] as const;
    const outputs = [backend.handle(du), backend.handle(dh), backend.handle(dSkip)] as const;
    backend.addon.longConvolutionBackward(...inputs, ...outputs, channels, batch, length, h.shape[1]);
    return [du, dh, dSkip];
  },
};
