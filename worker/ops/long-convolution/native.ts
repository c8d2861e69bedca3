import type { Kernels } from '../../devices/native/kernels/kernel.ts';

/** By Fourier transform whatever `algorithm` says: on a CPU that is the faster one at every length. */
export const nativeLongConvolution: Kernels = {
  LongConvolution(backend, [u, h, skip]) {
    const [channels, batch, length] = u.shape;
    const y = backend.make(u.shape, 'float32');
    const sizes = { channels, batch, length, filterLength: h.shape[1] };
    backend.addon.longConvolution({ ...backend.handles({ u, h, skip, y }), ...sizes });
    return y;
  },

  LongConvolutionBackward(backend, [dy, u, h, skip]) {
    const [channels, batch, length] = u.shape;
    const [du, dh, dSkip] = [u, h, skip].map(({ shape }) => backend.make(shape, 'float32'));
    const sizes = { channels, batch, length, filterLength: h.shape[1] };
    backend.addon.longConvolutionBackward({ ...backend.handles({ dy, u, h, skip, du, dh, dSkip }), ...sizes });
    return [du, dh, dSkip];
  },
};
