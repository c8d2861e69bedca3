import type { RunConfiguration, TrainingConfiguration } from '../configuration.ts';
import { tokensPerStep } from './cost.ts';
import type { TrainingData } from './run-warnings.ts';

/** Passes over the chats, where these are many. */
const passes = 3;
/** With fewer steps a model hardly changes: small data are gone through more often, until the validation loss rises. */
const fewestSteps = 300;
const evaluations = 12;
const patience = 4;

/** Rank of adapters that a person did not choose. */
export const usualRank = 16;
/** Adapters begin at nothing and are small: they take larger steps than weights that are right already. Measured. */
const adapterRate = 4;

/**
 * Training with adapters of a rank, or of all weights where it is null, with the learning rate that suits; unchanged where
 * it trains these already.
 */
export function withAdapters(training: TrainingConfiguration, rank: number | null): TrainingConfiguration {
  const factor = training.lora_rank === null ? (rank === null ? 1 : adapterRate) : rank === null ? 1 / adapterRate : 1;
  return {
    ...training,
    lora_rank: rank,
    learning_rate: factor === 1 ? training.learning_rate : Number((factor * training.learning_rate).toPrecision(2)),
  };
}

/**
 * A configuration in which a trained model learns on: its own weights and shape, a gentler rate, as many steps as the
 * data are worth, and where these are chats a question for its samples.
 *
 * @param data their training part; null where they have not been chosen yet
 */
export function teachingConfiguration(
  { device, model, training }: RunConfiguration,
  from: string,
  dataset: string,
  data: TrainingData | null,
): RunConfiguration {
  const stepsOfPasses = data === null ? 0 : Math.round((passes * data.tokens) / tokensPerStep(model, training));
  const many = stepsOfPasses >= fewestSteps;
  const interval = Math.max(10, Math.round((many ? stepsOfPasses : fewestSteps) / evaluations));
  return {
    ...{ dataset, device, from, model },
    training: {
      ...training,
      ...{ max_tokens: null, max_minutes: null },
      ...(many ? { max_epochs: passes, max_steps: null } : { max_epochs: null, max_steps: fewestSteps }),
      // The other run's are as long as that run needed.
      ...{ warmup_steps: null, warmup_ratio: 0.05, sequence_length_warmup_steps: 0 },
      eval_interval: Math.min(training.eval_interval, interval),
      sample_interval: training.sample_interval === null ? null : Math.min(training.sample_interval, 2 * interval),
      early_stopping_patience: many ? training.early_stopping_patience : (training.early_stopping_patience ?? patience),
      learning_rate: Number((training.learning_rate / 4).toPrecision(2)),
      // Where every token counts, the data are texts to continue, not chats.
      ...(data === null || data.learnedTokens < data.tokens
        ? { sample_prompt: '### Instruction:\nWhat is a whale?\n\n### Response:\n' }
        : {}),
    },
  };
}
