import { msg, joinMessages, type Message } from '../../../main/contract/message.ts';
import { openModel } from '../../models/open-model.ts';
import type { Device } from '../../devices/index.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { copyWeights } from './copy-weights.ts';
import { openWeights } from '../../../main/library/checkpoints/weights.ts';
import type { InitialCheckpoint } from '../../../main/library/runs/warm-start.ts';

/**
 * Gives a new model the weights that it starts from. A longer context continues the filters, a shorter one cuts them.
 *
 * @returns what a person should know
 */
export async function loadInitialCheckpoint(
  start: InitialCheckpoint,
  model: LanguageModel,
  device: Device,
): Promise<Message> {
  const weights = msg`Weights loaded from run '${start.run}' after step ${start.step}.`;
  const [before, now] = [start.config.l_max, model.config.l_max];
  if (before === now) {
    const file = await openWeights(start.path);
    try {
      await model.parameters.load(file, model.parameters.base());
    } finally {
      await file.close();
    }
    return weights;
  }
  const { model: source } = await openModel(start.path, device);
  try {
    await copyWeights(model, source);
  } finally {
    source.dispose();
  }
  return joinMessages([weights, msg`Its filters were trained for ${before} tokens and now span ${now}.`]);
}
