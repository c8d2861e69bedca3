import { join } from 'node:path';
import { z } from 'zod';
import {
  resolveModel,
  type ResolvedModelConfiguration,
  type RunConfiguration,
} from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { told, type Told } from '../../main/contract/told.ts';
import { chooseCheckpoint } from '../checkpoints/choose-checkpoint.ts';
import { parseConfigJson } from '../checkpoints/config-json.ts';
import { datasetFolder, TOKENIZER_FILE } from '../data/datasets/layout.ts';
import { readTokenizerFile } from '../data/tokenizers/load.ts';
import { readJson } from '../files/atomic.ts';
import { readRunRecord, runFolder } from './run-folder.ts';

/** Keys that a run may set as it likes, whatever it starts from: the others belong to the weights. */
const ownKeys = new Set(['l_max', 'embedding_dropout', 'residual_dropout', 'initializer_range']);

/** Where a run starts: a checkpoint, its model, and the run that it belongs to. */
export interface Start {
  readonly run: string;
  readonly step: number;
  readonly path: string;
  readonly config: ResolvedModelConfiguration;
}

/**
 * The checkpoint that a run starts from: the best of the run that its configuration names. Free of tfjs.
 *
 * @param onPassedOver receives a notice where a better one is damaged
 * @throws HyenaError `not-found` where that run or its checkpoint is missing, `configuration` where the model is of
 *   another shape, or the data has another tokenizer
 */
export async function startOf(
  library: string,
  { from, dataset, model }: Pick<RunConfiguration, 'from' | 'dataset' | 'model'>,
  onPassedOver: (notice: Told) => void = () => undefined,
): Promise<Start | null> {
  if (from === null) return null;
  await readRunRecord(library, from);
  const { step, path } = await chooseCheckpoint(runFolder(library, from), from, 'best', onPassedOver);
  const file = join(path, 'config.json');
  const { model: config } = parseConfigJson(await readJson(file, z.unknown(), told`The configuration`), file);
  const theirs = join(path, 'tokenizer.json');
  const [one, other] = await Promise.all(
    [theirs, join(datasetFolder(library, dataset), TOKENIZER_FILE)].map(async (place) =>
      JSON.stringify((await readTokenizerFile(place, from)).toJSON()),
    ),
  );
  if (one !== other)
    throw new HyenaError(
      'configuration',
      told`The data set '${dataset}' has another tokenizer than the run '${from}'.`,
      {
        hint: told`Add the text again with the run's own: hyena data add PATH --name NAME --tokenizer ${theirs}`,
      },
    );
  const wanted = resolveModel(model, config.vocab_size);
  const different = (Object.keys(wanted) as (keyof ResolvedModelConfiguration)[]).filter(
    (key) => !ownKeys.has(key) && wanted[key] !== config[key],
  );
  if (different.length > 0)
    throw new HyenaError(
      'configuration',
      told`A model that starts from the weights of '${from}' has its shape: ${different
        .map((key) => `${key} is ${config[key]}, not ${wanted[key]}`)
        .join('; ')}.`,
      { hint: told`Leave these keys as they are. Only ${[...ownKeys].join(', ')} may differ.` },
    );
  return { run: from, step, path, config };
}
