import type { RankingScores } from '../../../../main/contract/lab/question-evaluation.ts';
import type { Segment } from '../../../../main/contract/logic/reading/segments.ts';
import { answerWords, wordF1 } from '../metrics.ts';

/** The rank, from 0, of the first segment that holds one of the places; -1 if none does. */
export const rankOf = (segments: readonly Segment[], places: readonly Segment[]): number =>
  segments.findIndex(({ start, end }) => places.some((place) => start <= place.start && place.end <= end));

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;

/** @param ranks from 0; -1: not found */
export const rankingScores = (ranks: readonly number[]): RankingScores => ({
  first: mean(ranks.map((rank) => (rank === 0 ? 1 : 0))),
  mrr10: mean(ranks.map((rank) => (rank >= 0 && rank < 10 ? 1 / (rank + 1) : 0))),
  recall5: mean(ranks.map((rank) => (rank >= 0 && rank < 5 ? 1 : 0))),
});

const normalised = (answer: string): string => answerWords(answer).join(' ');

/** The best F1 and exact match of an answer against the right ones, as SQuAD's evaluation counts them. */
export function answerScores(answer: string, gold: readonly string[]): { f1: number; exact: number } {
  const f1 = Math.max(0, ...gold.map((one) => wordF1(answer, one)));
  const exact = gold.some((one) => normalised(one) === normalised(answer)) ? 1 : 0;
  return { f1, exact };
}

/**
 * Area under the ROC curve: how often a value of the first kind is above one of the second; ties count half. null if
 * either is empty.
 */
export function areaUnderRoc(positive: readonly number[], negative: readonly number[]): number | null {
  if (positive.length === 0 || negative.length === 0) return null;
  let wins = 0;
  for (const one of positive) for (const other of negative) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / (positive.length * negative.length);
}
