import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import { NativeBackend } from '../../devices/native/backend.ts';
import type { LanguageModel } from '../language-model.ts';
import { mixerOf, onlyMixerOf } from '../mixers/index.ts';
import type { LayerStepper, StepDevice, Weights } from '../mixers/mixer.ts';
import { isUsualBlock } from '../usual-block.ts';
import { BlockStepper } from './block-stepper.ts';
import type { CacheStrategy, Stepper } from './stepper.ts';

/** Whose kernels take a step. */
export function stepDevice(): StepDevice {
  if (tf.backend() instanceof NativeBackend) return 'native';
  return tf.getBackend() === 'webgpu' ? 'webgpu' : 'host';
}

/** All in one where the mixer has that for the device, else layer by layer. */
function exactStepper(model: LanguageModel): Stepper {
  const { config } = model;
  const fused = onlyMixerOf(config)?.fused?.[stepDevice()];
  if (fused && isUsualBlock(config)) return fused(model);
  return new BlockStepper(model, (weights, layer) => exactLayer(config, layer, weights));
}

/** The step of one layer. */
export function exactLayer(config: ResolvedModelConfiguration, layer: number, weights: Weights): LayerStepper {
  const { step } = mixerOf(config, layer);
  return step[stepDevice()]?.(weights, config) ?? step.host(weights, config);
}

/** Every token is exactly what the whole text gives. */
export const exact: CacheStrategy = { keepsPrefix: true, stepper: exactStepper };
