import type { DistilledLayers } from '../mixers/distillation.ts';
import { isUsualBlock } from '../usual-block.ts';
import { BlockStepper } from './block-stepper.ts';
import { exactLayer, stepDevice } from './exact.ts';
import type { CacheStrategy } from './stepper.ts';

/** Distilled layers go on by their recurrence and forget what was read; all others are exact. */
export const distilledStrategy = ({ layers, fused }: DistilledLayers): CacheStrategy => ({
  keepsPrefix: false,
  stepper(model) {
    const { config } = model;
    const whole = layers.size === config.n_layer && isUsualBlock(config) ? fused?.[stepDevice()] : undefined;
    if (whole) return whole(model);
    return new BlockStepper(
      model,
      (weights, layer) => layers.get(layer)?.(model, weights) ?? exactLayer(config, layer, weights),
      (layer) => !layers.has(layer),
    );
  },
});
