import * as tf from '@tensorflow/tfjs-core';
import type { ShortConvConfiguration } from '../../../../main/contract/mixers/short-conv/description.ts';
import { continueGroupedConvolution, groupedConvolution } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import type { Mixing } from '../../mixing.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { gatedStep } from '../native-steps.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

const correlation = { orientation: 'correlation' } as const;
const convolutionOf = (
  weights: Weights,
  { mixer_bias }: ShortConvConfiguration,
): { filter: tf.Tensor; bias?: tf.Tensor } => ({
  filter: weights('conv.weight'),
  ...(mixer_bias ? { bias: weights('conv.bias') } : {}),
});

/** B, C and x of each channel, `[D,B,L]`. */
function projected(
  x: tf.Tensor,
  weights: Weights,
  config: ShortConvConfiguration,
  precision: MixerOptions['precision'],
) {
  const attributes = { input: 'tokens', output: 'channels', precision } as const;
  return tf.split(linearLayer(x, weights, 'in_proj', config.mixer_bias, attributes), 3, 0);
}

const projectOut = (
  y: tf.Tensor,
  weights: Weights,
  config: ShortConvConfiguration,
  precision: MixerOptions['precision'],
): tf.Tensor =>
  linearLayer(y, weights, 'out_proj', config.mixer_bias, { input: 'channels', output: 'tokens', precision });

export const shortConv = {
  forward: (x: tf.Tensor, weights: Weights, config: ShortConvConfiguration, { precision }: MixerOptions): tf.Tensor =>
    tf.tidy(() => {
      const [b, c, value] = projected(x, weights, config, precision);
      const y = groupedConvolution({ u: tf.mul(b, value), ...convolutionOf(weights, config) }, correlation);
      return projectOut(tf.mul(c, y), weights, config, precision);
    }),

  mixing(x: tf.Tensor, weights: Weights, config: ShortConvConfiguration): Mixing {
    const [b, c, values] = projected(x, weights, config, 'fp32');
    const { filter, bias } = convolutionOf(weights, config);
    return {
      unit: 'channel',
      count: config.d_model,
      values,
      mix: (v) => tf.mul(c, groupedConvolution({ u: tf.mul(b, v), filter }, correlation)),
      // The bias is added to what is mixed, and passes the gate with it.
      project: (mixed) =>
        projectOut(bias ? tf.add(mixed, tf.mul(c, tf.reshape(bias, [-1, 1, 1]))) : mixed, weights, config, 'fp32'),
    };
  },

  ...recurrentMixer(
    (weights: Weights, config: ShortConvConfiguration): Recurrence => ({
      names: ['inputs'],
      begin: (texts) => ({ inputs: tf.zeros([config.d_model, texts, config.short_conv_length - 1]) }),
      advance(x, { inputs }) {
        const [b, c, value] = projected(x, weights, config, 'fp32');
        const { y, after } = continueGroupedConvolution(
          { u: tf.mul(b, value), before: inputs, ...convolutionOf(weights, config) },
          correlation,
        );
        return { y: projectOut(tf.mul(c, y), weights, config, 'fp32'), after: { inputs: after } };
      },
    }),
    (weights: Weights, config: ShortConvConfiguration) =>
      gatedStep(weights, {
        names: ['inputs'],
        width: config.d_model,
        biased: { input: config.mixer_bias, output: config.mixer_bias },
        gate: 1,
        filter: { ...convolutionOf(weights, config), ...correlation },
      }),
  ),
} satisfies Mixer;
