import * as tf from '@tensorflow/tfjs-core';
import { gssSizes, type GssConfiguration } from '../../../../main/contract/mixers/gss/parameters.ts';
import {
  activation,
  diagonalModes,
  layerNorm,
  longConvolution,
  modalFilter,
  modalScan,
  type Modes,
} from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

type Precision = MixerOptions['precision'];
const tokens = { input: 'tokens', output: 'tokens' } as const;

/** Λ is shared by all channels; time steps are one. */
export function modesOf(weights: Weights, config: GssConfiguration): Modes {
  const { channels } = gssSizes(config);
  const shared = (row: tf.Tensor) => tf.mul(tf.ones([channels, 1]), row);
  return diagonalModes(
    {
      logDt: tf.zeros([channels]),
      logAReal: shared(weights('dss.Lambda_re')),
      aImag: shared(tf.exp(weights('dss.Lambda_im'))),
      // Of conjugate pairs the rule counts both; here each mode counts once.
      c: tf.mul(weights('dss.C'), 0.5),
    },
    'zero-order-hold',
  );
}

/** What the state space is given, `[H,B,L]`. @param x `[B,L,D]` */
function narrow(x: tf.Tensor, weights: Weights, config: GssConfiguration, precision: Precision): tf.Tensor {
  const u = activation(linearLayer(x, weights, 'to_u', config.mixer_bias, { ...tokens, precision }), null, 'gelu');
  const normalised = layerNorm(u, weights('dss.norm.weight'), weights('dss.norm.bias'), config.layer_norm_epsilon);
  return tf.transpose(normalised, [2, 0, 1]);
}

/** @param x `[B,L,D]` @param y what the state space gives, `[H,B,L]` @returns `[B,L,D]` */
function gated(
  x: tf.Tensor,
  y: tf.Tensor,
  weights: Weights,
  config: GssConfiguration,
  precision: Precision,
): tf.Tensor {
  const { mixer_bias: biased } = config;
  const v = linearLayer(x, weights, 'to_v', biased, { ...tokens, precision });
  const wide = linearLayer(y, weights, 'to_gate', biased, { input: 'channels', output: 'tokens', precision });
  return linearLayer(activation(v, wide, 'gelu'), weights, 'to_out', biased, { ...tokens, precision });
}

export const gss = {
  forward: (
    x: tf.Tensor,
    weights: Weights,
    config: GssConfiguration,
    { precision, convolution }: MixerOptions,
  ): tf.Tensor =>
    tf.tidy(() => {
      const u = narrow(x, weights, config, precision);
      const h = modalFilter(modesOf(weights, config), { length: x.shape[1]! });
      const y = longConvolution(u, h, weights('dss.D'), { algorithm: convolution });
      return gated(x, y, weights, config, precision);
    }),

  ...recurrentMixer((weights: Weights, config: GssConfiguration): Recurrence => {
    const modes = tidyAll(() => modesOf(weights, config));
    const { channels, modes: count } = gssSizes(config);
    return {
      names: ['state'],
      begin: (texts) => ({ state: tf.zeros([channels, texts, count, 4]) }),
      advance(x, { state }) {
        const u = narrow(x, weights, config, 'fp32');
        const { y, after } = modalScan({ u, modes, skip: weights('dss.D'), before: state });
        return { y: gated(x, y, weights, config, 'fp32'), after: { state: after } };
      },
      dispose: () => tf.dispose([modes.poles, modes.residues]),
    };
  }, null),
} satisfies Mixer;
