import { msg } from '../../message.ts';
import type { ModelConfiguration, ResolvedModelConfiguration } from '../../model-configuration.ts';
import type { ParameterSpec } from '../../logic/parameter-specs.ts';
import { biasSpec, projectionSpecs } from '../layer-specs.ts';
import type { MixerProblem } from '../mixer.ts';
import { projectionBiases } from '../projection-biases.ts';
import type { SettingsOf } from '../settings.ts';

/** A model with attention layers. */
export type AttentionConfiguration = ResolvedModelConfiguration & SettingsOf<'attention'>;
type AttentionModel = ModelConfiguration & SettingsOf<'attention'>;

/** Channels of a head where nobody says how many heads there are. */
const usualHeadDim = 64;

/** The widest heads of at most {@link usualHeadDim} channels that divide the width: even ones, where it is even. */
function usualHeads(width: number): number {
  const step = width % 2 === 0 ? 2 : 1;
  let headDim = Math.min(width, usualHeadDim);
  while (width % headDim !== 0 || headDim % step !== 0) headDim--;
  return width / headDim;
}

/** Heads of queries H, of keys and values G, and the channels E of each. */
export interface Heads {
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
}

export function headsOf({
  d_model,
  n_head,
  n_kv_head,
}: Pick<AttentionModel, 'd_model' | 'n_head' | 'n_kv_head'>): Heads {
  const heads = n_head ?? usualHeads(d_model);
  return { heads, kvHeads: n_kv_head ?? heads, headDim: d_model / heads };
}

/** Whether the projections of queries, keys and values, and that of the output have biases. */
export const biasesOf = ({ attention_biases, mixer_bias }: AttentionModel) =>
  projectionBiases(attention_biases, mixer_bias);

/** Base and interpolation of rotary positions; null where the model has others, or none. */
export const rotaryOf = ({ positions, rope_theta, rope_interpolation }: ModelConfiguration) =>
  positions === 'rotary' ? { base: rope_theta!, interpolation: rope_interpolation! } : null;

/** What does not fit together. */
export function attentionProblem(model: AttentionModel): MixerProblem | null {
  const { d_model: width, positions } = model;
  const { heads, kvHeads, headDim } = headsOf(model);
  if (width % heads !== 0)
    return {
      key: 'n_head',
      message: msg`model.n_head must divide model.d_model: ${width} channels cannot be split into ${heads} heads.`,
    };
  if (heads % kvHeads !== 0)
    return {
      key: 'n_kv_head',
      message: msg`model.n_kv_head must divide model.n_head: ${heads} heads cannot share ${kvHeads}.`,
    };
  if (positions === 'rotary' && headDim % 2 !== 0)
    return {
      key: 'n_head',
      message: msg`Rotary positions need heads of even width: ${heads} heads of ${width} channels have ${headDim} each.`,
    };
  return null;
}

/** The parameters of attention: `Wqkv` with rows [Q | K | V], each head by head, as published checkpoints have it. */
export function attentionSpecs(config: AttentionConfiguration): ParameterSpec[] {
  const { d_model: width, qk_norm } = config;
  const { heads, kvHeads, headDim } = headsOf(config);
  const { input, output } = biasesOf(config);
  const norm = (name: string) => biasSpec(name, headDim, { from: 'constant', value: 1 });
  return [
    ...projectionSpecs(config, 'Wqkv', [(heads + 2 * kvHeads) * headDim, width], { biased: input }),
    ...(qk_norm ? [norm('q_layernorm.weight'), norm('k_layernorm.weight')] : []),
    ...projectionSpecs(config, 'out_proj', [width, width], { residual: true, biased: output }),
  ];
}
