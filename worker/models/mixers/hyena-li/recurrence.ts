import * as tf from '@tensorflow/tfjs-core';
import { hyenaLiBiases, type HyenaLiConfiguration } from '../../../../main/contract/mixers/hyena-li/parameters.ts';
import type { Modes } from '../../../ops/index.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import type { Weights } from '../mixer.ts';
import { modalRecurrence } from '../modal-recurrence.ts';
import { gatedStep } from '../native-steps.ts';
import type { NativeStep, Recurrence } from '../recurrent.ts';
import { modesOf } from './forward.ts';

/** To be disposed of. */
const ownModes = (weights: Weights, config: HyenaLiConfiguration): Modes =>
  tidyAll(() => {
    const { poles, residues } = modesOf(weights, config);
    return { poles, residues: residues.clone() };
  });

/** The layer as a recurrence; its modes have a state `[D,B,S,4]`. */
export function hyenaLiRecurrence(weights: Weights, config: HyenaLiConfiguration): Recurrence {
  return modalRecurrence(weights, {
    ...{ width: config.d_model, order: 2, biased: hyenaLiBiases(config) },
    ...{ shortTaps: config.short_filter_order, shortBias: config.short_filter_bias },
    convolution: { taps: null, modes: ownModes(weights, config), skip: weights('filter.D') },
  });
}

/** The same by the native device. */
export function hyenaLiNativeStep(weights: Weights, config: HyenaLiConfiguration): NativeStep {
  const modes = ownModes(weights, config);
  return gatedStep(
    weights,
    {
      names: config.short_filter_order > 1 ? ['tail', 'modes'] : ['modes'],
      ...{ width: config.d_model, biased: hyenaLiBiases(config) },
      gate: 0,
      short: {
        filter: weights('short_filter.weight'),
        ...(config.short_filter_bias ? { bias: weights('short_filter.bias') } : {}),
      },
      filter: { modes, skip: weights('filter.D') },
    },
    () => tf.dispose([modes.poles, modes.residues]),
  );
}
