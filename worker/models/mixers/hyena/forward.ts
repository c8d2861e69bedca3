import * as tf from '@tensorflow/tfjs-core';
import {
  firstFrequency,
  layerPlaces,
  type HyenaConfiguration,
} from '../../../../main/contract/mixers/hyena/parameters.ts';
import { dropout, hyenaRecurrence, implicitFilter } from '../../../ops/index.ts';
import { featureCount } from '../../../../main/contract/mixers/hyena/positions.ts';
import { linearLayer } from '../../biased-linear.ts';
import type { Mixing } from '../../mixing.ts';
import type { MixerOptions, Weights } from '../mixer.ts';
import { gatedMixing } from '../gated-mixing.ts';

/** The Hyena operator of any order (arXiv 2302.10866, definition 3.1), with the names of the published checkpoints. */
export function hyenaForward(
  x: tf.Tensor,
  weights: Weights,
  config: HyenaConfiguration,
  { precision, convolution, gateDropoutSeed = null }: MixerOptions,
): tf.Tensor {
  const { order, mixer_bias, gate_dropout } = config;
  const h = hyenaFilters(weights, config, x.shape[1]!);
  const p = linearLayer(x, weights, 'in_proj', mixer_bias, {
    input: 'tokens',
    output: 'channels',
    precision,
  });
  let mixed = hyenaRecurrence(
    {
      p,
      shortWeight: weights('short_filter.weight'),
      shortBias: weights('short_filter.bias'),
      h,
      skip: weights('filter_fn.bias'),
    },
    { order, algorithm: convolution },
  );
  tf.dispose([p, h]);
  if (gateDropoutSeed !== null && gate_dropout > 0) {
    const all = mixed;
    mixed = dropout(all, { rate: gate_dropout, seed: gateDropoutSeed });
    all.dispose();
  }
  const y = linearLayer(mixed, weights, 'out_proj', mixer_bias, {
    input: 'channels',
    output: 'tokens',
    precision,
  });
  mixed.dispose();
  return y;
}

/** The operator as a matrix of each channel. */
export function hyenaMixing(x: tf.Tensor, weights: Weights, config: HyenaConfiguration): Mixing {
  const { order, mixer_bias } = config;
  return gatedMixing(
    {
      p: linearLayer(x, weights, 'in_proj', mixer_bias, { input: 'tokens', output: 'channels', precision: 'fp32' }),
      shortWeight: weights('short_filter.weight'),
      shortBias: weights('short_filter.bias'),
      h: hyenaFilters(weights, config, x.shape[1]!),
      skip: weights('filter_fn.bias'),
    },
    order,
    (mixed) =>
      linearLayer(mixed, weights, 'out_proj', mixer_bias, { input: 'channels', output: 'tokens', precision: 'fp32' }),
  );
}

/**
 * The long filters of the first `length` positions, `[(N-1)D, length]`.
 *
 * @param pick leaves only some channels of a tensor that has all of them along an axis
 */
export function hyenaFilters(
  weights: Weights,
  config: HyenaConfiguration,
  length: number,
  pick: (x: tf.Tensor, axis: number) => tf.Tensor = (x) => x,
): tf.Tensor {
  const { filter_order, l_max, num_inner_mlps, modulation_shift, modulate } = config;
  const frequency = firstFrequency(config);
  const network = 'filter_fn.implicit_filter';
  return tf.tidy(() =>
    implicitFilter(
      {
        z: firstOf(tf.reshape(weights('filter_fn.pos_emb.z'), [l_max, featureCount(config)]), length),
        t: firstOf(tf.reshape(weights('filter_fn.pos_emb.t'), [l_max]), length),
        deltas: tf.reshape(pick(weights('filter_fn.modulation.deltas'), 2), [-1]),
        freq: tf.reshape(weights(`${network}.1.freq`), [filter_order]),
        layers: layerPlaces(config).map((place) => {
          const [weight, bias] = [weights(`${network}.${place}.weight`), weights(`${network}.${place}.bias`)];
          return place > 0 || frequency === 1
            ? { weight, bias }
            : { weight: tf.mul(weight, frequency), bias: tf.mul(bias, frequency) };
        }),
        last: pick(weights(`${network}.${2 * num_inner_mlps + 2}.weight`), 0),
      },
      { shift: modulation_shift, modulate },
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
