import type { TrainingConfiguration } from '../configuration.ts';
import { msg, type Message } from '../message.ts';

/** The training part of a data set. */
export interface TrainingData {
  readonly tokens: number;
  /** Those that count in the loss: all of them but the questions of chats. */
  readonly learnedTokens: number;
}

/** How much work a run is; null where time alone limits it. */
export interface RunWork {
  readonly steps: number | null;
  readonly tokens: number | null;
}

/** Data that is passed over more often is memorised. */
const mostPasses = 25;
/** A smaller share of learned tokens is worth a word. */
const leastLearnedShare = 0.1;
/** Chats with fewer learned tokens teach their own answers, and hardly how to answer. */
const smallChats = 50_000;

/** The longest warmup that leaves a run most of its steps. */
const longestWarmup = (steps: number): number => Math.max(1, Math.floor(steps / 10));

const percent = (share: number): string => `${(100 * share).toPrecision(2)}%`;

/**
 * What a person should know before a run starts: a warmup that does not end, data far below the budget, data of which
 * little is learned. Each is a sentence with what to change.
 */
export function runWarnings(
  training: Pick<TrainingConfiguration, 'warmup_steps' | 'learning_rate' | 'early_stopping_patience'>,
  data: TrainingData | null,
  { steps, tokens }: RunWork,
): Message[] {
  const warnings: Message[] = [];
  const { warmup_steps: warmup, learning_rate: rate, early_stopping_patience: patience } = training;
  if (warmup !== null && steps !== null && warmup > longestWarmup(steps) && warmup * 2 > steps)
    warnings.push(
      warmup >= steps
        ? msg`The warmup takes ${warmup} steps but the run has only ${steps}: it ends at ${percent(steps / warmup)} of the learning rate ${rate}. Shorten the warmup to at most ${longestWarmup(steps)}, or train for more steps.`
        : msg`The warmup takes ${warmup} of the run's ${steps} steps. Shorten the warmup to at most ${longestWarmup(steps)}, or train for more steps.`,
    );
  if (data === null || data.tokens === 0) return warnings;
  const passes = tokens === null ? 0 : tokens / data.tokens;
  if (passes > mostPasses && patience === null)
    warnings.push(
      msg`The budget is ${tokens ?? 0} tokens but the data set has ${data.tokens}: the run makes ${Math.round(passes)} passes over it and will overfit. Add data, train for fewer steps, or let the run stop early.`,
    );
  const share = data.learnedTokens / data.tokens;
  if (share < leastLearnedShare)
    warnings.push(
      msg`Of ${data.tokens} training tokens, ${data.learnedTokens} contribute to the loss (${percent(share)}): only answers count; the rest is context.`,
    );
  if (data.learnedTokens < data.tokens && data.learnedTokens < smallChats)
    warnings.push(
      msg`This data set is small: its answers have ${data.learnedTokens} {0|one: token|other: tokens}. The model will memorise them rather than learn to answer.`,
    );
  return warnings;
}
