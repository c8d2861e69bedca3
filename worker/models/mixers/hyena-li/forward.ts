import * as tf from '@tensorflow/tfjs-core';
import { hyenaLiBiases, type HyenaLiConfiguration } from '../../../../main/contract/mixers/hyena-li/parameters.ts';
import {
  complexModes,
  decayingModes,
  hyenaRecurrence,
  modalFilter,
  realModes,
  type Modes,
} from '../../../ops/index.ts';
import { linearLayer, withBias } from '../../biased-linear.ts';
import type { Mixing } from '../../mixing.ts';
import { gatedMixing } from '../gated-mixing.ts';
import type { MixerOptions, Weights } from '../mixer.ts';

/** Trained as Hyena of order 2 with filters of the sequence's length: by convolution. */
export function hyenaLiForward(
  x: tf.Tensor,
  weights: Weights,
  config: HyenaLiConfiguration,
  { precision, convolution }: MixerOptions,
): tf.Tensor {
  const { d_model, short_filter_bias } = config;
  const biased = hyenaLiBiases(config);
  const h = tf.tidy(() => modalFilter(modesOf(weights, config), { length: x.shape[1]! }));
  const p = linearLayer(x, weights, 'in_proj', biased.input, { input: 'tokens', output: 'channels', precision });
  const mixed = withBias(weights, 'short_filter', 3 * d_model, short_filter_bias, (shortBias) =>
    hyenaRecurrence(
      { p, shortWeight: weights('short_filter.weight'), shortBias, h, skip: weights('filter.D') },
      { order: 2, algorithm: convolution },
    ),
  );
  tf.dispose([p, h]);
  const y = linearLayer(mixed, weights, 'out_proj', biased.output, { input: 'channels', output: 'tokens', precision });
  mixed.dispose();
  return y;
}

/** The operator as a matrix of each channel. */
export function hyenaLiMixing(x: tf.Tensor, weights: Weights, config: HyenaLiConfiguration): Mixing {
  const biased = hyenaLiBiases(config);
  const precision = 'fp32';
  return gatedMixing(
    {
      p: linearLayer(x, weights, 'in_proj', biased.input, { input: 'tokens', output: 'channels', precision }),
      shortWeight: weights('short_filter.weight'),
      ...(config.short_filter_bias && { shortBias: weights('short_filter.bias') }),
      h: modalFilter(modesOf(weights, config), { length: x.shape[1]! }),
      skip: weights('filter.D'),
    },
    2,
    (mixed) =>
      linearLayer(mixed, weights, 'out_proj', biased.output, { input: 'channels', output: 'tokens', precision }),
  );
}

/** The long filters. Residues may be the weights themselves. */
export function modesOf(weights: Weights, { modal_poles, modal_form }: HyenaLiConfiguration): Modes {
  const complex = modal_poles === 'complex';
  const residues = weights('filter.residues');
  if (modal_form === 'free')
    return complex ? complexModes(weights('filter.poles'), residues) : realModes(weights('filter.log_poles'), residues);
  return decayingModes(weights('filter.log_decays'), complex ? weights('filter.phases') : null, residues);
}
