import type { TaskSettings } from '../../../main/contract/lab/tasks.ts';
import { ask, emptyRow, numerals, type Task } from './task.ts';

const shares = [1 / 8, 1 / 4, 1 / 2, 1];

/** Lengths of the haystacks, distinct, the longest last. */
const lengths = ({ length }: Pick<TaskSettings<'needle'>, 'length'>): number[] => [
  ...new Set(shares.map((share) => Math.max(4, Math.round(length * share)))),
];

/**
 * One needle in a haystack: random tokens of the last quarter of the vocabulary, a key of the first quarter and its value,
 * one of the rest, at a depth, and the key again at the end. A row is as long as the longest haystack; what follows the
 * question of a shorter one is padding, token 0. Depth and length are slices, each as frequent as the others.
 */
export const needle: Task<'needle'> = {
  version: 1,
  vocabulary: ({ vocabulary }) => numerals(vocabulary),
  length: ({ length }) => length,
  slices: (settings) =>
    lengths(settings).flatMap((length) =>
      depthsOf(settings).map((depth) => `${length} tokens, depth ${Math.round(100 * depth)}%`),
    ),
  row(settings, random) {
    const { vocabulary, length } = settings;
    const all = lengths(settings);
    const depths = depthsOf(settings);
    const slice = random.below(all.length * depths.length);
    const total = all[Math.floor(slice / depths.length)];
    const depth = depths[slice % depths.length];
    const keys = Math.max(1, Math.floor(vocabulary / 4));
    const hay = Math.max(1, Math.floor(vocabulary / 4));
    const row = emptyRow(length, slice);
    for (let place = 0; place < total; place++) row.inputs[place] = vocabulary - 1 - random.below(hay);
    const key = 1 + random.below(keys);
    const value = 1 + keys + random.below(vocabulary - 1 - keys - hay);
    row.inputs.set([key, value], Math.round(depth * (total - 3)));
    row.inputs[total - 1] = key;
    ask(row, total - 1, value);
    return row;
  },
};

function depthsOf({ depths }: Pick<TaskSettings<'needle'>, 'depths'>): number[] {
  return Array.from({ length: depths }, (_, index) => (depths === 1 ? 0.5 : index / (depths - 1)));
}
