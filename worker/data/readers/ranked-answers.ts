import { isObject, keyOf, type JsonObject } from './field-path.ts';
import { isDialogue } from './messages.ts';

/** The answer that is preferred among several to one question. */
export interface RankedAnswer {
  /** Null where a row does not say which is preferred; the first is then taken. */
  by: string | null;
  answer: unknown;
  /** The answers that are left out. */
  others: number;
}

const lists = ['responses', 'completions', 'generations', 'outputs', 'candidates', 'answers', 'choices', 'replies'];
const answerKeys = ['text', 'response', 'content', 'answer', 'output', 'completion', 'message', 'generation'];
const scoreKeys = ['score', 'rating', 'overall_score', 'overall_rating', 'reward', 'quality', 'votes', 'pm_score'];
const scoreLists = ['scores', 'ratings', 'rewards', 'score', 'rating'];
const ranks = ['rank', 'ranks', 'ranking', 'rankings'];
const indexKeys = [
  ...['chosen_index', 'best_index', 'preferred_index', 'label', 'labels', 'better_response_id', 'preference'],
  ...['winner', 'preferred', 'choice', 'chosen', 'better', 'best', 'safer_response_id'],
];

/** Names of two answers side by side; `counts` is what stands for the first in a label of SHP's kind. */
const pairs: readonly (readonly [first: string, second: string, labelOfFirst: 0 | 1])[] = [
  ['human_ref_a', 'human_ref_b', 1],
  ['response_0', 'response_1', 0],
  ['response_a', 'response_b', 0],
  ['answer_a', 'answer_b', 0],
  ['answer_0', 'answer_1', 0],
  ['output_a', 'output_b', 0],
  ['completion_a', 'completion_b', 0],
  ['response_1', 'response_2', 1],
  ['answer_1', 'answer_2', 1],
  ['output_1', 'output_2', 1],
  ['conversation_a', 'conversation_b', 0],
  ['messages_a', 'messages_b', 0],
  ['dialogue_a', 'dialogue_b', 0],
];

/** A column for each of two answers, which says whether it is the one. */
const flagColumns = [
  ['winner_model_a', 'winner_model_b'],
  ['winner_a', 'winner_b'],
];
/** What says of one answer that it is preferred, in the answer itself. */
const flagKeys = [
  'chosen',
  'is_chosen',
  'preferred',
  'is_preferred',
  'accepted',
  'is_accepted',
  'selected',
  'is_best',
  'best',
];

/** Whether a field says which of several answers is preferred. */
export const isRanking = (key: string): boolean =>
  [scoreLists, ranks, indexKeys, ...flagColumns].some((names) => names.includes(key.trim().toLowerCase()));

const fieldOf = (row: JsonObject, names: readonly string[]): unknown => {
  for (const name of names) {
    const key = keyOf(row, name);
    if (key !== undefined && row[key] !== null && row[key] !== undefined) return row[key];
  }
  return undefined;
};
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isAnswer = (value: unknown): boolean => isText(value) || isDialogue(value);
const isYes = (value: unknown): boolean => value === true || Number(value) === 1 || /^true$/i.test(String(value));
const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '')
    ? Number(value)
    : NaN;

/** The name of the field that holds several answers to one question, or two answers side by side; null without one. */
export function rankedFields(row: unknown): string[] | null {
  if (!isObject(row)) return null;
  for (const name of lists) {
    const key = keyOf(row, name);
    const list = key === undefined ? null : row[key];
    if (!Array.isArray(list) || list.length === 0) continue;
    const items = list as unknown[];
    const areAnswers =
      items.every((item) => isObject(item) && isText(fieldOf(item, answerKeys))) ||
      (items.length > 1 && items.every(isText) && preferredIndex(row, items.length, 0) !== null);
    if (areAnswers) return [key!];
  }
  for (const [first, second] of pairs) {
    const keys = [keyOf(row, first), keyOf(row, second)];
    if (keys.every((key) => key !== undefined && isAnswer(row[key]))) return keys as string[];
  }
  return null;
}

/** The preferred answer of a row, whose answers stand in these fields. */
export function rankedAnswer(row: JsonObject, fields: readonly string[]): RankedAnswer | null {
  if (fields.length === 2) {
    const texts = fields.map((field) => row[field]).filter(isAnswer);
    if (texts.length === 0) return null;
    const labelOfFirst = pairs.find(([first]) => first === fields[0].trim().toLowerCase())?.[2] ?? 0;
    const index = texts.length < 2 ? null : preferredIndex(row, 2, labelOfFirst);
    return { by: index?.by ?? null, answer: texts[index?.index ?? 0], others: texts.length - 1 };
  }
  const list = row[fields[0]];
  if (!Array.isArray(list)) return null;
  const items = (list as unknown[]).map((item) => (isObject(item) ? fieldOf(item, answerKeys) : item));
  const scores = (list as unknown[]).map((item) => (isObject(item) ? numberOf(fieldOf(item, scoreKeys)) : NaN));
  const places = (list as unknown[]).map((item) => (isObject(item) ? -numberOf(fieldOf(item, ['rank'])) : NaN));
  const found =
    flagged(list as unknown[]) ??
    largest(scores, 'score') ??
    largest(places, 'rank') ??
    preferredIndex(row, items.length, 0);
  const answer = items[found?.index ?? 0];
  return isText(answer) ? { by: found?.by ?? null, answer, others: items.length - 1 } : null;
}

/** The one answer that says of itself that it is preferred. */
function flagged(list: readonly unknown[]): { index: number; by: string } | null {
  for (const name of flagKeys) {
    const marked = list.flatMap((item, index) => (isObject(item) && isYes(item[name]) ? [index] : []));
    if (marked.length === 1) return { index: marked[0], by: name };
  }
  return null;
}

const largest = (scores: readonly number[], by: string): { index: number; by: string } | null => {
  const known = scores.filter((score) => !Number.isNaN(score));
  return known.length > 0 && known.length === scores.length ? { index: scores.indexOf(Math.max(...scores)), by } : null;
};

/** Which of this many answers a row prefers: by its scores, its ranks (1 is best), or the number or letter of one. */
function preferredIndex(row: JsonObject, count: number, labelOfFirst: 0 | 1): { index: number; by: string } | null {
  for (const [names, sign] of [
    [scoreLists, 1],
    [ranks, -1],
  ] as const)
    for (const name of names) {
      const key = keyOf(row, name);
      const list = key === undefined ? null : row[key];
      if (!Array.isArray(list) || list.length !== count) continue;
      const found = largest(
        list.map((value) => sign * numberOf(value)),
        key!,
      );
      if (found) return found;
    }
  for (const names of count === 2 ? flagColumns : []) {
    const keys = names.map((name) => keyOf(row, name));
    const index = keys.findIndex((key) => key !== undefined && isYes(row[key]));
    if (index >= 0) return { index, by: keys[index]! };
  }
  for (const name of indexKeys) {
    const key = keyOf(row, name);
    if (key === undefined) continue;
    const letter = /(?:^|[_\s])([ab])$/i.exec(String(row[key]).trim())?.[1].toLowerCase();
    if (letter !== undefined && count === 2) return { index: letter === 'a' ? 0 : 1, by: key };
    const number = numberOf(row[key]);
    if (!Number.isInteger(number)) continue;
    // Of two answers that are called 1 and 2, or labelled as SHP does (1: the first), the number is of the name.
    const index = labelOfFirst === 0 ? number : number === 1 ? 0 : 1;
    if (index >= 0 && index < count) return { index, by: key };
  }
  return null;
}
