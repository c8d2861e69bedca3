import * as tf from '@tensorflow/tfjs-core';
import type { LongConvConfiguration } from '../../../../main/contract/mixers/long-conv/description.ts';
import { continueGroupedConvolution, longConvolution } from '../../../ops/index.ts';
import { recordGradient } from '../../../ops/operation.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import { gatedOutput } from '../gated-output.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

/**
 * max(|h| - λ, 0) with the sign of h; taps within λ of zero have no gradient (arXiv 2302.06646, section 3.1).
 *
 * @returns a new tensor
 */
export function squash(h: tf.Tensor, threshold: number): tf.Tensor {
  const [squashed] = recordGradient(
    [h],
    (save) => {
      save([h]);
      return [tf.tidy(() => tf.sub(h, tf.clipByValue(h, -threshold, threshold)))];
    },
    ([dy], [saved]) =>
      new Map([[0, tf.tidy(() => tf.mul(dy, tf.cast(tf.greater(tf.abs(saved), threshold), 'float32')))]]),
  );
  return squashed;
}

/** The taps, `[D,l_max]`, the first of which multiplies the present. */
function filtersOf(weights: Weights, { d_model: width, l_max, long_conv_squash }: LongConvConfiguration): tf.Tensor {
  const taps = tf.reshape(weights('kernel.kernel'), [width, l_max]);
  return long_conv_squash > 0 ? squash(taps, long_conv_squash) : taps;
}

const channelsFirst = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [2, 0, 1]);

export const longConv = {
  forward: (
    x: tf.Tensor,
    weights: Weights,
    config: LongConvConfiguration,
    { precision, convolution }: MixerOptions,
  ): tf.Tensor =>
    tf.tidy(() => {
      const h = filtersOf(weights, config);
      const y = longConvolution(channelsFirst(x), h, weights('D'), { algorithm: convolution });
      return gatedOutput(y, weights, config, precision);
    }),

  ...recurrentMixer((weights: Weights, config: LongConvConfiguration): Recurrence => {
    const { d_model: width, l_max } = config;
    const filter = tidyAll(() => tf.reshape(filtersOf(weights, config), [width, 1, l_max]).clone());
    return {
      names: ['inputs'],
      begin: (texts) => ({ inputs: tf.zeros([width, texts, l_max - 1]) }),
      advance(x, { inputs }) {
        const { y, after } = continueGroupedConvolution(
          { u: channelsFirst(x), before: inputs, filter, skip: weights('D') },
          { orientation: 'convolution' },
        );
        return { y: gatedOutput(y, weights, config, 'fp32'), after: { inputs: after } };
      },
      dispose: () => filter.dispose(),
    };
  }, null),

  /** Taps beyond those that were trained begin as zeros: what the model computes stays as it is. */
  resize(name, values, { d_model: width, l_max }, length) {
    if (name !== 'kernel.kernel') return values;
    const resized = new Float32Array(width * length);
    for (let channel = 0; channel < width; channel++)
      resized.set(values.subarray(channel * l_max, channel * l_max + Math.min(l_max, length)), channel * length);
    return resized;
  },
} satisfies Mixer;
