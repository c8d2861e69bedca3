import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SplitName } from '../../../main/contract/datasets.ts';
import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { ask, emptyRow, numerals, type FileTask, type Row } from './task.ts';

const pixels = 32 * 32;
/** A record: one byte of class, then all red, all green and all blue values of the pixels, row by row. */
const recordBytes = 1 + 3 * pixels;
const recordsAtOnce = 1000;
const greys = 256;
const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const kept = 'No data set was created.';

/**
 * CIFAR-10 in its binary version (https://www.cs.toronto.edu/~kriz/cifar.html) as sequences of 1,024 grey values, tokens 0
 * to 255; after the last one the class is asked, tokens 256 to 265. Each class is a slice. The batches train, the test
 * batch validates.
 */
export const cifar10: FileTask<'cifar10'> = {
  version: 1,
  vocabulary: () => [...numerals(greys), ...classes],
  length: () => pixels,
  slices: () => [...classes],
  open(folder) {
    const files: Record<SplitName, BatchFile[]> = {
      train: batches(folder, /^data_batch_\d+\.bin$/),
      validation: batches(folder, /^test_batch\.bin$/),
    };
    const count = (split: SplitName): number => files[split].reduce((sum, { records }) => sum + records, 0);
    return {
      counts: { train: count('train'), validation: count('validation') },
      *rows(split, wanted) {
        let left = wanted;
        for (const file of files[split]) {
          if (left === 0) return;
          const taken = Math.min(left, file.records);
          left -= taken;
          yield* rowsOf(file, taken);
        }
      },
    };
  },
};

interface BatchFile {
  readonly file: string;
  readonly records: number;
}

function batches(folder: string, pattern: RegExp): BatchFile[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => pattern.test(name));
  } catch (error) {
    throw new HyenaError('not-found', msg`Cannot read the folder ${folder} (${messageOf(error)}).`, { kept });
  }
  if (names.length === 0)
    throw new HyenaError('not-found', msg`The folder ${folder} lacks files of CIFAR-10's binary version.`, {
      kept,
      hint: 'It holds data_batch_1.bin to data_batch_5.bin and test_batch.bin, unpacked from cifar-10-binary.tar.gz.',
    });
  return names
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      const file = path.join(folder, name);
      const { size } = statSync(file);
      if (size === 0 || size % recordBytes !== 0)
        throw new HyenaError('bad-input', msg`${file} has ${size} bytes, which are not records of ${recordBytes}.`, {
          kept,
          hint: 'The file is incomplete or another version; unpack cifar-10-binary.tar.gz again.',
        });
      return { file, records: size / recordBytes };
    });
}

function* rowsOf({ file, records }: BatchFile, taken: number): Generator<Row> {
  const handle = openSync(file, 'r');
  try {
    const buffer = new Uint8Array(Math.min(recordsAtOnce, records) * recordBytes);
    for (let first = 0; first < taken; first += recordsAtOnce) {
      const count = Math.min(recordsAtOnce, taken - first);
      const read = readSync(handle, buffer, 0, count * recordBytes, first * recordBytes);
      for (let record = 0; record < count; record++) {
        const [start, end] = [record * recordBytes, (record + 1) * recordBytes];
        if (end > read || buffer[start] >= classes.length)
          throw new HyenaError('bad-input', msg`Record ${first + record + 1} of ${file} is damaged.`, {
            kept,
            hint: 'The file is incomplete or another version; unpack cifar-10-binary.tar.gz again.',
          });
        yield rowOf(buffer.subarray(start, end));
      }
    }
  } finally {
    closeSync(handle);
  }
}

function rowOf(record: Uint8Array): Row {
  const [label] = record;
  const row = emptyRow(pixels, label);
  for (let place = 0, at = 1; place < pixels; place++, at++) {
    // Luma of ITU-R BT.601 in 16 bits, rounded, as in Pillow's convert('L').
    const luma = 19595 * record[at] + 38470 * record[at + pixels] + 7471 * record[at + 2 * pixels];
    row.inputs[place] = (luma + 0x8000) >> 16;
  }
  ask(row, pixels - 1, greys + label);
  return row;
}
