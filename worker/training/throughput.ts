import { valueOf } from '../../main/library/runs/average.ts';
import type { TrainingState } from '../../main/library/runs/training-state.ts';

type Record = TrainingState['pace'];

/** How many of the last steps the rate is taken from. */
const remembered = 11;
/**
 * A step that took this many times as long as the middle one, or so small a part of it, says nothing of the next
 * ones.
 */
const outlier = 4;
/** This many steps what earlier processes reached counts for, until this one has taken some. */
const inherited = 2;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean without what stands out: a first step that compiles kernels, a moment in which the machine did other work. */
function trimmedMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const ordinary = values.filter((value) => value <= outlier * middle && value >= middle / outlier);
  return mean(ordinary.length > 0 ? ordinary : values);
}

/** Measures steps; what evaluations, samples and checkpoints take is added as a share. */
export class Throughput {
  #record: Record;
  /** Seconds per token of the last steps of this process, behind what earlier ones reached. */
  #recent: number[];

  /** @param record as a checkpoint has it: it may be of another machine, so new steps soon outweigh it */
  constructor(record: Record) {
    this.#record = record;
    const before = valueOf(record.secondsPerToken);
    this.#recent = before === null ? [] : Array.from({ length: inherited }, () => before);
  }

  get record(): Record {
    return this.#record;
  }

  addStep(seconds: number, tokens: number): void {
    const { stepSeconds, otherSeconds, secondsPerToken } = this.#record;
    this.#recent = [...this.#recent, seconds / tokens].slice(-remembered);
    this.#record = {
      secondsPerToken: { sum: trimmedMean(this.#recent), weight: 1, count: secondsPerToken.count + 1 },
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
