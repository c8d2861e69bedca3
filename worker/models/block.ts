import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { dropout, layerNorm, mlp, residualLayerNorm } from '../ops/index.ts';
import { mixers } from './mixers/index.ts';
import type { ComputeOptions, Weights } from './mixers/mixer.ts';
import type { ParameterSpec } from './parameters.ts';

/**
 * The residual stream between two blocks: its value is `residual + delta`; the sum is left to the layer norm that comes
 * next, which makes it in the same pass. Both `[B,L,D]`; `delta` is null before the first block.
 */
export interface Stream {
  readonly residual: tf.Tensor;
  readonly delta: tf.Tensor | null;
}

export interface BlockOptions extends ComputeOptions {
  /** Seeds of the two residual dropouts of this block; null: no dropout. */
  readonly dropoutSeeds: readonly [number, number] | null;
  /** Is shown what the mixer is given, `[B,L,D]`, which is freed afterwards. */
  readonly onMixerInput?: (x: tf.Tensor) => void;
}

/** Parameters of a block, with their names within it. */
export function blockSpecs(config: ResolvedModelConfiguration): ParameterSpec[] {
  const { d_model: d, d_inner: inner, initializer_range: deviation, n_layer } = config;
  const bias = (name: string, size: number, value: number): ParameterSpec => ({
    name,
    shape: [size],
    group: 'bias',
    initial: { from: 'constant', value },
  });
  const matrix = (name: string, shape: number[], spread: number): ParameterSpec => ({
    name,
    shape,
    group: 'matrix',
    initial: { from: 'normal', deviation: spread },
  });
  return [
    bias('norm1.weight', d, 1),
    bias('norm1.bias', d, 0),
    ...mixers[config.mixer].specs(config).map((spec) => ({
      ...spec,
      name: `mixer.${spec.name}`,
      aliases: spec.aliases?.map((alias) => `mixer.${alias}`),
    })),
    bias('norm2.weight', d, 1),
    bias('norm2.bias', d, 0),
    matrix('mlp.fc1.weight', [inner, d], deviation),
    bias('mlp.fc1.bias', inner, 0),
    matrix('mlp.fc2.weight', [d, inner], deviation / Math.sqrt(2 * n_layer)),
    bias('mlp.fc2.bias', d, 0),
  ];
}

/** x + mixer(LN(x)), then x + mlp(LN(x)). What it is given is not freed. */
export function blockForward(
  stream: Stream,
  weights: Weights,
  config: ResolvedModelConfiguration,
  options: BlockOptions,
): { residual: tf.Tensor; delta: tf.Tensor } {
  const normalisation = [config.layer_norm_epsilon, options.precision] as const;
  const drop = (x: tf.Tensor, which: 0 | 1): tf.Tensor => {
    if (options.dropoutSeeds === null || config.residual_dropout === 0) return x;
    const dropped = dropout(x, { rate: config.residual_dropout, seed: options.dropoutSeeds[which] });
    x.dispose();
    return dropped;
  };
  const norm1 = [weights('norm1.weight'), weights('norm1.bias')] as const;
  const before =
    stream.delta === null
      ? { sum: stream.residual, y: layerNorm(stream.residual, ...norm1, ...normalisation) }
      : residualLayerNorm(stream.delta, stream.residual, ...norm1, ...normalisation);
  options.onMixerInput?.(before.y);
  const mixer = mixers[config.mixer];
  const mixed = drop(
    mixer.forward(before.y, (name) => weights(`mixer.${name}`), config, options),
    0,
  );
  const between = residualLayerNorm(
    mixed,
    before.sum,
    weights('norm2.weight'),
    weights('norm2.bias'),
    ...normalisation,
  );
  tf.dispose([before.y, mixed]);
  if (stream.delta !== null) before.sum.dispose();
  const added = mlp(
    between.y,
    weights('mlp.fc1.weight'),
    weights('mlp.fc1.bias'),
    weights('mlp.fc2.weight'),
    weights('mlp.fc2.bias'),
    { precision: options.precision },
  );
  between.y.dispose();
  return { residual: between.sum, delta: drop(added, 1) };
}
