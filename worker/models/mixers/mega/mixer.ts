import * as tf from '@tensorflow/tfjs-core';
import { megaSizes, type MegaConfiguration } from '../../../../main/contract/mixers/mega/parameters.ts';
import { activation, longConvolution, modalFilter, modalScan, type Modes } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import { repeatedBatch, type Mixing } from '../../mixing.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';
import { attendInChunks, attendOn } from './chunked-attention.ts';

type Precision = MixerOptions['precision'];
const tokens = { input: 'tokens', output: 'tokens' } as const;

/** The moving averages as real modes: poles 1 - αδ, residues γαβ/√N. */
export function modesOf(weights: Weights): Modes {
  const [delta, alpha, beta, gamma] = ['delta', 'alpha', 'beta', 'gamma'].map((name) => weights(`move.${name}`));
  const weight = tf.sigmoid(alpha);
  const pole = tf.sub(1, tf.mul(weight, tf.sigmoid(delta)));
  const [channels, states] = pole.shape;
  const scale = tf.mul(tf.reshape(gamma, [channels, states, 1]), 1 / Math.sqrt(states));
  const residue = tf.mul(tf.mul(scale, weight), beta);
  return {
    poles: tf.concat([pole, tf.zeros([channels, states, 3])], 2),
    residues: tf.concat([residue, tf.zeros([channels, states, 1])], 2),
  };
}

/** What is made of the averages before attention, and what it is gated with. */
interface Projected {
  readonly queries: tf.Tensor;
  readonly keys: tf.Tensor;
  readonly values: tf.Tensor;
  /** Of what attention gives. */
  readonly reset: tf.Tensor;
  /** Of the candidate, beside x. */
  readonly update: tf.Tensor;
  /** What the candidate has beside attention. */
  readonly direct: tf.Tensor;
}

/** @param x `[B,L,D]` @param averages `[D,B,L]` @returns all `[B,L,…]` */
function project(
  x: tf.Tensor,
  averages: tf.Tensor,
  weights: Weights,
  config: MegaConfiguration,
  precision: Precision,
): Projected {
  const { mixer_bias: biased, d_model: d } = config;
  const { keys: width, values: channels } = megaSizes(config);
  const linear = (from: tf.Tensor, name: string) => linearLayer(from, weights, name, biased, { ...tokens, precision });
  const values = activation(linear(x, 'v_proj'), null, 'silu');
  const averaged = activation(tf.transpose(averages, [1, 2, 0]), null, 'silu');
  const [update, shared, reset, direct] = tf.split(linear(averaged, 'mx_proj'), [d, width, channels, d], 2);
  const base = activation(shared, null, 'silu');
  const [scales, shifts] = ['gamma', 'beta'].map((name) => tf.split(weights(name), 2, 0));
  const [queries, keys] = [0, 1].map((which) => tf.add(tf.mul(base, scales[which]), shifts[which]));
  return {
    ...{ queries: tf.mul(queries, width ** -0.5), keys, values, direct },
    ...{ reset: activation(reset, null, 'silu'), update: tf.sigmoid(update) },
  };
}

/** φ·(SiLU(direct + W(reset·attended)) - x): the gated residual, of which the block adds x. */
function gated(
  x: tf.Tensor,
  attended: tf.Tensor,
  { reset, update, direct }: Projected,
  weights: Weights,
  { mixer_bias }: MegaConfiguration,
  precision: Precision,
): tf.Tensor {
  const given = linearLayer(tf.mul(attended, reset), weights, 'h_proj', mixer_bias, { ...tokens, precision });
  return tf.mul(update, tf.sub(activation(tf.add(direct, given), null, 'silu'), x));
}

/** What is made of a text before attention. @param x `[B,L,D]` */
function ofText(
  x: tf.Tensor,
  weights: Weights,
  config: MegaConfiguration,
  { precision, convolution }: Pick<MixerOptions, 'precision' | 'convolution'>,
): Projected {
  const h = modalFilter(modesOf(weights), { length: x.shape[1]! });
  const u = tf.transpose(x, [2, 0, 1]);
  const averages = longConvolution(u, h, weights('move.omega'), { algorithm: convolution });
  return project(x, averages, weights, config, precision);
}

const biasOf = (weights: Weights) => weights('rel_pos_bias.rel_pos_bias') as tf.Tensor1D;

export const mega = {
  forward: (x: tf.Tensor, weights: Weights, config: MegaConfiguration, options: MixerOptions): tf.Tensor =>
    tf.tidy(() => {
      const projected = ofText(x, weights, config, options);
      return gated(x, attendInChunks(projected, biasOf(weights)), projected, weights, config, options.precision);
    }),

  /** One matrix for all channels: attention within chunks. */
  mixing(x: tf.Tensor, weights: Weights, config: MegaConfiguration): Mixing {
    const projected = ofText(x, weights, config, { precision: 'fp32', convolution: 'auto' });
    return {
      ...{ unit: 'head', count: 1, values: tf.transpose(projected.values, [2, 0, 1]) },
      mix(values) {
        const [queries, keys] = [projected.queries, projected.keys].map((one) =>
          repeatedBatch(one, 0, values.shape[1]!),
        );
        const attended = attendInChunks({ queries, keys, values: tf.transpose(values, [1, 2, 0]) }, biasOf(weights));
        return tf.transpose(attended, [2, 0, 1]);
      },
      project: (mixed) => gated(x, tf.transpose(mixed, [1, 2, 0]), projected, weights, config, 'fp32'),
    };
  },

  ...recurrentMixer((weights: Weights, config: MegaConfiguration): Recurrence => {
    const modes = tidyAll(() => modesOf(weights));
    const { states, chunk, keys, values } = megaSizes(config);
    return {
      names: ['state', 'keys', 'values', 'place'],
      begin: (texts) => ({
        state: tf.zeros([config.d_model, texts, states, 4]),
        keys: tf.zeros([1, texts, chunk, keys]),
        values: tf.zeros([1, texts, chunk, values]),
        place: tf.zeros([1, texts]),
      }),
      advance(x, { state, ...before }) {
        const u = tf.transpose(x, [2, 0, 1]);
        const { y, after } = modalScan({ u, modes, skip: weights('move.omega'), before: state });
        const projected = project(x, y, weights, config, 'fp32');
        const { attended, kept } = attendOn(projected, biasOf(weights), before);
        return { y: gated(x, attended, projected, weights, config, 'fp32'), after: { state: after, ...kept } };
      },
      dispose: () => tf.dispose([modes.poles, modes.residues]),
    };
  }, null),
} satisfies Mixer;
