import { portable as adamW } from './adamw/portable.ts';
import { portable as attention } from './attention/portable.ts';
import { portable as crossEntropy } from './cross-entropy/portable.ts';
import { portable as dropout } from './dropout/portable.ts';
import { portable as embedding } from './embedding/portable.ts';
import { portable as groupedConvolution } from './grouped-convolution/portable.ts';
import { portable as hyenaExtension } from './hyena-prefill/portable.ts';
import { portable as hyenaRecurrence } from './hyena-recurrence/portable.ts';
import { portable as layerNorm } from './layer-norm/portable.ts';
import { portable as linear } from './linear/portable.ts';
import { portable as longConvolution } from './long-convolution/portable.ts';
import { portable as mlp } from './mlp/portable.ts';
import { portable as modalFilter } from './modal-filter/portable.ts';
import { portable as modalScan } from './modal-scan/portable.ts';
import type { Overrides } from './operation.ts';
import { portable as wkv } from './wkv/portable.ts';
import { portable as residualLayerNorm } from './residual-layer-norm/portable.ts';

/** What the portable device computes itself: typed arrays over WebAssembly memory. The rest stays composed. */
export const portableOverrides: Overrides = {
  ...adamW,
  ...attention,
  ...crossEntropy,
  ...dropout,
  ...embedding,
  ...groupedConvolution,
  ...hyenaExtension,
  ...hyenaRecurrence,
  ...layerNorm,
  ...linear,
  ...longConvolution,
  ...mlp,
  ...modalFilter,
  ...modalScan,
  ...residualLayerNorm,
  ...wkv,
};
