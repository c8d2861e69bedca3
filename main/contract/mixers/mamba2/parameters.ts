import type { ParameterGroup, ParameterSpec } from '../../logic/parameter-specs.ts';
import { randomUniform } from '../../logic/random.ts';
import { msg } from '../../message.ts';
import type { ModelConfiguration, ResolvedModelConfiguration } from '../../model-configuration.ts';
import { biasSpec, convolutionSpecs, projectionSpecs } from '../layer-specs.ts';
import type { MixerProblem } from '../mixer.ts';
import type { SettingsOf } from '../settings.ts';

/** A model with Mamba-2 layers. */
export type Mamba2Configuration = ResolvedModelConfiguration & SettingsOf<'mamba2'>;
type Mamba2Model = ModelConfiguration & SettingsOf<'mamba2'>;

/** Inner channels of a head where nobody says how many. */
const usualHeadDim = 64;

/** Sizes of a layer. */
interface Mamba2Sizes {
  /** Inner channels, those of all heads. */
  readonly inner: number;
  readonly heads: number;
  readonly headDim: number;
  readonly states: number;
  /** Channels that pass through the convolution: the inner ones, and two for each state. */
  readonly convolved: number;
}

export function mamba2Sizes({ d_model, mamba_expand, mamba_head_dim, mamba_state: states }: Mamba2Model): Mamba2Sizes {
  const inner = mamba_expand * d_model;
  let headDim = mamba_head_dim ?? Math.min(inner, usualHeadDim);
  if (mamba_head_dim === null) while (inner % headDim !== 0) headDim--;
  return { inner, heads: inner / headDim, headDim, states, convolved: inner + 2 * states };
}

export function mamba2Problem(model: Mamba2Model): MixerProblem | null {
  const { inner, headDim } = mamba2Sizes(model);
  return inner % headDim === 0
    ? null
    : {
        key: 'mamba_head_dim',
        message: msg`model.mamba_head_dim is ${headDim}, which does not divide the ${inner} inner channels.`,
      };
}

/** Decays, steps and skips: never decayed. */
const headGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? learning_rate,
  weightDecay: () => 0,
};

/**
 * The parameters, by the names of the published files; they begin as in the authors' program: decay rates uniform from 1 to
 * 16, steps from 0.001 to 0.1, uniform in their logarithm, skips of 1.
 */
export function mamba2Specs(model: Mamba2Configuration): ParameterSpec[] {
  const { d_model: d, mamba_conv_length } = model;
  const { inner, heads, convolved } = mamba2Sizes(model);
  const vector = (name: string, value: (uniform: number) => number): ParameterSpec => ({
    ...{ name, shape: [heads], group: headGroup, part: 'filters' },
    initial: {
      from: 'values',
      values: (key) => Float32Array.from({ length: heads }, (_, head) => value(randomUniform(key, head))),
    },
  });
  const [least, most] = [Math.log(0.001), Math.log(0.1)];
  return [
    ...projectionSpecs(model, 'in_proj', [inner + convolved + heads, d]),
    ...convolutionSpecs('conv1d', convolved, mamba_conv_length, true),
    // What softplus makes the step of.
    vector('dt_bias', (uniform) => {
      const step = Math.exp(least + uniform * (most - least));
      return step + Math.log(-Math.expm1(-step));
    }),
    vector('A_log', (uniform) => Math.log(1 + 15 * uniform)),
    vector('D', () => 1),
    { ...biasSpec('norm.weight', inner, { from: 'constant', value: 1 }), part: 'norms' },
    ...projectionSpecs(model, 'out_proj', [d, inner], { residual: true }),
  ];
}
