import type { SplitName } from '../../main/contract/datasets.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import type { TokenBatch } from '../models/batch.ts';
import { KeyedPermutation, mixBits } from './permutation.ts';

/** Tokens of a row of a task. @throws HyenaError `internal` for a data set of text */
export function rowLength({ record }: DatasetReader): number {
  if (record.task === null) throw new HyenaError('internal', `Data set '${record.name}' has no rows.`);
  return record.task.length;
}

/**
 * Rows of a task as a batch.
 *
 * @param mask which answers count: those that are learned, or those that are measured
 */
export function batchOfRows(
  reader: DatasetReader,
  split: SplitName,
  rows: readonly number[],
  mask: 'learned' | 'asked',
): TokenBatch & { mask: Float32Array } {
  const length = rowLength(reader);
  const ids = new Int32Array(rows.length * length);
  const targets = new Int32Array(rows.length * length);
  const counted = new Float32Array(rows.length * length);
  for (const [index, row] of rows.entries()) {
    const [from, to] = [index * length, (index + 1) * length];
    reader.read(split, row * length, length, ids.subarray(from, to));
    reader.readTargets(split, row * length, length, targets.subarray(from, to));
    if (mask === 'learned') reader.readMask(split, row * length, length, counted.subarray(from, to));
    else reader.readAsked(split, row * length, length, counted.subarray(from, to));
  }
  return { ids, targets, mask: counted, batchSize: rows.length, length };
}

/**
 * Training rows by the number of the batch: each epoch goes through all rows once in its own order, which the seed fixes.
 *
 * @throws HyenaError `configuration`, when a batch is drawn, for another length than that of the rows
 */
export function rowBatches(reader: DatasetReader, seed: number) {
  const rows = reader.documentCount('train');
  const own = rowLength(reader);
  return {
    batch(draw: number, batchSize: number, length: number): TokenBatch {
      if (length !== own)
        throw new HyenaError(
          'configuration',
          msg`The rows of '${reader.record.name}' have ${own} tokens, but sequences of ${length} were requested.`,
          { hint: msg`Set sequence_length to ${own}, without a sequence length warmup.` },
        );
      const chosen = Array.from({ length: batchSize }, (_, index) => {
        const example = draw * batchSize + index;
        const epoch = Math.floor(example / rows);
        return new KeyedPermutation(rows, mixBits(seed, epoch, own)).at(example % rows);
      });
      return batchOfRows(reader, 'train', chosen, 'learned');
    },
  };
}
