import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { tokenizerFromJSON } from '../data/tokenizers/load.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import type { Device } from '../devices/index.ts';
import { readJson } from '../files/atomic.ts';
import { LanguageModel } from '../models/language-model.ts';
import { listCheckpoints, type CheckpointEntry, newestSoundCheckpoint } from './checkpoint-folder.ts';
import { parseConfigJson } from './config-json.ts';
import { verifyCheckpoint } from './manifest.ts';
import { SafetensorsFile } from './safetensors.ts';

/** A model as it was saved, ready to compute on the current device. */
export interface OpenModel {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly config: ResolvedModelConfiguration;
}

/** Which checkpoint of a run is used: the one with the lowest validation loss, or the newest. */
export type CheckpointChoice = 'best' | 'last';

/**
 * The checkpoint of a run to compute with; the newest where there is no best one yet.
 *
 * @param onDamaged told of those that were passed over
 * @throws HyenaError `not-found` where there is none, `damaged`
 */
export async function chooseCheckpoint(
  runFolder: string,
  run: string,
  choice: CheckpointChoice,
  onDamaged: (error: HyenaError) => void,
): Promise<CheckpointEntry> {
  if (choice === 'best')
    for (const entry of (await listCheckpoints(runFolder, 'best')).reverse())
      try {
        await verifyCheckpoint(entry.path);
        return entry;
      } catch (error) {
        onDamaged(HyenaError.from(error));
      }
  const newest = await newestSoundCheckpoint(runFolder, onDamaged);
  if (newest !== null) return newest;
  throw new HyenaError('not-found', `The run '${run}' has no checkpoint yet.`, {
    hint: `Train it first: hyena resume ${run}`,
  });
}

/** Opens the model in a checkpoint's folder. @throws HyenaError `not-found`, `bad-input`, `damaged` */
export async function openModel(folder: string, device: Device): Promise<OpenModel> {
  const path = join(folder, 'config.json');
  const { model: config, tokenizerName } = parseConfigJson(
    await readJson(path, z.unknown(), 'The configuration'),
    path,
  );
  const tokenizerText = await readFile(join(folder, 'tokenizer.json'), 'utf8').catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  const tokenizer = await tokenizerFromJSON(JSON.parse(tokenizerText), tokenizerName);
  const file = await SafetensorsFile.open(join(folder, 'model.safetensors'));
  try {
    return { model: await LanguageModel.load(config, device, file), tokenizer, config };
  } finally {
    await file.close();
  }
}
