import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import type { SplitName } from '../../main/contract/datasets.ts';
import type { Answers } from '../../main/contract/events.ts';
import type { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import { batchOfRows, rowLength } from '../data/rows.ts';
import type { LanguageModel } from '../models/language-model.ts';
import type { MixerOptions } from '../models/mixers/mixer.ts';
import type { Cancellation } from '../process/cancellation.ts';
import { type Score, spread } from './evaluation.ts';
import type { Evaluate } from './evaluator.ts';
import type { Learner } from './learner.ts';

/** Tokens of the rows that are answered at a time. */
const answeredAtOnce = 1 << 15;

/** Answers of a task, counted. */
export interface RowScore {
  readonly score: Score;
  readonly answers: Answers;
}

/**
 * Answers rows of a task and compares every measured answer: a row is right where all of them are.
 *
 * @param rows their numbers in the split
 * @param between called before each batch: throws where the job is to stop, lets messages in
 */
export async function answerRows(
  model: LanguageModel,
  reader: DatasetReader,
  split: SplitName,
  rows: readonly number[],
  between: () => Promise<void>,
  options?: MixerOptions,
): Promise<RowScore> {
  const { tokenizer, record } = reader;
  const slices = record.task?.slices ?? [];
  const length = rowLength(reader);
  const atOnce = Math.max(1, Math.floor(answeredAtOnce / length));
  const score: Score = { nats: 0, tokens: 0, bytes: 0 };
  const bySlice = slices.map(() => ({ right: 0, all: 0 }));
  let [right, wholeRows] = [0, 0];
  for (let first = 0; first < rows.length; first += atOnce) {
    await between();
    const chosen = rows.slice(first, first + atOnce);
    const batch = batchOfRows(reader, split, chosen, 'asked');
    const places = Int32Array.from([...batch.mask.keys()].filter((place) => batch.mask[place] !== 0));
    const { tokens, losses } = await model.answers(batch, places, options);
    const wrong = new Set<number>();
    for (const [index, place] of places.entries()) {
      const row = Math.floor(place / length);
      const isRight = tokens[index] === batch.targets[place];
      if (isRight) right++;
      else wrong.add(row);
      score.nats += losses[index];
      if (slices.length > 0) {
        const [{ source }] = reader.documents(split, chosen[row], 1);
        bySlice[source].all++;
        if (isRight) bySlice[source].right++;
      }
    }
    wholeRows += chosen.length - wrong.size;
    score.tokens += places.length;
    score.bytes += tokenizer.byteLengthOf(places.map((place) => batch.targets[place]));
  }
  return {
    score,
    answers: {
      accuracy: score.tokens > 0 ? right / score.tokens : 0,
      rows: rows.length > 0 ? wholeRows / rows.length : 0,
      slices: Object.fromEntries(
        slices.map((name, index) => [name, bySlice[index].all > 0 ? bySlice[index].right / bySlice[index].all : 0]),
      ),
    },
  };
}

/** The test rows of a task. */
export const everyRow = (reader: DatasetReader): number[] =>
  Array.from({ length: reader.documentCount('validation') }, (_, row) => row);

/** Scores the test rows of a run on a task: as many as it evaluates windows, spread evenly, or all. */
export function rowEvaluator(
  model: LanguageModel,
  learner: Pick<Learner, 'refreshModel'>,
  reader: DatasetReader,
  { eval_windows, precision, convolution }: Pick<TrainingConfiguration, 'eval_windows' | 'precision' | 'convolution'>,
  cancellation: Cancellation,
): Evaluate | null {
  const rows = everyRow(reader);
  if (rows.length === 0) return null;
  const usual = spread(rows, eval_windows);
  const options = { precision: model.device.python === undefined ? precision : 'fp32', convolution } as const;
  const between = async () => {
    await nextTurn();
    cancellation.check();
  };
  return async (full) => {
    await learner.refreshModel?.();
    const sampled = await answerRows(model, reader, 'validation', usual, between, options);
    if (!full || usual.length === rows.length)
      return { all: sampled.score, sampledScore: sampled.score, answers: sampled.answers };
    const all = await answerRows(model, reader, 'validation', rows, between, options);
    return { all: all.score, sampledScore: sampled.score, answers: all.answers };
  };
}
