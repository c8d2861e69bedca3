import { join } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { basePath, weightsFile } from '../../../main/library/checkpoints/manifest.ts';
import { safetensorsPieces, SafetensorsFile } from '../../../main/library/checkpoints/safetensors.ts';
import { hasAdapters, keepBase } from '../../../main/library/checkpoints/weights.ts';
import { writeFileAtomic } from '../../../main/library/files/atomic.ts';
import type { InitialCheckpoint } from '../../../main/library/runs/warm-start.ts';
import type { LanguageModel } from '../../models/language-model.ts';

/**
 * Keeps in a run's folder the weights that its adapters are trained for, which the model has: the file of the checkpoint
 * that they come from, where it holds just these, else a new one.
 */
export async function keepInitialWeights(
  folder: string,
  start: InitialCheckpoint,
  model: LanguageModel,
): Promise<void> {
  const same = start.config.l_max === model.config.l_max && !(await hasAdapters(start.path));
  if (same) return keepBase(folder, join(start.path, weightsFile));
  const { parameters } = model;
  await writeFileAtomic(basePath(folder), safetensorsPieces(parameters.toWrite(parameters.base()), { format: 'pt' }));
}

/**
 * Gives a model the weights that the adapters of a run are trained for, as they were kept.
 *
 * @param check called between tensors: throws where the job is to stop
 * @returns whether there were any: a run whose training never began has none
 */
export async function loadKeptWeights(folder: string, model: LanguageModel, check: () => void): Promise<boolean> {
  let file: SafetensorsFile;
  try {
    file = await SafetensorsFile.open(basePath(folder));
  } catch (error) {
    if (HyenaError.from(error).code === 'not-found') return false;
    throw error;
  }
  try {
    await model.parameters.load(file, model.parameters.base(), check);
    return true;
  } finally {
    await file.close();
  }
}
