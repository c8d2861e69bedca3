import { randomNormal } from '../../logic/random.ts';
import { biasGroup, type ParameterGroup, type ParameterSpec } from '../../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import type { Mode } from '../curves.ts';
import { normal, projectionSpecs } from '../layer-specs.ts';
import type { SettingsOf } from '../settings.ts';

/** A model with layers of Mega. */
export type MegaConfiguration = ResolvedModelConfiguration & SettingsOf<'mega'>;

/** N exponentials of each channel, chunks of C tokens, keys of z channels, values of V. */
export const megaSizes = ({ d_model: width, ...model }: MegaConfiguration) => ({
  states: model.mega_states,
  chunk: model.mega_chunk,
  keys: model.mega_key_width ?? Math.max(1, Math.floor(width / 4)),
  values: model.mega_expand * width,
});

/** The moving average: no weight decay, and its rate is that of filters. */
const averageGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? learning_rate,
  weightDecay: () => 0,
};

/** Names and initial values are those of the authors' program (fairseq, `MultiHeadEMA`, `MovingAverageGatedAttention`). */
export function megaSpecs(model: MegaConfiguration): ParameterSpec[] {
  const { d_model: d, initializer_range } = model;
  const { states, chunk, keys, values } = megaSizes(model);
  const average = (name: string, initial: ParameterSpec['initial'], shape = [d, states, 1]): ParameterSpec => ({
    ...{ name: `move.${name}`, shape, group: averageGroup, part: 'filters', initial },
  });
  const small = (name: string, shape: number[], initial = normal(initializer_range)): ParameterSpec => ({
    ...{ name, shape, group: biasGroup, initial },
  });
  return [
    average('delta', normal(0.2)),
    average('alpha', normal(0.2)),
    average('beta', {
      from: 'values',
      // Exponentials of both signs.
      values: (key) =>
        Float32Array.from(
          { length: d * states },
          (_, at) => ((at % states) % 2 ? -1 : 1) + 0.02 * randomNormal(key, at),
        ),
    }),
    average('gamma', normal(1), [d, states]),
    average('omega', normal(1), [d]),
    ...projectionSpecs(model, 'v_proj', [values, d]),
    ...projectionSpecs(model, 'mx_proj', [2 * d + keys + values, d]),
    // Of three axes: they are no matrices, which may be kept in int8.
    small('gamma', [2, 1, keys]),
    small('beta', [2, 1, keys], { from: 'constant', value: 0 }),
    small('rel_pos_bias.rel_pos_bias', [chunk]),
    ...projectionSpecs(model, 'h_proj', [d, values]),
  ];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * The moving average of a channel: h[t] = Σ_n γ·α·β·(1 - α·δ)^t/√N (arXiv 2209.10655, section 3; as in the authors' program,
 * divided by √N), where α and δ are sigmoids of their parameters.
 */
export function megaModes(
  weights: Readonly<Record<'delta' | 'alpha' | 'beta' | 'gamma', Float32Array>>,
  states: number,
  channel: number,
): Mode[] {
  return Array.from({ length: states }, (_, state) => {
    const [delta, alpha, beta, gamma] = (['delta', 'alpha', 'beta', 'gamma'] as const).map(
      (name) => weights[name][channel * states + state],
    );
    const weight = sigmoid(alpha);
    const rate = -Math.log1p(-weight * sigmoid(delta));
    return { re: (gamma * weight * beta) / Math.sqrt(states), im: 0, rate, phase: 0 };
  });
}
