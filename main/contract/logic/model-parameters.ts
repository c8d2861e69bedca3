import { isGated, type ResolvedModelConfiguration } from '../model-configuration.ts';
import { mixerNameOf } from '../mixers/layers.ts';
import { descriptionOf } from '../mixers/index.ts';
import {
  biasGroup,
  embeddingGroup,
  matrixGroup,
  modelParts,
  parameterSize,
  type ModelPart,
  type ParameterSpec,
} from './parameter-specs.ts';

export const embeddingName = 'backbone.embeddings.word_embeddings.weight';
export const positionsName = 'backbone.embeddings.position_embeddings.weight';
export const headName = 'lm_head.weight';
export const finalNorm = 'backbone.ln_f';
export const layerName = (layer: number, name: string) => `backbone.layers.${layer}.${name}`;

function constant(name: string, size: number, value: number, part: ModelPart): ParameterSpec {
  return { name, shape: [size], group: biasGroup, part, initial: { from: 'constant', value } };
}

function matrix(name: string, shape: number[], deviation: number, part: ModelPart): ParameterSpec {
  return { name, shape, group: matrixGroup, part, initial: { from: 'normal', deviation } };
}

function embedding(name: string, shape: number[], deviation: number): ParameterSpec {
  return { ...matrix(name, shape, deviation, 'embedding'), group: embeddingGroup };
}

/** A scale, and in a layer norm a shift. */
function normSpecs(name: string, { norm, d_model }: ResolvedModelConfiguration): ParameterSpec[] {
  const scale = constant(`${name}.weight`, d_model, 1, 'norms');
  return norm === 'layer_norm' ? [scale, constant(`${name}.bias`, d_model, 0, 'norms')] : [scale];
}

/** The other half of a block: fc2(activation(fc1 x)), of a gated MLP fc2(activation(gate x) · fc1 x); with their biases. */
function mlpSpecs(config: ResolvedModelConfiguration): ParameterSpec[] {
  const { d_model: d, d_inner: inner, initializer_range: deviation, n_layer, mlp, mlp_bias } = config;
  if (mlp === 'none') return [];
  const linear = (name: string, shape: [number, number], spread: number): ParameterSpec[] => [
    matrix(`mlp.${name}.weight`, shape, spread, 'mlps'),
    ...(mlp_bias ? [constant(`mlp.${name}.bias`, shape[0], 0, 'mlps')] : []),
  ];
  return [
    ...(isGated(config) ? linear('gate', [inner, d], deviation) : []),
    ...linear('fc1', [inner, d], deviation),
    ...linear('fc2', [d, inner], deviation / Math.sqrt(2 * n_layer)),
  ];
}

/** Parameters and buffers of a block, with their names within it. */
function blockSpecs(config: ResolvedModelConfiguration, layer: number): ParameterSpec[] {
  const mixer = descriptionOf(mixerNameOf(config, layer)).specs(config, layer);
  return [
    ...normSpecs('norm1', config),
    ...mixer.map((spec): ParameterSpec => ({
      part: 'mixers',
      ...spec,
      name: `mixer.${spec.name}`,
      aliases: spec.aliases?.map((alias) => `mixer.${alias}`),
    })),
    ...(config.mlp === 'none' ? [] : normSpecs('norm2', config)),
    ...mlpSpecs(config),
  ];
}

/** Parameters and buffers of a language model, by their published names. */
export function modelSpecs(config: ResolvedModelConfiguration): ParameterSpec[] {
  const { vocab_size, d_model, initializer_range: deviation, tie_embeddings, positions, l_max } = config;
  const layers = Array.from({ length: config.n_layer }, (_, layer) =>
    blockSpecs(config, layer).map((spec) => ({
      ...spec,
      name: layerName(layer, spec.name),
      aliases: spec.aliases?.map((alias) => layerName(layer, alias)),
    })),
  );
  return [
    {
      ...embedding(embeddingName, [vocab_size, d_model], deviation),
      aliases: tie_embeddings ? [headName] : [],
    },
    ...(positions === 'learned' ? [embedding(positionsName, [l_max, d_model], deviation)] : []),
    ...layers.flat(),
    ...normSpecs(finalNorm, config),
    ...(tie_embeddings ? [] : [matrix(headName, [vocab_size, d_model], deviation, 'head')]),
  ];
}

/** Trainable values by the part of the model that they belong to. */
export type ParameterCount = Record<ModelPart | 'total', number>;

/** What a checkpoint holds, except its fixed tables. */
export function countParameters(config: ResolvedModelConfiguration): ParameterCount {
  const counts = Object.fromEntries(modelParts.map((part) => [part, 0])) as Record<ModelPart, number>;
  for (const { group, part, shape } of modelSpecs(config)) if (group && part) counts[part] += parameterSize(shape);
  return { ...counts, total: Object.values(counts).reduce((sum, part) => sum + part, 0) };
}
