import type { GpuKernels } from '../devices/webgpu/kernel.ts';
import { webgpuAccumulate } from './accumulate/webgpu.ts';
import { webgpuAdamW } from './adamw/webgpu.ts';
import { webgpuAttention } from './attention/webgpu.ts';
import { webgpuCrossEntropy } from './cross-entropy/webgpu.ts';
import { webgpuDropout } from './dropout/webgpu.ts';
import { webgpuEmbedding } from './embedding/webgpu.ts';
import { webgpuGroupedConvolution } from './grouped-convolution/webgpu.ts';
import { webgpuHyenaPrefill } from './hyena-prefill/webgpu.ts';
import { webgpuHyenaRecurrence } from './hyena-recurrence/webgpu.ts';
import { webgpuImplicitFilter } from './implicit-filter/webgpu.ts';
import { webgpuLayerNorm } from './layer-norm/webgpu.ts';
import { webgpuLinear } from './linear/webgpu.ts';
import { webgpuLongConvolution } from './long-convolution/webgpu.ts';
import { webgpuMlp } from './mlp/webgpu.ts';
import { webgpuModalFilter } from './modal-filter/webgpu.ts';
import { webgpuModalScan } from './modal-scan/webgpu.ts';
import { webgpuResidualLayerNorm } from './residual-layer-norm/webgpu.ts';

/** What the device `webgpu` computes by shaders. The rest stays composed. */
export const webgpuOperations: GpuKernels = {
  ...webgpuAccumulate,
  ...webgpuAdamW,
  ...webgpuAttention,
  ...webgpuCrossEntropy,
  ...webgpuDropout,
  ...webgpuEmbedding,
  ...webgpuGroupedConvolution,
  ...webgpuHyenaPrefill,
  ...webgpuHyenaRecurrence,
  ...webgpuImplicitFilter,
  ...webgpuLayerNorm,
  ...webgpuLinear,
  ...webgpuLongConvolution,
  ...webgpuMlp,
  ...webgpuModalFilter,
  ...webgpuModalScan,
  ...webgpuResidualLayerNorm,
};
