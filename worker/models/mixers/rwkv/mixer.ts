import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../../main/contract/configuration.ts';
import { tokenShift, wkv } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { rwkvStep } from '../native-steps.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

/** What a layer continues from: the last position's input `[B,1,D]`, and the sums of `wkv`. */
interface Past {
  readonly last: tf.Tensor;
  readonly sums: tf.Tensor;
}

/** Time mixing (arXiv 2305.13048, equations 11 to 16) after what was before. */
function mix(
  x: tf.Tensor,
  weights: Weights,
  { mixer_bias }: ResolvedModelConfiguration,
  precision: MixerOptions['precision'],
  past: Past | null,
): { y: tf.Tensor; after: tf.Tensor } {
  const attributes = { input: 'tokens', output: 'tokens', precision } as const;
  const project = (name: string, from: tf.Tensor) => linearLayer(from, weights, name, mixer_bias, attributes);
  const [k, v, r] = ['key', 'value', 'receptance'].map((name) =>
    project(name, tokenShift(x, weights(`time_mix_${name[0]}`), past?.last ?? null)),
  );
  const { y, after } = wkv({
    ...{ k, v, rate: tf.exp(weights('time_decay')), bonus: weights('time_first') },
    before: past?.sums ?? null,
  });
  return { y: project('output', tf.mul(tf.sigmoid(r), y)), after };
}

export const rwkv = {
  forward: (
    x: tf.Tensor,
    weights: Weights,
    config: ResolvedModelConfiguration,
    { precision }: MixerOptions,
  ): tf.Tensor => tf.tidy(() => mix(x, weights, config, precision, null).y),

  ...recurrentMixer(
    (weights: Weights, config: ResolvedModelConfiguration): Recurrence => ({
      names: ['last', 'sums'],
      begin: (texts) => ({ last: tf.zeros([1, texts, config.d_model]), sums: tf.zeros([3, texts, config.d_model]) }),
      advance(x, { last, sums }) {
        const [batch, length, width] = x.shape as [number, number, number];
        const { y, after } = mix(x, weights, config, 'fp32', { last: tf.reshape(last, [batch, 1, width]), sums });
        const latest = tf.slice(x, [0, length - 1, 0], [batch, 1, width]);
        return { y, after: { last: tf.reshape(latest, [1, batch, width]), sums: after } };
      },
    }),
    rwkvStep,
  ),
} satisfies Mixer;
