import type { ConfigurationInput } from '../settings.ts';
import { rateAtWidth } from './sizes.ts';

/** The deepest model that the dial offers. */
export const mostDepth = 32;

/** Width of a layer: as many channels for each layer as nanochat's. */
const widthPerLayer = 64;
/** Tokens per weight (Hoffmann et al., arXiv 2203.15556). */
const tokensPerWeight = 20;
/** So often may data be repeated before it teaches much less than new data (Muennighoff et al., arXiv 2305.16264). */
const mostEpochs = 4;
/** Layers for which the gradients of one more batch are accumulated. */
const layersPerBatch = 4;

/**
 * One dial that sets a model and its training together, as nanochat's `depth`: layers, width, learning rate, batch and
 * budget; its rates are those of the window's dial. Attention has heads of 64 channels by itself. The budget is 20 tokens for each weight of the layers,
 * 12·layers·width² in all, and at most four epochs.
 *
 * @param depth layers, from 1 to 32
 */
export function depthSettings(depth: number): Required<Pick<ConfigurationInput, 'model' | 'training'>> {
  const width = widthPerLayer * depth;
  return {
    model: { n_layer: depth, d_model: width, d_inner: null },
    training: {
      learning_rate: rateAtWidth(width),
      batch_size: 8,
      gradient_accumulation_steps: Math.ceil(depth / layersPerBatch),
      ...{ warmup_steps: null, warmup_ratio: 0.05 },
      ...{ max_tokens: tokensPerWeight * 12 * depth * width ** 2, max_epochs: mostEpochs },
    },
  };
}
