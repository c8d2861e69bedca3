import { HyenaError } from '../../main/contract/errors.ts';
import type { LanguageModel } from './language-model.ts';
import { resampledPositions, type PositionTable } from './mixers/hyena-positions.ts';

/**
 * Gives a model the weights of another one of the same shape. Where its context is longer or shorter, the filters'
 * positions are resampled: see {@link resampledPositions}.
 *
 * @throws HyenaError `internal` where another tensor than the positions has another shape
 */
export async function takeWeights(model: LanguageModel, source: LanguageModel): Promise<void> {
  const length = model.config.l_max;
  for (const { name, variable } of source.parameters.all()) {
    const values = (await variable.data()) as Float32Array;
    const table = tableOf(name);
    if (table === null || source.config.l_max === length) model.parameters.set(name, values);
    else model.parameters.set(name, resampledPositions(table, values, source.config, length));
  }
  const missing = model.parameters.all().find(({ name }) => !source.parameters.all().some((one) => one.name === name));
  if (missing) throw new HyenaError('internal', `The source has no '${missing.name}'.`);
}

/** Which table of positions a parameter is, if any. */
function tableOf(name: string): PositionTable | null {
  if (name.endsWith('.filter_fn.pos_emb.z')) return 'features';
  return name.endsWith('.filter_fn.pos_emb.t') ? 'times' : null;
}
