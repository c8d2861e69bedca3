import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../../main/contract/configuration.ts';
import { tokenShift, wkv } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { repeatedBatch, type Mixing } from '../../mixing.ts';
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
  const project = linearLayers(weights, mixer_bias, precision);
  const [k, v, r] = projected(x, weights, project, past?.last ?? null);
  const { y, after } = wkv({ k, v, ...decay(weights), before: past?.sums ?? null });
  return { y: project('output', tf.mul(tf.sigmoid(r), y)), after };
}

type Project = (name: string, from: tf.Tensor) => tf.Tensor;

function linearLayers(weights: Weights, biased: boolean, precision: MixerOptions['precision']): Project {
  const attributes = { input: 'tokens', output: 'tokens', precision } as const;
  return (name, from) => linearLayer(from, weights, name, biased, attributes);
}

/** Keys, values and receptances, `[B,L,D]`. @param last what stands before x */
const projected = (x: tf.Tensor, weights: Weights, project: Project, last: tf.Tensor | null): tf.Tensor[] =>
  ['key', 'value', 'receptance'].map((name) => project(name, tokenShift(x, weights(`time_mix_${name[0]}`), last)));

const decay = (weights: Weights) => ({ rate: tf.exp(weights('time_decay')), bonus: weights('time_first') });

export const rwkv = {
  forward: (
    x: tf.Tensor,
    weights: Weights,
    config: ResolvedModelConfiguration,
    { precision }: MixerOptions,
  ): tf.Tensor => tf.tidy(() => mix(x, weights, config, precision, null).y),

  mixing(x: tf.Tensor, weights: Weights, config: ResolvedModelConfiguration): Mixing {
    const project = linearLayers(weights, config.mixer_bias, 'fp32');
    const [k, values, r] = projected(x, weights, project, null);
    return {
      unit: 'channel',
      count: config.d_model,
      values: tf.transpose(values, [2, 0, 1]),
      mix(channels) {
        const v = tf.transpose(channels, [1, 2, 0]);
        const { y } = wkv({ k: repeatedBatch(k, 0, v.shape[0]), v, ...decay(weights), before: null });
        return tf.transpose(tf.mul(tf.sigmoid(r), y), [2, 0, 1]);
      },
      project: (mixed) => project('output', tf.transpose(mixed, [1, 2, 0])),
    };
  },

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
