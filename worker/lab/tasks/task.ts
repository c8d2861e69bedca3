import type { SplitName } from '../../../main/contract/datasets.ts';
import type { FileTaskName, GeneratedTaskName, TaskName, TaskSettings } from '../../../main/contract/lab/tasks.ts';
import { randomBits, randomKey, randomUniform, type RandomKey } from '../../../main/contract/logic/random.ts';

/** One example of a task. All arrays have the length of the task's rows. */
export interface Row {
  /** Tokens that the model is given. */
  readonly inputs: Int32Array;
  /** What it is to answer after each; looked at only in places that are learned or asked. */
  readonly targets: Int32Array;
  /** 1 where the answer counts in the training loss. */
  readonly learned: Uint8Array;
  /** 1 where the answer is measured. */
  readonly asked: Uint8Array;
  /** Which of the task's slices it belongs to. */
  readonly slice: number;
}

/** What the rows of a task are like: pure functions of its settings. */
interface TaskForm<Name extends TaskName> {
  /** Raised when the same seed, or the same files, make other rows than before. */
  readonly version: number;
  /** Texts of the tokens, by id; distinct and without white space. */
  vocabulary(settings: TaskSettings<Name>): string[];
  /** Tokens of a row. */
  length(settings: TaskSettings<Name>): number;
  /** Names of the kinds of rows that are measured apart; left out: one kind. */
  slices?(settings: TaskSettings<Name>): string[];
}

/** How a task makes rows: pure functions of its settings and random numbers. */
export interface Task<Name extends GeneratedTaskName = GeneratedTaskName> extends TaskForm<Name> {
  /** Whether no two rows of a split may be equal, as published. */
  readonly distinct?: boolean;
  /** A key that is within its own bounds, but not with the others: the largest value, or null where it must be even. */
  problem?(settings: TaskSettings<Name>): { key: string; bound: number | null } | null;
  row(settings: TaskSettings<Name>, random: Random): Row;
}

/** A task whose rows are read from a folder. */
export interface FileTask<Name extends FileTaskName = FileTaskName> extends TaskForm<Name> {
  /** Finds and checks the files. @throws HyenaError `not-found`, `bad-input` for files that are something else */
  open(folder: string): FileRows;
}

interface FileRows {
  /** Rows that there are. */
  readonly counts: Readonly<Record<SplitName, number>>;
  /** The first `count` rows, in the order of the files. @throws HyenaError `bad-input` for a damaged file */
  readonly rows: (split: SplitName, count: number) => Iterable<Row>;
}

/** Random numbers in a sequence that a seed fixes. */
export class Random {
  readonly #key: RandomKey;
  #index = 0;

  constructor(seed: number) {
    this.#key = randomKey(seed);
  }

  /** From 0 inclusive to 1 exclusive. */
  uniform(): number {
    return randomUniform(this.#key, this.#index++);
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    // The product of a 32-bit number: its bias is below count / 2^32.
    return Math.floor((randomBits(this.#key, this.#index++) / 2 ** 32) * count);
  }

  /** One of the items. */
  choice<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** `taken` distinct whole numbers from 0 to `count` - 1, in random order (Fisher and Yates, without the table). */
  distinct(count: number, taken: number): number[] {
    const moved = new Map<number, number>();
    return Array.from({ length: taken }, (_, index) => {
      const at = index + this.below(count - index);
      const chosen = moved.get(at) ?? at;
      moved.set(at, moved.get(index) ?? index);
      return chosen;
    });
  }
}

/** A row of which nothing is learned or asked yet. */
export function emptyRow(length: number, slice = 0): Row {
  return {
    inputs: new Int32Array(length),
    targets: new Int32Array(length),
    learned: new Uint8Array(length),
    asked: new Uint8Array(length),
    slice,
  };
}

/** Has a row ask for an answer after a place; what is asked is learned too. */
export function ask(row: Row, place: number, answer: number): void {
  row.targets[place] = answer;
  row.learned[place] = 1;
  row.asked[place] = 1;
}

/** `0`, `1`, … */
export const numerals = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));
