import { resolveModel, type RunConfiguration } from '../../../main/contract/configuration.ts';
import { countParameters } from '../../../main/contract/logic/model-parameters.ts';
import { sizes } from '../../../main/contract/logic/sizes.ts';
import { roundLength } from '../../../main/contract/mixers/layers.ts';

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
