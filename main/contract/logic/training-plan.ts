import type { ModelConfiguration, TrainingConfiguration } from '../configuration.ts';
import { HyenaError } from '../errors.ts';
import { msg } from '../message.ts';

/** If no budget is given a run takes this many steps. */
export const defaultSteps = 1000;

/** Steps taken, tokens trained on and seconds spent so far. */
export interface BudgetUse {
  step: number;
  tokens: number;
  seconds: number;
}

/** How long a run is and how long its sequences are at each step: known before it starts. */
export class TrainingPlan {
  /** Tokens of a full sequence. */
  readonly sequenceLength: number;
  /** Null where time alone limits the run. */
  readonly totalSteps: number | null;
  readonly limitSeconds: number | null;
  readonly #stages: { from: number; length: number }[];
  readonly #sequencesPerStep: number;

  /**
   * @param trainingTokens how many there are to train on: an epoch
   * @throws HyenaError `configuration` where a sequence is longer than the model's context
   */
  constructor(training: TrainingConfiguration, model: Pick<ModelConfiguration, 'l_max'>, trainingTokens: number) {
    this.sequenceLength = training.sequence_length ?? model.l_max;
    if (this.sequenceLength > model.l_max)
      throw new HyenaError(
        'configuration',
        msg`A sequence length of ${this.sequenceLength} exceeds the model's context length (l_max) of ${model.l_max}.`,
        { hint: 'Raise l_max or lower sequence_length.' },
      );
    this.#sequencesPerStep = training.batch_size * training.gradient_accumulation_steps;
    this.#stages = stagesOf(training, this.sequenceLength);
    const budgets = [
      training.max_steps,
      training.max_tokens === null ? null : this.stepsFor(training.max_tokens),
      training.max_epochs === null ? null : this.stepsFor(training.max_epochs * trainingTokens),
    ].filter((steps) => steps !== null);
    this.limitSeconds = training.max_minutes === null ? null : training.max_minutes * 60;
    if (budgets.length > 0) this.totalSteps = Math.min(...budgets);
    else this.totalSteps = this.limitSeconds === null ? defaultSteps : null;
  }

  /** Sequence length of the step that follows `step` others: it doubles from stage to stage of the length warmup. */
  lengthAt(step: number): number {
    return this.#stages.findLast((stage) => stage.from <= step)?.length ?? this.sequenceLength;
  }

  /** Tokens of the first `steps` steps. */
  tokensOf(steps: number): number {
    let tokens = 0;
    for (const [index, { from, length }] of this.#stages.entries()) {
      const end = Math.min(steps, this.#stages[index + 1]?.from ?? Infinity);
      if (end > from) tokens += (end - from) * length * this.#sequencesPerStep;
    }
    return tokens;
  }

  /** The fewest steps that train on as many tokens, at least one. */
  stepsFor(tokens: number): number {
    const stage = this.#stages.findLast(({ from }) => this.tokensOf(from) < tokens) ?? this.#stages[0];
    if (stage === undefined) return 1;
    const missing = tokens - this.tokensOf(stage.from);
    return Math.max(1, stage.from + Math.ceil(missing / (stage.length * this.#sequencesPerStep)));
  }

  /** The share of the budget that is used up: of the one that is nearest to its end, 0 to 1. */
  progress({ step, seconds }: Pick<BudgetUse, 'step' | 'seconds'>): number {
    const ofSteps = this.totalSteps === null ? 0 : step / this.totalSteps;
    const ofTime = this.limitSeconds === null ? 0 : seconds / this.limitSeconds;
    return Math.min(1, Math.max(ofSteps, ofTime));
  }

  isSpent(spent: Pick<BudgetUse, 'step' | 'seconds'>): boolean {
    return this.progress(spent) >= 1;
  }

  /**
   * Seconds to the end of the budget that ends first.
   *
   * @param secondsPerToken from the pace so far; null if there is none yet
   */
  secondsLeft(spent: BudgetUse, secondsPerToken: number | null): number | null {
    const ofTime = this.limitSeconds === null ? null : Math.max(0, this.limitSeconds - spent.seconds);
    if (this.totalSteps === null || secondsPerToken === null) return ofTime;
    const tokensLeft = Math.max(0, this.tokensOf(this.totalSteps) - this.tokensOf(spent.step));
    return Math.min(tokensLeft * secondsPerToken, ofTime ?? Infinity);
  }
}

/** The steps at which the sequence length changes. */
function stagesOf(training: TrainingConfiguration, full: number): { from: number; length: number }[] {
  const { sequence_length_warmup_steps: steps, sequence_length_start: start } = training;
  if (steps === 0 || start >= full) return [{ from: 0, length: full }];
  const doublings = Math.ceil(Math.log2(full / start));
  const stages: { from: number; length: number }[] = [];
  for (let stage = 0; stage <= doublings; stage++) {
    const from = Math.round((steps * stage) / doublings);
    // Fewer steps than doublings: of the stages that begin together the longest counts.
    if (stages.at(-1)?.from === from) stages.pop();
    stages.push({ from, length: Math.min(full, start * 2 ** stage) });
  }
  return stages;
}
