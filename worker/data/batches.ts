import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import { type LearnedSpans, windowsAround, type WindowRanges } from './answer-windows.ts';
import { KeyedPermutation, mixBits } from './permutation.ts';

/** Sequences and what follows each of their tokens; all `[batchSize, length]`, row after row. */
export interface Batch {
  batchSize: number;
  length: number;
  inputs: Int32Array;
  /** The next token of each input. */
  targets: Int32Array;
  /** 1 where the target counts in the loss, else 0. */
  mask: Float32Array;
  /** How many do. May be 0 where questions of chats fill the batch. */
  learnedTokens: number;
}

/**
 * The training split in windows of `length` + 1 tokens, in an order that is a pure function of the seed, the number of
 * the example and the length: a run that continues from a counter sees what it would have seen. Nothing is remembered.
 *
 * Example `e` belongs to epoch ⌊e / W⌋, W the windows of an epoch. Each epoch lays its windows side by side from its
 * own offset, so that their borders differ, and goes through all of them once in its own order; what is left at both
 * ends, less than two windows, is left out of that epoch. Windows run across documents, which stand one after another
 * with the end of text between them.
 *
 * Where answers alone are learned, the windows are laid around them instead (answer-windows.ts), so that every window
 * holds something to learn: each epoch goes through all of them once, in an order and with beginnings of its own.
 */
export class TrainingBatches {
  private readonly reader: DatasetReader;
  private readonly seed: number;
  private readonly spans: LearnedSpans | null;
  private readonly ranges = new Map<number, WindowRanges>();

  /** @param spans the learned tokens, to lay windows around; null: windows lie side by side */
  constructor(reader: DatasetReader, seed: number, spans: LearnedSpans | null = null) {
    this.reader = reader;
    this.seed = seed;
    this.spans = spans;
  }

  /** Tokens of the training split. */
  get tokens(): number {
    return this.reader.tokenCount('train');
  }

  /** Windows in a pass over the training split. Throws `configuration` where it is shorter than one. */
  examplesPerEpoch(length: number): number {
    if (this.tokens < length + 1) throw tooShort(this.reader, length);
    const ranges = this.rangesOf(length);
    if (ranges !== null) return ranges.earliest.length;
    return Math.max(1, Math.floor((this.tokens - length) / length));
  }

  /** The first token of an example. */
  startOf(example: number, length: number): number {
    const windows = this.examplesPerEpoch(length);
    const epoch = Math.floor(example / windows);
    const ranges = this.rangesOf(length);
    if (ranges !== null) {
      const key = mixBits(this.seed, epoch, length);
      const window = new KeyedPermutation(windows, key).at(example % windows);
      const earliest = ranges.earliest[window];
      return earliest + (mixBits(key, 0x6f666673, window) % (ranges.latest[window] - earliest + 1));
    }
    const slack = this.tokens - 1 - windows * length;
    const key = mixBits(this.seed, epoch, length);
    const offset = mixBits(key, 0x6f666673) % (slack + 1);
    return offset + new KeyedPermutation(windows, key).at(example % windows) * length;
  }

  private rangesOf(length: number): WindowRanges | null {
    if (this.spans === null) return null;
    let ranges = this.ranges.get(length);
    if (ranges === undefined) {
      ranges = windowsAround(this.spans, this.tokens, length);
      if (ranges.earliest.length === 0) throw nothingLearned(this.reader);
      this.ranges.set(length, ranges);
    }
    return ranges;
  }

  /** Examples first … first + batchSize. */
  batch(first: number, batchSize: number, length: number): Batch {
    return fill(this.reader, batchSize, length, (row) => this.startOf(first + row, length));
  }
}

function fill(reader: DatasetReader, batchSize: number, length: number, startOf: (row: number) => number): Batch {
  const inputs = new Int32Array(batchSize * length);
  const targets = new Int32Array(batchSize * length);
  const mask = new Float32Array(batchSize * length).fill(1);
  const window = new Int32Array(length + 1);
  for (let row = 0; row < batchSize; row++) {
    const start = startOf(row);
    reader.read('train', start, length + 1, window);
    inputs.set(window.subarray(0, length), row * length);
    targets.set(window.subarray(1), row * length);
    if (reader.hasMask('train'))
      reader.readMask('train', start + 1, length, mask.subarray(row * length, (row + 1) * length));
  }
  let learnedTokens = 0;
  for (const weight of mask) learnedTokens += weight;
  return { batchSize, length, inputs, targets, mask, learnedTokens };
}

const nothingLearned = (reader: DatasetReader): HyenaError =>
  new HyenaError(
    'configuration',
    msg`None of the ${reader.tokenCount('train')} training tokens of '${reader.record.name}' contributes to the loss: it contains questions without answers.`,
    { hint: 'Add chats with answers.' },
  );

function tooShort(reader: DatasetReader, length: number): HyenaError {
  const tokens = reader.tokenCount('train');
  return new HyenaError(
    'configuration',
    msg`Data set '${reader.record.name}' has ${tokens} training tokens, fewer than one sequence of ${length} plus its next token.`,
    {
      hint: tokens > 2 ? msg`Choose a sequence length of at most ${tokens - 1}, or add more text.` : 'Add more text.',
    },
  );
}
