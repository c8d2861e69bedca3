import { tensorflow as adamW } from './adamw/tensorflow.ts';
import { tensorflow as crossEntropy } from './cross-entropy/tensorflow.ts';
import { tensorflow as embedding } from './embedding/tensorflow.ts';
import { tensorflow as linear } from './linear/tensorflow.ts';
import { tensorflow as longConvolution } from './long-convolution/tensorflow.ts';
import { tensorflow as mlp } from './mlp/tensorflow.ts';
import type { Overrides } from './operation.ts';

/** What the devices `tensorflow` and `cuda` do by TensorFlow's own ops. The rest stays composed. */
export const tensorFlowOverrides: Overrides = {
  ...adamW,
  ...crossEntropy,
  ...embedding,
  ...linear,
  ...longConvolution,
  ...mlp,
};
