import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { blockConfiguration } from '../../main/contract/model-configuration.ts';
import { dropout, layerNorm, residualLayerNorm, rmsNorm, type Precision } from '../ops/index.ts';
import { mixerOf } from './mixers/index.ts';
import { weightsWithin, type MixerOptions, type Weights } from './mixers/mixer.ts';
import { mlpForward } from './mlp.ts';

/**
 * The residual stream between two blocks: its value is `residual + delta`; the sum is left to the norm that comes next,
 * which makes it in the same pass. Both `[B,L,D]`; `delta` is null before the first block.
 */
export interface ResidualStream {
  readonly residual: tf.Tensor;
  readonly delta: tf.Tensor | null;
}

export interface BlockOptions extends MixerOptions {
  /** Seeds of the residual dropouts of this block, and of that within its mixer; null: no dropout. */
  readonly dropoutSeeds: { readonly mixer: number; readonly mlp: number; readonly gate: number } | null;
}

/**
 * The norm of that name over the residual stream. What it is given is not freed.
 *
 * @returns the sum of the stream, which is `stream.residual` itself if there is no delta, and its norm
 */
export function normalise(
  { residual, delta }: ResidualStream,
  name: string,
  weights: Weights,
  config: ResolvedModelConfiguration,
  precision: Precision = 'fp32',
): { sum: tf.Tensor; y: tf.Tensor } {
  const { norm, layer_norm_epsilon: epsilon } = config;
  const scale = weights(`${name}.weight`);
  if (norm !== 'layer_norm') {
    const sum = delta === null ? residual : tf.add(residual, delta);
    return { sum, y: rmsNorm(sum, scale, { epsilon, outside: norm === 'rms_norm_outside_eps' }) };
  }
  const settings = [scale, weights(`${name}.bias`), epsilon, precision] as const;
  return delta === null
    ? { sum: residual, y: layerNorm(residual, ...settings) }
    : residualLayerNorm(delta, residual, ...settings);
}

/**
 * A block after its mixer: the stream with what was mixed, then its MLP, if it has one. What it is given is not freed.
 *
 * @param layer of the block, whose weights these are
 * @param drop the dropout of what the MLP gives, which it frees
 */
export function afterMixer(
  layer: number,
  { residual, delta: mixed }: { residual: tf.Tensor; delta: tf.Tensor },
  weights: Weights,
  config: ResolvedModelConfiguration,
  precision: Precision = 'fp32',
  drop: (x: tf.Tensor) => tf.Tensor = (x) => x,
): { residual: tf.Tensor; delta: tf.Tensor } {
  const own = blockConfiguration(config, layer);
  if (own.mlp === 'none') return { residual: residual.clone(), delta: mixed.clone() };
  const between = normalise({ residual, delta: mixed }, 'norm2', weights, config, precision);
  const added = mlpForward(between.y, weights, own, precision);
  between.y.dispose();
  return { residual: between.sum, delta: drop(added) };
}

/** x + mixer(norm(x)), then x + mlp(norm(x)). What it is given is not freed. */
export function blockForward(
  layer: number,
  stream: ResidualStream,
  weights: Weights,
  config: ResolvedModelConfiguration,
  options: BlockOptions,
): { residual: tf.Tensor; delta: tf.Tensor } {
  const drop = (which: 'mixer' | 'mlp') => (x: tf.Tensor) => {
    if (options.dropoutSeeds === null || config.residual_dropout === 0) return x;
    const dropped = dropout(x, { rate: config.residual_dropout, seed: options.dropoutSeeds[which] });
    x.dispose();
    return dropped;
  };
  const before = normalise(stream, 'norm1', weights, config, options.precision);
  const mixer = mixerOf(config, layer);
  const mixed = drop('mixer')(
    mixer.forward(before.y, weightsWithin(weights, 'mixer.'), config, {
      ...options,
      gateDropoutSeed: options.dropoutSeeds?.gate ?? null,
    }),
  );
  const next = afterMixer(
    layer,
    { residual: before.sum, delta: mixed },
    weights,
    config,
    options.precision,
    drop('mlp'),
  );
  tf.dispose([before.y, mixed]);
  if (stream.delta !== null) before.sum.dispose();
  return next;
}
