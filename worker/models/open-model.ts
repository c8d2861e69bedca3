import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { msg } from '../../main/contract/message.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { endBeside, parseTokenizer } from '../../main/library/tokenizers/load.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import type { Device } from '../devices/index.ts';
import { readJson } from '../../main/library/files/atomic.ts';
import { LanguageModel } from './language-model.ts';
import { parseConfigJson } from '../../main/library/checkpoints/config-json.ts';
import { openWeights } from '../../main/library/checkpoints/weights.ts';

export { chooseCheckpoint } from '../../main/library/checkpoints/choose-checkpoint.ts';

/** A model as it was saved, ready to compute on the current device. */
export interface OpenModel {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly config: ResolvedModelConfiguration;
}

/** Opens the model in a checkpoint's folder. @throws HyenaError `not-found`, `bad-input`, `damaged` */
export async function openModel(folder: string, device: Device): Promise<OpenModel> {
  const path = join(folder, 'config.json');
  const { model: config, tokenizerName } = parseConfigJson(
    await readJson(path, z.unknown(), msg`The configuration`),
    path,
  );
  const tokenizerPath = join(folder, 'tokenizer.json');
  const tokenizerText = await readFile(tokenizerPath, 'utf8').catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  const tokenizer = await parseTokenizer(tokenizerText, tokenizerPath, tokenizerName, await endBeside(folder));
  const file = await openWeights(folder);
  try {
    return { model: await LanguageModel.load(config, device, file), tokenizer, config };
  } finally {
    await file.close();
  }
}
