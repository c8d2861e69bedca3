import type { GpuKernels } from '../../devices/webgpu/kernel.ts';
import { normaliseBackwardOnGpu, normaliseOnGpu } from '../layer-norm/webgpu.ts';

export const webgpuResidualLayerNorm: GpuKernels = {
  ResidualLayerNorm: (backend, [x, residual, gamma, beta], { epsilon }) =>
    normaliseOnGpu(backend, [x, residual, gamma, beta], epsilon as number),

  /** x and residual have the same gradient: one tensor, counted twice. */
  ResidualLayerNormBackward: (backend, [dSum, dy, gamma, sum], { epsilon }) => {
    const [dx, dGamma, dBeta] = normaliseBackwardOnGpu(backend, [dSum, dy, sum, gamma], epsilon as number);
    return [dx, backend.share(dx), dGamma, dBeta];
  },
};
