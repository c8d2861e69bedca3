import * as tf from '@tensorflow/tfjs-core';
import { s4dRule, type S4dConfiguration } from '../../../../main/contract/mixers/s4d/description.ts';
import { diagonalModes, longConvolution, modalFilter, modalScan, type Modes } from '../../../ops/index.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import { gatedOutput } from '../gated-output.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { s4dStep } from '../native-steps.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

const modesOf = (weights: Weights, config: S4dConfiguration): Modes =>
  diagonalModes(
    {
      logDt: weights('kernel.log_dt'),
      logAReal: weights('kernel.log_A_real'),
      aImag: weights('kernel.A_imag'),
      c: weights('kernel.C'),
    },
    s4dRule(config),
  );

const channelsFirst = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [2, 0, 1]);

export const s4d = {
  forward: (
    x: tf.Tensor,
    weights: Weights,
    config: S4dConfiguration,
    { precision, convolution }: MixerOptions,
  ): tf.Tensor =>
    tf.tidy(() => {
      const h = modalFilter(modesOf(weights, config), { length: x.shape[1]! });
      const y = longConvolution(channelsFirst(x), h, weights('D'), { algorithm: convolution });
      return gatedOutput(y, weights, config, precision);
    }),

  ...recurrentMixer(
    (weights: Weights, config: S4dConfiguration): Recurrence => {
      const modes = tidyAll(() => modesOf(weights, config));
      return {
        names: ['state'],
        begin: (texts) => ({ state: tf.zeros([config.d_model, texts, config.ssm_state / 2, 4]) }),
        advance(x, { state }) {
          const { y, after } = modalScan({ u: channelsFirst(x), modes, skip: weights('D'), before: state });
          return { y: gatedOutput(y, weights, config, 'fp32'), after: { state: after } };
        },
        dispose: () => tf.dispose([modes.poles, modes.residues]),
      };
    },
    (weights: Weights, config: S4dConfiguration) => {
      const modes = tidyAll(() => modesOf(weights, config));
      return s4dStep(weights, config, { modes, skip: weights('D') }, () => tf.dispose([modes.poles, modes.residues]));
    },
  ),
} satisfies Mixer;
