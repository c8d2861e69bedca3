import type { Kernels } from '../devices/native/kernels/kernel.ts';
import { nativeActivation } from './activation/native.ts';
import { nativeAdamW } from './adamw/native.ts';
import { nativeAdaptedMlp } from './adapted-mlp/native.ts';
import { nativeAttention } from './attention/native.ts';
import { nativeCrossEntropy } from './cross-entropy/native.ts';
import { nativeDropout } from './dropout/native.ts';
import { nativeEmbedding } from './embedding/native.ts';
import { nativeGroupedConvolution } from './grouped-convolution/native.ts';
import { nativeHyenaPrefill } from './hyena-prefill/native.ts';
import { nativeHyenaRecurrence } from './hyena-recurrence/native.ts';
import { nativeImplicitFilter } from './implicit-filter/native.ts';
import { nativeLayerNorm } from './layer-norm/native.ts';
import { nativeLinear } from './linear/native.ts';
import { nativeLongConvolution } from './long-convolution/native.ts';
import { nativeMlp } from './mlp/native.ts';
import { nativeModalFilter } from './modal-filter/native.ts';
import { nativeModalScan } from './modal-scan/native.ts';
import { nativeResidualLayerNorm } from './residual-layer-norm/native.ts';
import { nativeRotary } from './rotary/native.ts';
import { nativeWkv } from './wkv/native.ts';

/** What the native device computes by C++ kernels. The rest stays composed. */
export const nativeOperations: Kernels = {
  ...nativeActivation,
  ...nativeAdamW,
  ...nativeAdaptedMlp,
  ...nativeAttention,
  ...nativeCrossEntropy,
  ...nativeDropout,
  ...nativeEmbedding,
  ...nativeGroupedConvolution,
  ...nativeHyenaPrefill,
  ...nativeHyenaRecurrence,
  ...nativeImplicitFilter,
  ...nativeLayerNorm,
  ...nativeLinear,
  ...nativeLongConvolution,
  ...nativeMlp,
  ...nativeModalFilter,
  ...nativeModalScan,
  ...nativeResidualLayerNorm,
  ...nativeRotary,
  ...nativeWkv,
};
