import { told, toldTogether, type Told } from '../../main/contract/told.ts';
import { openModel } from '../checkpoints/open-model.ts';
import type { Device } from '../devices/index.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { takeWeights } from '../models/start-weights.ts';
import type { Start } from './start-check.ts';

/**
 * Gives a new model the weights that it starts from. A longer context continues the filters, a shorter one cuts them.
 *
 * @returns what a person should know
 */
export async function startFrom(start: Start, model: LanguageModel, device: Device): Promise<Told> {
  const { model: source } = await openModel(start.path, device);
  try {
    await takeWeights(model, source);
  } finally {
    source.dispose();
  }
  const [before, now] = [source.config.l_max, model.config.l_max];
  const weights = told`The weights are those of the run ${start.run} after step ${start.step}.`;
  return before === now
    ? weights
    : toldTogether([weights, told`Its filters were made for ${before} tokens and now span ${now}.`]);
}
