import type { GpuKernels } from '../../devices/webgpu/kernel.ts';
import type { LayerNormAttributes } from '../layer-norm/composed.ts';
import { normaliseBackwardOnGpu, normaliseOnGpu } from '../layer-norm/webgpu.ts';

export const webgpuResidualLayerNorm: GpuKernels = {
  ResidualLayerNorm: (backend, [x, residual, gamma, beta], attributes) =>
    normaliseOnGpu(backend, [x, residual, gamma, beta], attributes as unknown as LayerNormAttributes),

  /** x and residual have the same gradient: one tensor, counted twice. */
  ResidualLayerNormBackward: (backend, [dSum, dy, gamma, sum], attributes) => {
    const [dx, dGamma, dBeta] = normaliseBackwardOnGpu(
      backend,
      [dSum, dy, sum, gamma],
      attributes as unknown as LayerNormAttributes,
    );
    return [dx, backend.share(dx), dGamma, dBeta];
  },
};
