import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { biasGroup, type Initializer, type ParameterGroup, type ParameterSpec } from '../../logic/parameter-specs.ts';
import { biasSpec, convolutionSpecs, matrixSpec, normal, projectionSpecs } from '../layer-specs.ts';
import type { SettingsOf } from '../settings.ts';
import { decays, featureCount, positionFeatures, times } from './positions.ts';

/** A model with Hyena layers. */
export type HyenaConfiguration = ResolvedModelConfiguration & SettingsOf<'hyena'>;

/** The implicit filters. */
const filterGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? learning_rate,
  weightDecay: ({ filter_weight_decay }) => filter_weight_decay,
};

/** Biases of a SIREN, and the skips beside its filters: decayed as biases are. */
const filterBiasGroup: ParameterGroup = { ...filterGroup, weightDecay: biasGroup.weightDecay };

/** The filters' features of the positions, z. */
const positionGroup: ParameterGroup = {
  learningRate: (training) => training.position_learning_rate ?? filterGroup.learningRate(training),
  weightDecay: filterGroup.weightDecay,
};

const zero: Initializer = { from: 'constant', value: 0 };

function spec(name: string, shape: number[], group: ParameterGroup | null, initial: Initializer): ParameterSpec {
  return { name, shape, group, initial };
}

/** Places of the sine layers in the published module list: 1, 3, … up to one after the last inner layer. */
export function layerPlaces(config: HyenaConfiguration): number[] {
  return Array.from({ length: config.num_inner_mlps + 1 }, (_, layer) => 2 * layer);
}

/** What multiplies the first layer of the filter network, weights and biases: the frequency of a SIREN. */
export const firstFrequency = ({ filter_network, w }: HyenaConfiguration): number =>
  filter_network === 'siren' ? w : 1;

/** Variance of a SIREN's last layer relative to that of the others (irhum/hyena): filters begin small. */
const lastLayerVariance = 0.02;

/** Bounds of the initial values of the filter network's layers, which are uniform, by what each is given. */
const initialBounds = {
  /** PyTorch's default for Linear. */
  paper: (inputs: number) => 1 / Math.sqrt(inputs),
  /** SIREN, arXiv 2006.09661, section 3.2, for layers whose frequency is 1. */
  siren: (inputs: number, place: 'first' | 'inner' | 'last') =>
    place === 'first' ? 1 / inputs : Math.sqrt((6 / inputs) * (place === 'last' ? lastLayerVariance : 1)),
};

/** The networks that generate the filters. */
function filterSpecs(config: HyenaConfiguration): ParameterSpec[] {
  const { d_model, order, l_max, filter_order: width, num_inner_mlps, w, train_positions, filter_network } = config;
  const channels = (order - 1) * d_model;
  const isSiren = filter_network === 'siren';
  const features = featureCount(config);
  const weights = (inputs: number, place: 'first' | 'inner' | 'last'): Initializer => ({
    from: 'uniform',
    bound: initialBounds[filter_network](inputs, place),
  });
  const network = 'filter_fn.implicit_filter';
  const freq: ParameterSpec = {
    ...spec(`${network}.1.freq`, [1, width], isSiren ? null : filterGroup, {
      from: 'constant',
      value: isSiren ? 1 : w,
    }),
    aliases: layerPlaces(config)
      .slice(1)
      .map((place) => `${network}.${place + 1}.freq`),
  };
  return [
    spec('filter_fn.pos_emb.z', [1, l_max, features], train_positions && !isSiren ? positionGroup : null, {
      from: 'values',
      values: () => positionFeatures(config),
    }),
    spec('filter_fn.pos_emb.t', [1, l_max, 1], null, { from: 'values', values: () => times(config) }),
    ...layerPlaces(config).flatMap((place) => {
      const inputs = place === 0 ? features : width;
      const initial = weights(inputs, place === 0 ? 'first' : 'inner');
      const bias = isSiren ? zero : initial;
      return [
        spec(`${network}.${place}.weight`, [width, inputs], filterGroup, initial),
        spec(`${network}.${place}.bias`, [width], isSiren ? filterBiasGroup : filterGroup, bias),
        ...(place === 0 ? [freq] : []),
      ];
    }),
    spec(`${network}.${2 * num_inner_mlps + 2}.weight`, [channels, width], filterGroup, weights(width, 'last')),
    spec('filter_fn.modulation.deltas', [1, 1, channels], null, { from: 'values', values: () => decays(config) }),
  ];
}

/** The short convolution; normal initial values have the variance that keeps that of what is convolved. */
const shortFilterSpecs = (channels: number, { short_filter_order: taps, short_filter_initial }: HyenaConfiguration) =>
  short_filter_initial === 'uniform'
    ? convolutionSpecs('short_filter', channels, taps, true)
    : [
        matrixSpec('short_filter.weight', [channels, 1, taps], normal(1 / Math.sqrt(taps))),
        biasSpec('short_filter.bias', channels),
      ];

/** The parameters of a Hyena mixer, by the names of the published checkpoints. */
export function hyenaSpecs(config: HyenaConfiguration): ParameterSpec[] {
  const { d_model: d, order, filter_network } = config;
  const projected = (order + 1) * d;
  return [
    ...projectionSpecs(config, 'in_proj', [projected, d]),
    ...shortFilterSpecs(projected, config),
    spec('filter_fn.bias', [(order - 1) * d], filter_network === 'siren' ? filterBiasGroup : filterGroup, normal(1)),
    ...filterSpecs(config).map((one): ParameterSpec => ({ ...one, part: 'filters' })),
    ...projectionSpecs(config, 'out_proj', [d, d], { residual: true }),
  ];
}
