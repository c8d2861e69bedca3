import { lightened, valueOf, withValue } from './average.ts';
import type { TrainingState } from './state.ts';

type Record = TrainingState['pace'];

/** How fast a run is: from the last steps, and from the last of its earlier processes until there are some. */
const decay = 0.9;

/** Measures steps; what evaluations, samples and checkpoints take is added as a share. */
export class Pace {
  #record: Record;

  /** @param record as a checkpoint has it: it may be of another machine, so new steps soon outweigh it */
  constructor(record: Record) {
    this.#record = { ...record, secondsPerToken: lightened(record.secondsPerToken, 0.2) };
  }

  get record(): Record {
    return this.#record;
  }

  addStep(seconds: number, tokens: number): void {
    const { secondsPerToken, stepSeconds, otherSeconds } = this.#record;
    this.#record = {
      secondsPerToken: withValue(secondsPerToken, seconds / tokens, decay),
      stepSeconds: stepSeconds + seconds,
      otherSeconds,
    };
  }

  addOther(seconds: number): void {
    this.#record = { ...this.#record, otherSeconds: this.#record.otherSeconds + seconds };
  }

  /** Of the steps alone; null before the first. */
  get tokensPerSecond(): number | null {
    const seconds = valueOf(this.#record.secondsPerToken);
    return seconds === null || seconds === 0 ? null : 1 / seconds;
  }

  /** Everything counted; null before the first step. */
  get secondsPerToken(): number | null {
    const seconds = valueOf(this.#record.secondsPerToken);
    const { stepSeconds, otherSeconds } = this.#record;
    if (seconds === null) return null;
    return stepSeconds > 0 ? seconds * (1 + otherSeconds / stepSeconds) : seconds;
  }
}
