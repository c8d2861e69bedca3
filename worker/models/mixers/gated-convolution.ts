import * as tf from '@tensorflow/tfjs-core';
import {
  gatedBiases,
  type ExplicitFilters,
  type GatedConfiguration,
} from '../../../main/contract/mixers/gated-convolution.ts';
import { continueGroupedConvolution, groupedConvolution } from '../../ops/index.ts';
import { linearLayer } from '../biased-linear.ts';
import type { Mixing } from '../mixing.ts';
import type { Mixer, MixerOptions, Weights } from './mixer.ts';
import { gatedStep } from './native-steps.ts';
import { recurrentMixer, type Recurrence } from './recurrent.ts';

/** D channels of `[3D,B,L]`. */
function third(x: tf.Tensor, index: number): tf.Tensor {
  const [channels, batch, length] = x.shape as [number, number, number];
  return tf.slice(x, [(index * channels) / 3, 0, 0], [channels / 3, batch, length]);
}

/**
 * y = out_proj(x2 · conv(x1 · v)), where x2, x1 and v are projected and pass through a short convolution: Hyena-SE and
 * Hyena-MR (arXiv 2503.01868, section 2.1), whose filters are explicit.
 */
export function gatedConvolution<Config extends GatedConfiguration>(filtersOf: (config: Config) => ExplicitFilters) {
  const shortInputs = (weights: Weights, { short_filter_bias }: Config) => ({
    filter: weights('short_filter.weight'),
    ...(short_filter_bias ? { bias: weights('short_filter.bias') } : {}),
  });
  const filterInputs = (weights: Weights, config: Config) => ({
    filter: weights('filter.h'),
    ...(filtersOf(config).skip ? { skip: weights('filter.D') } : {}),
  });
  // A short convolution of one tap looks back to nothing.
  const namesOf = ({ short_filter_order }: Config) => (short_filter_order > 1 ? ['projections', 'inputs'] : ['inputs']);
  return {
    forward(x: tf.Tensor, weights: Weights, config: Config, { precision }: MixerOptions): tf.Tensor {
      const biased = gatedBiases(config);
      const { orientation } = filtersOf(config);
      return tf.tidy(() => {
        const p = linearLayer(x, weights, 'in_proj', biased.input, { input: 'tokens', output: 'channels', precision });
        const short = groupedConvolution({ u: p, ...shortInputs(weights, config) }, { orientation: 'correlation' });
        const u = tf.mul(third(short, 1), third(short, 2));
        const convolved = groupedConvolution({ u, ...filterInputs(weights, config) }, { orientation });
        const mixed = tf.mul(third(short, 0), convolved);
        return linearLayer(mixed, weights, 'out_proj', biased.output, {
          input: 'channels',
          output: 'tokens',
          precision,
        });
      });
    },

    mixing(x: tf.Tensor, weights: Weights, config: Config): Mixing {
      const biased = gatedBiases(config);
      const { orientation } = filtersOf(config);
      const precision = 'fp32';
      const p = linearLayer(x, weights, 'in_proj', biased.input, { input: 'tokens', output: 'channels', precision });
      const short = groupedConvolution({ u: p, ...shortInputs(weights, config) }, { orientation: 'correlation' });
      return {
        unit: 'channel',
        count: config.d_model,
        values: third(short, 2),
        mix: (values) =>
          tf.mul(
            third(short, 0),
            groupedConvolution(
              { u: tf.mul(third(short, 1), values), ...filterInputs(weights, config) },
              { orientation },
            ),
          ),
        project: (mixed) =>
          linearLayer(mixed, weights, 'out_proj', biased.output, { input: 'channels', output: 'tokens', precision }),
      };
    },

    ...recurrentMixer(
      (weights: Weights, config: Config): Recurrence => {
        const { d_model: width, short_filter_order } = config;
        const biased = gatedBiases(config);
        const { orientation, taps } = filtersOf(config);
        const precision = 'fp32';
        const looksBack = short_filter_order > 1;
        return {
          names: namesOf(config),
          begin: (texts) => ({
            ...(looksBack && { projections: tf.zeros([3 * width, texts, short_filter_order - 1]) }),
            inputs: tf.zeros([width, texts, taps - 1]),
          }),
          advance(x, { projections = null, inputs }) {
            const p = linearLayer(x, weights, 'in_proj', biased.input, {
              input: 'tokens',
              output: 'channels',
              precision,
            });
            const short = continueGroupedConvolution(
              { u: p, before: projections, ...shortInputs(weights, config) },
              { orientation: 'correlation' },
            );
            const u = tf.mul(third(short.y, 1), third(short.y, 2));
            const convolved = continueGroupedConvolution(
              { u, before: inputs, ...filterInputs(weights, config) },
              { orientation },
            );
            const mixed = tf.mul(third(short.y, 0), convolved.y);
            return {
              y: linearLayer(mixed, weights, 'out_proj', biased.output, {
                input: 'channels',
                output: 'tokens',
                precision,
              }),
              after: { ...(looksBack && { projections: short.after }), inputs: convolved.after },
            };
          },
        };
      },
      (weights: Weights, config: Config) =>
        gatedStep(weights, {
          names: namesOf(config),
          width: config.d_model,
          biased: gatedBiases(config),
          gate: 0,
          short: shortInputs(weights, config),
          filter: { ...filterInputs(weights, config), orientation: filtersOf(config).orientation },
        }),
    ),
  } satisfies Mixer;
}
