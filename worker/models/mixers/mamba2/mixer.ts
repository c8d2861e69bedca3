import * as tf from '@tensorflow/tfjs-core';
import { mamba2Sizes, type Mamba2Configuration } from '../../../../main/contract/mixers/mamba2/parameters.ts';
import {
  activation,
  continueGroupedConvolution,
  groupedConvolution,
  rmsNorm,
  selectiveScan,
} from '../../../ops/index.ts';
import { linearLayer } from '../../biased-linear.ts';
import { repeatedBatch, type Mixing } from '../../mixing.ts';
import type { Mixer, MixerOptions, Weights } from '../mixer.ts';
import { mamba2Step } from '../native-steps.ts';
import { recurrentMixer, type Recurrence } from '../recurrent.ts';

const correlation = { orientation: 'correlation' } as const;
type Precision = MixerOptions['precision'];

/** Gates `[I,B,L]`, what is convolved `[I+2N,B,L]`, and steps `[H,B,L]`. */
function projected(x: tf.Tensor, weights: Weights, config: Mamba2Configuration, precision: Precision): tf.Tensor[] {
  const { inner, convolved, heads } = mamba2Sizes(config);
  const attributes = { input: 'tokens', output: 'channels', precision } as const;
  const p = linearLayer(x, weights, 'in_proj', config.mixer_bias, attributes);
  return tf.split(p, [inner, convolved, heads], 0);
}

const convolution = (weights: Weights) => ({ filter: weights('conv1d.weight'), bias: weights('conv1d.bias') });

/** What the state space is given of what was convolved: x, b and c. */
function scanned(convolved: tf.Tensor, config: Mamba2Configuration): tf.Tensor[] {
  const { inner, states } = mamba2Sizes(config);
  return tf.split(activation(convolved, null, 'silu'), [inner, states, states], 0);
}

const stateSpace = (weights: Weights) => ({
  dtBias: weights('dt_bias'),
  aLog: weights('A_log'),
  skip: weights('D'),
});

/** The state space over what was convolved. @param before its state */
function mixed(
  convolved: tf.Tensor,
  dt: tf.Tensor,
  weights: Weights,
  config: Mamba2Configuration,
  before: tf.Tensor | null,
): { y: tf.Tensor; after: tf.Tensor } {
  const [x, b, c] = scanned(convolved, config);
  return selectiveScan({ x, dt, b, c, ...stateSpace(weights), before });
}

/** out_proj(norm(silu(z)·y)) */
function projectOut(
  y: tf.Tensor,
  z: tf.Tensor,
  weights: Weights,
  config: Mamba2Configuration,
  precision: Precision,
): tf.Tensor {
  const gated = tf.transpose(activation(z, y, 'silu'), [1, 2, 0]);
  const normalised = rmsNorm(gated, weights('norm.weight'), { epsilon: config.layer_norm_epsilon, outside: false });
  const attributes = { input: 'tokens', output: 'tokens', precision } as const;
  return linearLayer(normalised, weights, 'out_proj', config.mixer_bias, attributes);
}

export const mamba2 = {
  forward: (x: tf.Tensor, weights: Weights, config: Mamba2Configuration, { precision }: MixerOptions): tf.Tensor =>
    tf.tidy(() => {
      const [z, u, dt] = projected(x, weights, config, precision);
      const convolved = groupedConvolution({ u, ...convolution(weights) }, correlation);
      return projectOut(mixed(convolved, dt, weights, config, null).y, z, weights, config, precision);
    }),

  mixing(x: tf.Tensor, weights: Weights, config: Mamba2Configuration): Mixing {
    const [z, u, dt] = projected(x, weights, config, 'fp32');
    const [values, b, c] = scanned(groupedConvolution({ u, ...convolution(weights) }, correlation), config);
    return {
      unit: 'head',
      count: mamba2Sizes(config).heads,
      values,
      mix(v) {
        const repeat = (one: tf.Tensor) => repeatedBatch(one, 1, v.shape[1]!);
        const given = { x: v, dt: repeat(dt), b: repeat(b), c: repeat(c) };
        return selectiveScan({ ...given, ...stateSpace(weights), before: null }).y;
      },
      project: (y) => projectOut(y, z, weights, config, 'fp32'),
    };
  },

  ...recurrentMixer(
    (weights: Weights, config: Mamba2Configuration): Recurrence => {
      const { heads, headDim, states, convolved } = mamba2Sizes(config);
      return {
        names: ['inputs', 'state'],
        begin: (texts) => ({
          inputs: tf.zeros([convolved, texts, config.mamba_conv_length - 1]),
          state: tf.zeros([heads, texts, states, headDim]),
        }),
        advance(x, { inputs, state }) {
          const [z, u, dt] = projected(x, weights, config, 'fp32');
          const short = continueGroupedConvolution({ u, before: inputs, ...convolution(weights) }, correlation);
          const { y, after } = mixed(short.y, dt, weights, config, state);
          return { y: projectOut(y, z, weights, config, 'fp32'), after: { inputs: short.after, state: after } };
        },
      };
    },
    (weights: Weights, config: Mamba2Configuration) =>
      mamba2Step(weights, config, { ...mamba2Sizes(config), epsilon: config.layer_norm_epsilon }),
  ),
} satisfies Mixer;
