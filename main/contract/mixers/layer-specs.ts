import { biasGroup, matrixGroup, type Initializer, type ParameterSpec } from '../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../model-configuration.ts';

export const normal = (deviation: number): Initializer => ({ from: 'normal', deviation });
const zero: Initializer = { from: 'constant', value: 0 };

/** A matrix that is decayed. */
export const matrixSpec = (name: string, shape: number[], initial: Initializer): ParameterSpec => ({
  ...{ name, shape, group: matrixGroup, initial },
});
/** A vector that is not. */
export const biasSpec = (name: string, size: number, initial: Initializer = zero): ParameterSpec => ({
  ...{ name, shape: [size], group: biasGroup, initial },
});

/**
 * A projection with its bias.
 *
 * @param residual whether its result goes into the stream
 * @param biased default: if the model's mixers have biases
 */
export function projectionSpecs(
  { initializer_range, n_layer, mixer_bias }: ResolvedModelConfiguration,
  name: string,
  [outputs, inputs]: [number, number],
  { residual = false, biased = mixer_bias }: { residual?: boolean; biased?: boolean } = {},
): ParameterSpec[] {
  const deviation = residual ? initializer_range / Math.sqrt(2 * n_layer) : initializer_range;
  return [
    matrixSpec(`${name}.weight`, [outputs, inputs], normal(deviation)),
    ...(biased ? [biasSpec(`${name}.bias`, outputs)] : []),
  ];
}

/** A depthwise convolution as PyTorch's Conv1d begins: each output sees one channel, so the bound is 1/√taps. */
export function convolutionSpecs(name: string, channels: number, taps: number, biased: boolean): ParameterSpec[] {
  const initial: Initializer = { from: 'uniform', bound: 1 / Math.sqrt(taps) };
  return [
    matrixSpec(`${name}.weight`, [channels, 1, taps], initial),
    ...(biased ? [biasSpec(`${name}.bias`, channels, initial)] : []),
  ];
}
