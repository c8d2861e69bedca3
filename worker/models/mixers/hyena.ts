import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import { hyenaRecurrence, implicitFilter, linear } from '../../ops/index.ts';
import type { Initial, ParameterGroup, ParameterSpec } from '../parameters.ts';
import { decays, positionFeatures, times } from './hyena-positions.ts';
import { HyenaDecoder, type DecoderWeights } from './hyena-decoding.ts';
import type { Mixer, Weights } from './mixer.ts';

/** The Hyena operator of any order (arXiv 2302.10866, definition 3.1), with the names of the published checkpoints. */
export const hyena: Mixer = {
  specs(config) {
    const { d_model: d, order, short_filter_order: taps, initializer_range, n_layer } = config;
    const projected = (order + 1) * d;
    const normal = (deviation: number): Initial => ({ from: 'normal', deviation });
    const zero: Initial = { from: 'constant', value: 0 };
    // PyTorch's default for Conv1d: each output sees one channel, so the bound is 1/√taps.
    const convolution: Initial = { from: 'uniform', bound: 1 / Math.sqrt(taps) };
    return [
      spec('in_proj.weight', [projected, d], 'matrix', normal(initializer_range)),
      spec('in_proj.bias', [projected], 'bias', zero),
      spec('short_filter.weight', [projected, 1, taps], 'matrix', convolution),
      spec('short_filter.bias', [projected], 'bias', convolution),
      ...filterSpecs(config),
      spec('out_proj.weight', [d, d], 'matrix', normal(initializer_range / Math.sqrt(2 * n_layer))),
      spec('out_proj.bias', [d], 'bias', zero),
    ];
  },

  forward(x, weights, config, { precision, convolution }) {
    const h = hyenaFilters(weights, config, x.shape[1]!);
    const p = linear(x, weights('in_proj.weight'), weights('in_proj.bias'), {
      input: 'tokens',
      output: 'channels',
      precision,
    });
    const mixed = hyenaRecurrence(
      {
        p,
        shortWeight: weights('short_filter.weight'),
        shortBias: weights('short_filter.bias'),
        h,
        skip: weights('filter_fn.bias'),
      },
      { order: config.order, algorithm: convolution },
    );
    tf.dispose([p, h]);
    const y = linear(mixed, weights('out_proj.weight'), weights('out_proj.bias'), {
      input: 'channels',
      output: 'tokens',
      precision,
    });
    mixed.dispose();
    return y;
  },

  async decoding(weights, hostWeights, config) {
    const filters = hyenaFilters(weights, config, config.l_max);
    const decoderWeights: DecoderWeights = {
      inWeight: hostWeights('in_proj.weight'),
      inBias: hostWeights('in_proj.bias'),
      shortWeight: hostWeights('short_filter.weight'),
      shortBias: hostWeights('short_filter.bias'),
      skip: hostWeights('filter_fn.bias'),
      filters: (await filters.data()) as Float32Array,
      outWeight: hostWeights('out_proj.weight'),
      outBias: hostWeights('out_proj.bias'),
    };
    filters.dispose();
    const decoder = new HyenaDecoder(decoderWeights, config);
    return async (promptInputs) => {
      const p = linear(promptInputs, weights('in_proj.weight'), weights('in_proj.bias'), {
        input: 'tokens',
        output: 'channels',
        precision: 'fp32',
      });
      const next = decoder.fork();
      next.prefill((await p.data()) as Float32Array);
      p.dispose();
      return next;
    };
  },
};

function spec(name: string, shape: number[], group: ParameterGroup | null, initial: Initial): ParameterSpec {
  return { name, shape, group, initial };
}

/** Places of the sine layers in the published module list: 1, 3, … up to one after the last inner layer. */
function layerPlaces(config: ResolvedModelConfiguration): number[] {
  return Array.from({ length: config.num_inner_mlps + 1 }, (_, layer) => 2 * layer);
}

function filterSpecs(config: ResolvedModelConfiguration): ParameterSpec[] {
  const { d_model, order, l_max, emb_dim, filter_order: width, num_inner_mlps, w } = config;
  const channels = (order - 1) * d_model;
  // PyTorch's default for Linear, weights and biases alike.
  const uniform = (fanIn: number): Initial => ({ from: 'uniform', bound: 1 / Math.sqrt(fanIn) });
  const network = 'filter_fn.implicit_filter';
  const freq: ParameterSpec = {
    ...spec(`${network}.1.freq`, [1, width], 'filter', { from: 'constant', value: w }),
    aliases: layerPlaces(config)
      .slice(1)
      .map((place) => `${network}.${place + 1}.freq`),
  };
  return [
    spec('filter_fn.bias', [channels], 'filter', { from: 'normal', deviation: 1 }),
    spec('filter_fn.pos_emb.z', [1, l_max, emb_dim], 'position', {
      from: 'values',
      values: () => positionFeatures(config),
    }),
    spec('filter_fn.pos_emb.t', [1, l_max, 1], null, { from: 'values', values: () => times(config) }),
    ...layerPlaces(config).flatMap((place) => {
      const fanIn = place === 0 ? emb_dim : width;
      return [
        spec(`${network}.${place}.weight`, [width, fanIn], 'filter', uniform(fanIn)),
        spec(`${network}.${place}.bias`, [width], 'filter', uniform(fanIn)),
        ...(place === 0 ? [freq] : []),
      ];
    }),
    spec(`${network}.${2 * num_inner_mlps + 2}.weight`, [channels, width], 'filter', uniform(width)),
    spec('filter_fn.modulation.deltas', [1, 1, channels], null, { from: 'values', values: () => decays(config) }),
  ];
}

/**
 * The long filters of the first `length` positions, `[(N-1)D, length]`.
 *
 * @param pick leaves only some channels of a tensor that has all of them along an axis
 */
export function hyenaFilters(
  weights: Weights,
  config: ResolvedModelConfiguration,
  length: number,
  pick: (x: tf.Tensor, axis: number) => tf.Tensor = (x) => x,
): tf.Tensor {
  const { emb_dim, filter_order, l_max, num_inner_mlps, modulation_shift } = config;
  const network = 'filter_fn.implicit_filter';
  return tf.tidy(() =>
    implicitFilter(
      {
        z: firstOf(tf.reshape(weights('filter_fn.pos_emb.z'), [l_max, emb_dim]), length),
        t: firstOf(tf.reshape(weights('filter_fn.pos_emb.t'), [l_max]), length),
        deltas: tf.reshape(pick(weights('filter_fn.modulation.deltas'), 2), [-1]),
        freq: tf.reshape(weights(`${network}.1.freq`), [filter_order]),
        layers: layerPlaces(config).map((place) => ({
          weight: weights(`${network}.${place}.weight`),
          bias: weights(`${network}.${place}.bias`),
        })),
        last: pick(weights(`${network}.${2 * num_inner_mlps + 2}.weight`), 0),
      },
      { shift: modulation_shift, modulate: true },
    ),
  );
}

/** The first rows; all of them are not copied. */
const firstOf = (x: tf.Tensor, count: number) =>
  x.shape[0] === count
    ? x
    : tf.slice(
        x,
        x.shape.map(() => 0),
        [count, ...x.shape.slice(1)],
      );
