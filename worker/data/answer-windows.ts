import type { SplitName } from '../../main/contract/datasets.ts';
import type { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';

/** Stretches of tokens that count in the loss, in order: from `starts[i]`, inclusive, to `ends[i]`, exclusive. */
export interface LearnedSpans {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Tokens of a mask that are looked at in one piece. */
const scannedAtOnce = 1 << 20;

/**
 * Where the learned tokens of a split lie. The first token of a split follows none, so it is never learned.
 *
 * @param check called between pieces: throws where the job is to stop
 */
export function learnedSpans(
  reader: DatasetReader,
  split: SplitName,
  check: () => void = () => undefined,
): LearnedSpans {
  const tokens = reader.tokenCount(split);
  const starts: number[] = [];
  const ends: number[] = [];
  let within = false;
  for (let from = 1; from < tokens; from += scannedAtOnce) {
    check();
    const mask = reader.readMask(split, from, Math.min(scannedAtOnce, tokens - from));
    for (let index = mask.indexOf(within ? 0 : 1); index >= 0; index = mask.indexOf(within ? 0 : 1, index)) {
      (within ? ends : starts).push(from + index);
      within = !within;
    }
  }
  if (within) ends.push(tokens);
  return { starts, ends };
}

/** The windows of one length: each begins anywhere from `earliest` to `latest`, both inclusive. */
export interface WindowRanges {
  readonly earliest: readonly number[];
  readonly latest: readonly number[];
}

/**
 * Windows of `length` + 1 tokens that together reach every learned token of a text: a window takes as many answers as
 * fit behind the beginning of the first one's question; where a question and its answer are longer than a window, it
 * ends with the answer; an answer that is longer still is cut in several windows, the first with some of its question.
 *
 * @param tokens of the text, `length` + 1 at least
 */
export function windowsAround({ starts, ends }: LearnedSpans, tokens: number, length: number): WindowRanges {
  const earliest: number[] = [];
  const latest: number[] = [];
  const last = tokens - 1 - length;
  const add = (from: number, to: number) => {
    earliest.push(Math.min(last, Math.max(0, from)));
    latest.push(Math.min(last, Math.max(0, to)));
  };
  for (let span = 0; span < starts.length; span++) {
    const question = span === 0 ? 0 : ends[span - 1];
    const [start, end] = [starts[span], ends[span]];
    if (end - 1 - question <= length) {
      while (span + 1 < ends.length && ends[span + 1] - 1 - question <= length) span++;
      add(ends[span] - 1 - length, question);
    } else if (end - start <= length) add(end - 1 - length, end - 1 - length);
    else {
      // Some play, so that the borders of the pieces differ from epoch to epoch.
      const play = Math.floor(length / 4);
      let from = Math.max(question, start - 1 - Math.floor(length / 2));
      for (; end - 1 - from > length; from += length) add(Math.max(question, from - play), from);
      add(end - 1 - length, end - 1 - length);
    }
  }
  return { earliest, latest };
}
