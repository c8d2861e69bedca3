import { join } from 'node:path';
import { z } from 'zod';
import { resolveModel, type ResolvedModelConfiguration, type RunConfiguration } from '../../contract/configuration.ts';
import { HyenaError } from '../../contract/errors.ts';
import { formatValue } from '../../contract/fields.ts';
import { msg, type Message } from '../../contract/message.ts';
import { isQuantised } from '../../contract/logic/weight-format.ts';
import { descriptionOf } from '../../contract/mixers/index.ts';
import { mixersIn } from '../../contract/mixers/layers.ts';
import { chooseCheckpoint } from '../checkpoints/choose-checkpoint.ts';
import { parseConfigJson } from '../checkpoints/config-json.ts';
import { datasetFolder, TOKENIZER_FILE } from '../datasets/layout.ts';
import { readTokenizerFile } from '../tokenizers/load.ts';
import { readJson } from '../files/atomic.ts';
import { readRunRecord, runFolder } from './run-folder.ts';

/** Keys of no weight, which a run may set as it likes, whatever it starts from; mixers have further ones. */
const ownKeys = ['embedding_dropout', 'residual_dropout', 'initializer_range'] as const;

/** Keys that may differ from the model that a run starts from: those of no weight, and what all its mixers can resize. */
function changeableKeys(model: ResolvedModelConfiguration): Set<string> {
  const descriptions = mixersIn(model).map((name) => descriptionOf(name));
  const [first, ...others] = descriptions.map(({ resizable }) => resizable);
  const resizable = first.filter((key) => others.every((keys) => keys.includes(key)));
  const weightless = descriptions.flatMap((description) => description.weightless ?? []);
  return new Set([...ownKeys, ...weightless, ...resizable, ...(model.positions === 'rotary' ? rotaryKeys : [])]);
}

/** Angles are not weights: a longer context may have others. */
const rotaryKeys = ['rope_theta', 'rope_interpolation'] as const;

/** Where a run starts: a checkpoint, its model, and the run that it belongs to. */
export interface InitialCheckpoint {
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
export async function checkInitialCheckpoint(
  library: string,
  { from, dataset, model, training }: Pick<RunConfiguration, 'from' | 'dataset' | 'model' | 'training'>,
  onPassedOver: (notice: Message) => void = () => undefined,
): Promise<InitialCheckpoint | null> {
  if (from === null && training.lora_rank !== null)
    throw new HyenaError('configuration', 'Adapters are trained for the weights of a run, but none is chosen.', {
      hint: 'Choose a run to start from, or leave the adapter rank blank.',
      command: 'hyena train --from RUN --set lora_rank=16',
    });
  if (from === null) return null;
  const { weights, origin } = await readRunRecord(library, from);
  if (isQuantised(weights) && training.lora_rank === null)
    throw new HyenaError(
      'configuration',
      msg`The weights of run '${from}' are ${weights}: only adapters can be trained for them.`,
      {
        hint:
          origin === null
            ? 'Set an adapter rank, or import the model again with fp32 or bf16 weights and train from that.'
            : msg`Set an adapter rank, or train from run '${origin.run}', from which it was created.`,
        command: `hyena train --from ${from} --data ${dataset} --set lora_rank=16`,
      },
    );
  const { step, path } = await chooseCheckpoint(runFolder(library, from), from, 'best', onPassedOver);
  const file = join(path, 'config.json');
  const { model: config } = parseConfigJson(await readJson(file, z.unknown(), msg`The configuration`), file);
  const theirs = join(path, 'tokenizer.json');
  const [one, other] = await Promise.all(
    [theirs, join(datasetFolder(library, dataset), TOKENIZER_FILE)].map(async (place) =>
      JSON.stringify((await readTokenizerFile(place, from)).toJSON()),
    ),
  );
  if (one !== other)
    throw new HyenaError('configuration', msg`Data set '${dataset}' and run '${from}' have different tokenizers.`, {
      hint: "Add the text again with the run's tokenizer.",
      command: `hyena data add PATH --name NAME --tokenizer ${theirs}`,
    });
  const wanted = resolveModel(model, config.vocab_size);
  const changeable = changeableKeys(wanted);
  const different = (Object.keys(wanted) as (keyof ResolvedModelConfiguration)[]).filter(
    (key) => !changeable.has(key) && wanted[key] !== config[key],
  );
  if (different.length > 0)
    throw new HyenaError(
      'configuration',
      msg`A model that starts from the weights of '${from}' must have the same architecture: ${different
        .map((key) => `${key} is ${formatValue(config[key])}, not ${formatValue(wanted[key])}`)
        .join('; ')}.`,
      { hint: msg`Leave these keys unchanged. Only ${[...changeable].join(', ')} may differ.` },
    );
  return { run: from, step, path, config };
}
