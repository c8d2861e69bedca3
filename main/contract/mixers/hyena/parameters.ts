import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import type { Initializer, ParameterGroup, ParameterSpec } from '../../logic/parameter-specs.ts';
import { convolutionSpecs, normal, projectionSpecs } from '../layer-specs.ts';
import type { SettingsOf } from '../settings.ts';
import { decays, positionFeatures, times } from './positions.ts';

/** A model with Hyena layers. */
export type HyenaConfiguration = ResolvedModelConfiguration & SettingsOf<'hyena'>;

/** The implicit filters. */
const filterGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? learning_rate,
  weightDecay: ({ filter_weight_decay }) => filter_weight_decay,
};

/** The filters' features of the positions, z. */
const positionGroup: ParameterGroup = {
  learningRate: (training) => training.position_learning_rate ?? filterGroup.learningRate(training),
  weightDecay: filterGroup.weightDecay,
};

function spec(name: string, shape: number[], group: ParameterGroup | null, initial: Initializer): ParameterSpec {
  return { name, shape, group, initial };
}

/** Places of the sine layers in the published module list: 1, 3, … up to one after the last inner layer. */
export function layerPlaces(config: HyenaConfiguration): number[] {
  return Array.from({ length: config.num_inner_mlps + 1 }, (_, layer) => 2 * layer);
}

/** The networks that generate the filters. */
function filterSpecs(config: HyenaConfiguration): ParameterSpec[] {
  const { d_model, order, l_max, emb_dim, filter_order: width, num_inner_mlps, w, train_positions } = config;
  const channels = (order - 1) * d_model;
  // PyTorch's default for Linear, weights and biases alike.
  const uniform = (fanIn: number): Initializer => ({ from: 'uniform', bound: 1 / Math.sqrt(fanIn) });
  const network = 'filter_fn.implicit_filter';
  const freq: ParameterSpec = {
    ...spec(`${network}.1.freq`, [1, width], filterGroup, { from: 'constant', value: w }),
    aliases: layerPlaces(config)
      .slice(1)
      .map((place) => `${network}.${place + 1}.freq`),
  };
  return [
    spec('filter_fn.pos_emb.z', [1, l_max, emb_dim], train_positions ? positionGroup : null, {
      from: 'values',
      values: () => positionFeatures(config),
    }),
    spec('filter_fn.pos_emb.t', [1, l_max, 1], null, { from: 'values', values: () => times(config) }),
    ...layerPlaces(config).flatMap((place) => {
      const fanIn = place === 0 ? emb_dim : width;
      return [
        spec(`${network}.${place}.weight`, [width, fanIn], filterGroup, uniform(fanIn)),
        spec(`${network}.${place}.bias`, [width], filterGroup, uniform(fanIn)),
        ...(place === 0 ? [freq] : []),
      ];
    }),
    spec(`${network}.${2 * num_inner_mlps + 2}.weight`, [channels, width], filterGroup, uniform(width)),
    spec('filter_fn.modulation.deltas', [1, 1, channels], null, { from: 'values', values: () => decays(config) }),
  ];
}

/** The parameters of a Hyena mixer, by the names of the published checkpoints. */
export function hyenaSpecs(config: HyenaConfiguration): ParameterSpec[] {
  const { d_model: d, order, short_filter_order: taps } = config;
  const projected = (order + 1) * d;
  return [
    ...projectionSpecs(config, 'in_proj', [projected, d]),
    ...convolutionSpecs('short_filter', projected, taps, true),
    spec('filter_fn.bias', [(order - 1) * d], filterGroup, normal(1)),
    ...filterSpecs(config).map((one): ParameterSpec => ({ ...one, part: 'filters' })),
    ...projectionSpecs(config, 'out_proj', [d, d], { residual: true }),
  ];
}
