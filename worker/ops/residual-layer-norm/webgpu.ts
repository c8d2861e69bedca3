import type { GpuKernels } from '../../devices/webgpu/kernel.ts';
import type { LayerNormAttributes } from '../layer-norm/composed.ts';
import { normaliseBackwardOnGpu, normaliseOnGpu } from '../layer-norm/webgpu.ts';

export const webgpuResidualLayerNorm: GpuKernels = {
  ResidualLayerNorm: (backend, [x, residual, gamma, beta], attributes) =>
    normaliseOnGpu(backend, [x, residual, gamma, beta], attributes as unknown as LayerNormAttributes),

  /** x and residual have the same gradient: one tensor, counted twice, or that of x in f16. */
  ResidualLayerNormBackward: (backend, [dSum, dy, gamma, sum], given) => {
    const attributes = given as unknown as LayerNormAttributes;
    const { dx, dDelta, dGamma, dBeta } = normaliseBackwardOnGpu(backend, [dSum, dy, sum, gamma], attributes);
    return dDelta === null ? [dx, backend.share(dx), dGamma, dBeta] : [dDelta, dx, dGamma, dBeta];
  },
};
