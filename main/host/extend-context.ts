import { HyenaError } from '../contract/errors.ts';
import { trainedLength } from '../contract/mixers/index.ts';
import { msg } from '../contract/message.ts';
import type { RunSummary } from '../contract/runs.ts';
import type { ConfigurationInput } from '../contract/settings.ts';
import { composeConfiguration } from './configurations.ts';
import type { Host } from './host.ts';

/** The learning rate of a trained model's further training, as a share of the one that it was trained with. */
const rateShare = 0.25;
/** Steps as a share of those that the model was trained for, and the fewest. */
const stepShare = 0.1;
const fewestSteps = 20;

/**
 * The configuration of a run that gives a trained model a longer context: the same data and settings, filters that end
 * there continued, then a short training at the full new length with as many tokens per step as before.
 *
 * @param context tokens, more than the model has
 * @param steps of the training; left out: a tenth of those that the model was trained for
 * @throws HyenaError `usage` for a context that is not longer
 */
export function longerContext(source: RunSummary, context: number, steps?: number): ConfigurationInput {
  const { name, configuration, step } = source;
  const { model, training, dataset } = configuration;
  if (context <= model.l_max) {
    const reason =
      trainedLength(model) === null
        ? msg`The context of '${name}' already has ${model.l_max} tokens.`
        : msg`'${name}' reads texts of any length and was already trained on sequences of ${model.l_max} tokens.`;
    throw new HyenaError('usage', reason, {
      hint: 'Choose a longer context.',
      command: `hyena extend ${name} --context ${2 * model.l_max}`,
    });
  }
  const length = training.sequence_length ?? model.l_max;
  return {
    dataset,
    from: name,
    model: { ...model, l_max: context },
    training: {
      ...training,
      sequence_length: null,
      sequence_length_warmup_steps: 0,
      batch_size: Math.max(1, Math.round((training.batch_size * length) / context)),
      max_epochs: null,
      max_tokens: null,
      max_minutes: null,
      max_steps: steps ?? Math.max(fewestSteps, Math.round(stepShare * step)),
      learning_rate: rateShare * training.learning_rate,
      filter_learning_rate: scaled(training.filter_learning_rate),
      position_learning_rate: scaled(training.position_learning_rate),
      warmup_steps: null,
      // The filters must learn what lies beyond their old end.
      lora_rank: null,
      warmup_ratio: 0.1,
      early_stopping_patience: null,
    },
  };
}

const scaled = (rate: number | null): number | null => (rate === null ? null : rateShare * rate);

/** What a longer context takes besides its length. */
export interface ExtendOptions {
  readonly context: number;
  readonly steps?: number;
  /** Of the new run; left out: that of the model and the context. */
  readonly name?: string;
  readonly dataset?: string;
  readonly device?: string;
  /** Laid over the configuration. */
  readonly settings?: ConfigurationInput;
}

/**
 * Creates the run that gives a trained model a longer context.
 *
 * @throws HyenaError `not-found` without a checkpoint or the data set, `usage`, `configuration`, `already-exists`
 */
export async function createExtendedRun(
  { runs, datasets }: Pick<Host, 'runs' | 'datasets'>,
  name: string,
  { context, steps, dataset, device, settings = {}, ...options }: ExtendOptions,
): Promise<RunSummary> {
  await runs.checkWarmStart(name);
  const configuration = composeConfiguration(undefined, [
    longerContext(await runs.get(name), context, steps),
    { ...(dataset === undefined ? {} : { dataset }), ...(device === undefined ? {} : { device }) },
    settings,
  ]);
  await datasets.get(configuration.dataset);
  return await runs.create(configuration, options.name ?? { numbered: `${name}-${context}` });
}
