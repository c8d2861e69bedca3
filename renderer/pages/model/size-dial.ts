import { resolveModel, type RunConfiguration } from '../../../main/contract/configuration.ts';
import { countParameters } from '../../../main/contract/logic/model-parameters.ts';
import { roundLength } from '../../../main/contract/mixers/layers.ts';

/** A size of a model, and what is trained at that size. */
interface Size {
  readonly d_model: number;
  readonly n_layer: number;
  /** As the presets of this size have it, and between them. */
  readonly learning_rate: number;
  /** Tokens of a step, at least; from 125M on towards those of the paper (arXiv 2302.10866, appendix A.2). */
  readonly tokens: number;
}

/** From the smallest to the paper's largest model; the presets are among them. */
export const sizes: readonly Size[] = [
  { d_model: 64, n_layer: 2, learning_rate: 4e-3, tokens: 4096 },
  { d_model: 128, n_layer: 2, learning_rate: 3e-3, tokens: 4096 },
  { d_model: 128, n_layer: 4, learning_rate: 2e-3, tokens: 8192 },
  { d_model: 192, n_layer: 5, learning_rate: 1.8e-3, tokens: 8192 },
  { d_model: 256, n_layer: 6, learning_rate: 1.5e-3, tokens: 8192 },
  { d_model: 256, n_layer: 8, learning_rate: 1.5e-3, tokens: 8192 },
  { d_model: 384, n_layer: 9, learning_rate: 1.2e-3, tokens: 16_384 },
  { d_model: 512, n_layer: 10, learning_rate: 9e-4, tokens: 32_768 },
  { d_model: 768, n_layer: 12, learning_rate: 6e-4, tokens: 65_536 },
  { d_model: 1024, n_layer: 18, learning_rate: 5e-4, tokens: 131_072 },
  { d_model: 1024, n_layer: 36, learning_rate: 4e-4, tokens: 262_144 },
  { d_model: 1536, n_layer: 36, learning_rate: 3e-4, tokens: 524_288 },
  { d_model: 2048, n_layer: 36, learning_rate: 2.2e-4, tokens: 524_288 },
];

const largestBatch = 8;

/**
 * A configuration at another size. Layers come in whole rounds of its pattern; the MLPs keep their proportion to the width,
 * heads have their usual width. The context stays, and with it the batch is as large as its tokens ask for.
 */
export function atSize(configuration: RunConfiguration, index: number): RunConfiguration {
  const { d_model, n_layer, learning_rate, tokens } = sizes[index];
  const { model, training } = configuration;
  const round = roundLength(model);
  const length = training.sequence_length ?? model.l_max;
  const batch_size = Math.min(largestBatch, Math.max(1, Math.round(tokens / length)));
  const ratio = model.d_inner === null ? null : model.d_inner / model.d_model;
  return {
    ...configuration,
    model: {
      ...model,
      d_model,
      n_layer: round > n_layer ? round : round * Math.round(n_layer / round),
      d_inner: ratio === null ? null : Math.max(1, Math.round(ratio * d_model)),
      ...('n_head' in model && { n_head: null }),
      ...('n_kv_head' in model && { n_kv_head: null }),
    },
    training: {
      ...training,
      learning_rate,
      batch_size,
      gradient_accumulation_steps: Math.max(1, Math.round(tokens / (batch_size * length))),
    },
  };
}

export const parametersOf = ({ model }: RunConfiguration, vocabulary: number): number =>
  countParameters(resolveModel(model, vocabulary)).total;

/** The size that is nearest to a configuration's own, by its parameters. */
export function nearestSize(configuration: RunConfiguration, vocabulary: number): number {
  const { d_model, n_layer } = configuration.model;
  const exact = sizes.findIndex((_, index) => {
    const { model } = atSize(configuration, index);
    return model.d_model === d_model && model.n_layer === n_layer;
  });
  if (exact >= 0) return exact;
  const own = Math.log(parametersOf(configuration, vocabulary));
  const distances = sizes.map((_, index) =>
    Math.abs(Math.log(parametersOf(atSize(configuration, index), vocabulary)) - own),
  );
  return distances.indexOf(Math.min(...distances));
}
