import { openWeights } from '../../library/checkpoints/weights.ts';
import { listCheckpoints } from '../../library/checkpoints/checkpoint-folder.ts';
import { layerName } from '../../contract/logic/model-parameters.ts';
import { resolveModel } from '../../contract/configuration.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { descriptionOf } from '../../contract/mixers/index.ts';
import { initialWeights } from '../../contract/mixers/initial-weights.ts';
import { mixerNameOf } from '../../contract/mixers/layers.ts';
import type { StoredWeights } from '../../contract/mixers/mixer.ts';
import type { RequestParams } from '../../contract/requests.ts';
import type { RunSummary } from '../../contract/runs.ts';
import type { FilterView } from '../../contract/views.ts';

const nameIn = (layer: number, name: string) => layerName(layer, `mixer.${name}`);

/**
 * The filters of a layer of a configuration as they start, or of the last checkpoint of a run.
 *
 * @throws HyenaError `bad-input` for a layer whose mixer has no filters
 */
export async function filterView(
  { source, ...query }: RequestParams<'model.filters'>,
  runs: { get(name: string): Promise<RunSummary> },
): Promise<FilterView> {
  const run = source.from === 'run' ? await runs.get(source.run) : null;
  const { model, training } = source.from === 'run' ? run!.configuration : source.configuration;
  const resolved = resolveModel(model, 256);
  const layer = Math.min(query.layer, model.n_layer - 1);
  const mixer = descriptionOf(mixerNameOf(model, layer));
  const draw = (weights: StoredWeights) => {
    if (!mixer.curves) throw new HyenaError('bad-input', msg`A ${mixer.title} layer has no filters to plot.`);
    return mixer.curves(resolved, weights, { ...query, layer });
  };
  const checkpoint = run && (await listCheckpoints(run.path)).at(-1);
  if (!checkpoint) return draw(initialWeights(resolved, layer, training.seed));
  const file = await openWeights(checkpoint.path);
  try {
    return await draw((name) => file.readFloats(nameIn(layer, name)));
  } finally {
    await file.close();
  }
}
