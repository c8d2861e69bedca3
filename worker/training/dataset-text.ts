import type { SplitName } from '../../main/contract/datasets.ts';
import type { LearnedSpans } from '../data/answer-windows.ts';
import { TrainingBatches } from '../data/batches.ts';
import { rowBatches } from '../data/rows.ts';
import type { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import type { TokenText } from './evaluation.ts';
import type { BatchSource } from './learner.ts';

/** A split as a text to score. */
export function readDatasetText(reader: DatasetReader, split: SplitName): TokenText {
  return {
    length: reader.tokenCount(split),
    read: (from, count) => ({
      ids: reader.read(split, from, count),
      learned: reader.hasMask(split) ? reader.readMask(split, from, count) : null,
    }),
    byteLengthOf: (ids) => reader.tokenizer.byteLengthOf(ids),
  };
}

/**
 * Training batches by the number of the batch.
 *
 * @param around the learned tokens, to lay the windows around; null: windows lie side by side, as in text
 */
export function batchesOf(reader: DatasetReader, seed: number, around: LearnedSpans | null): BatchSource {
  if (reader.record.task !== null) return rowBatches(reader, seed);
  const batches = new TrainingBatches(reader, seed, around);
  return {
    batch(draw, batchSize, length) {
      const { inputs, targets, mask } = batches.batch(draw * batchSize, batchSize, length);
      return { ids: inputs, targets, mask: reader.hasMask('train') ? mask : undefined, batchSize, length };
    },
  };
}
