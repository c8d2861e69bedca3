import * as tf from '@tensorflow/tfjs-core';
import type { H3Configuration } from '../../../../main/contract/mixers/h3/description.ts';
import { continueH3, diagonalModes, h3 as operation, shiftFilter, type Modes } from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { tidyAll } from '../../decoding/tensor-scope.ts';
import { repeatedBatch, type Mixing } from '../../mixing.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { h3Step } from '../native-steps.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

/** By the bilinear rule, as the published files have it. */
const modesOf = (weights: Weights): Modes =>
  diagonalModes(
    {
      logDt: weights('kernel.kernel.log_dt'),
      logAReal: weights('kernel.kernel.inv_A_real'),
      aImag: weights('kernel.kernel.A_imag'),
      c: weights('kernel.kernel.C'),
      b: weights('kernel.kernel.B'),
    },
    'bilinear',
  );

/** What the operation takes but for the modes. */
function inputsOf(x: tf.Tensor, weights: Weights, config: H3Configuration, precision: MixerOptions['precision']) {
  const project = (name: string) =>
    linearLayer(x, weights, name, config.mixer_bias, { input: 'tokens', output: 'channels', precision });
  return {
    ...{ q: project('q_proj'), k: project('k_proj'), v: project('v_proj') },
    ...{ shiftB: weights('ssm_k_kernel.kernel.B'), shiftC: weights('ssm_k_kernel.kernel.C') },
    ...{ shiftSkip: weights('ssm_k_D'), skip: weights('D') },
  };
}

const projectOut = (
  y: tf.Tensor,
  weights: Weights,
  config: H3Configuration,
  precision: MixerOptions['precision'],
): tf.Tensor =>
  linearLayer(y, weights, 'output_linear', config.mixer_bias, { input: 'channels', output: 'tokens', precision });

export const h3 = {
  forward: (
    x: tf.Tensor,
    weights: Weights,
    config: H3Configuration,
    { precision, convolution }: MixerOptions,
  ): tf.Tensor =>
    tf.tidy(() => {
      const inputs = { ...inputsOf(x, weights, config, precision), modes: modesOf(weights) };
      return projectOut(operation(inputs, { algorithm: convolution }), weights, config, precision);
    }),

  mixing(x: tf.Tensor, weights: Weights, config: H3Configuration): Mixing {
    const { q, k, v, ...rest } = { ...inputsOf(x, weights, config, 'fp32'), modes: modesOf(weights) };
    const { d_model: width, h3_head_dim: size } = config;
    const heads = width / size;
    /** What the operation gives has the channels of a head apart from each other; here they are consecutive. */
    const regrouped = (y: tf.Tensor, from: [number, number]): tf.Tensor =>
      tf.reshape(tf.transpose(tf.reshape(y, [...from, -1, x.shape[1]!]), [1, 0, 2, 3]), [width, -1, x.shape[1]!]);
    return {
      unit: 'head',
      count: heads,
      values: v,
      mix(values) {
        const repeat = (one: tf.Tensor) => repeatedBatch(one, 1, values.shape[1]!);
        const y = operation({ ...rest, q: repeat(q), k: repeat(k), v: values }, { algorithm: 'auto' });
        return regrouped(y, [size, heads]);
      },
      project: (mixed) => projectOut(regrouped(mixed, [heads, size]), weights, config, 'fp32'),
    };
  },

  ...recurrentMixer(
    (weights: Weights, config: H3Configuration): Recurrence => {
      const { d_model: width, ssm_state: states, h3_head_dim: size } = config;
      const modes = tidyAll(() => modesOf(weights));
      return {
        names: ['keys', 'state'],
        begin: (texts) => ({
          keys: tf.zeros([width, texts, states - 1]),
          state: tf.zeros([width * size, texts, states / 2, 4]),
        }),
        advance(x, { keys, state }) {
          const { y, after } = continueH3({ ...inputsOf(x, weights, config, 'fp32'), modes }, { keys, state });
          return { y: projectOut(y, weights, config, 'fp32'), after: { keys: after.keys, state: after.state } };
        },
        dispose: () => tf.dispose([modes.poles, modes.residues]),
      };
    },
    (weights: Weights, config: H3Configuration) => {
      const { modes, shift } = tidyAll(() => ({
        modes: modesOf(weights),
        shift: shiftFilter(weights('ssm_k_kernel.kernel.B'), weights('ssm_k_kernel.kernel.C')),
      }));
      return h3Step(
        weights,
        config,
        { size: config.h3_head_dim, shift, shiftSkip: weights('ssm_k_D'), modes, skip: weights('D') },
        () => tf.dispose([modes.poles, modes.residues, shift]),
      );
    },
  ),
} satisfies Mixer;
