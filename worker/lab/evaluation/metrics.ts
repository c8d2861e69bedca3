import type { ChoiceEvaluation, TaskEvaluation } from '../../../main/contract/lab/evaluations.ts';
import type { Item } from './items.ts';

type Metrics = TaskEvaluation['metrics'];

const share = (name: string, value: number): Metrics[number] => ({ name, value, unit: 'share' });
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const indexOfLargest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** F1 of a class among predictions; 0 where it is neither right nor predicted. */
function f1(chosen: readonly number[], right: readonly number[], label: number): number {
  let [both, predicted, real] = [0, 0, 0];
  for (const [index, one] of chosen.entries()) {
    if (one === label) predicted++;
    if (right[index] === label) real++;
    if (one === label && right[index] === label) both++;
  }
  return predicted + real === 0 ? 0 : (2 * both) / (predicted + real);
}

/** Words of an answer as SQuAD's evaluation compares them: lower case, without punctuation and articles. */
export const answerWords = (answer: string): string[] =>
  answer
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s]/gu, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !/^(a|an|the)$/.test(word));

/** F1 of the words that two answers share. */
export function wordF1(answer: string, gold: string): number {
  const [given, expected] = [answerWords(answer), answerWords(gold)];
  const rest = [...expected];
  const common = given.filter((word) => {
    const at = rest.indexOf(word);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
  return common === 0 ? 0 : (2 * common) / (given.length + expected.length);
}

/**
 * What lm-evaluation-harness reports of these items, of each choice its log-likelihood.
 *
 * - acc: the likeliest choice is right; acc_norm: the one that is likeliest per character
 * - CB: f1, the mean over the classes; MultiRC: f1a over all answers, em of questions of which all answers are right
 * - ReCoRD: em and f1 (of words) of the likeliest entity against the nearest right one
 */
export function choiceMetrics(
  name: ChoiceEvaluation,
  items: readonly Item[],
  likelihoods: readonly (readonly number[])[],
): Metrics {
  const chosen = likelihoods.map(indexOfLargest);
  const right = items.map(({ gold }) => gold[0] ?? -1);
  const correct = chosen.map((choice, index) => (items[index].gold.includes(choice) ? 1 : 0));
  const acc = share('acc', mean(correct));
  switch (name) {
    case 'cb':
      return [acc, share('f1', mean([0, 1, 2].map((label) => f1(chosen, right, label))))];
    case 'multirc': {
      const groups = new Map<string, boolean>();
      for (const [index, { group = '' }] of items.entries())
        groups.set(group, (groups.get(group) ?? true) && correct[index] === 1);
      const em = mean([...groups.values()].map(Number));
      return [acc, share('f1a', f1(chosen, right, 1)), share('em', em)];
    }
    case 'record': {
      const best = items.map(({ choices, gold }, index) =>
        Math.max(0, ...gold.map((one) => wordF1(choices[chosen[index]], choices[one]))),
      );
      return [share('f1', mean(best)), share('em', mean(correct))];
    }
    case 'multiple-choice': {
      const normalised = likelihoods.map((values, index) =>
        indexOfLargest(values.map((value, choice) => value / Math.max(1, items[index].choices[choice].trim().length))),
      );
      const norm = normalised.map((choice, index) => (items[index].gold.includes(choice) ? 1 : 0));
      return [acc, share('acc_norm', mean(norm))];
    }
    case 'boolq':
    case 'copa':
    case 'rte':
    case 'wic':
    case 'wsc':
      return [acc];
  }
}
