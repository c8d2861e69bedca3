import { ask, emptyRow, numerals, type Random, type Task } from './task.ts';

const operators = ['[MIN', '[MAX', '[MED', '[SM'] as const;
const texts = ['<pad>', ...numerals(10), ...operators, ']', '='];
const digit = (value: number): number => 1 + value;
const closing = texts.indexOf(']');
const marker = texts.indexOf('=');

/** A value stands alone with this probability where a list may stand: `VALUE_P` of the published generator is its rest. */
const listShare = 0.25;

interface Expression {
  readonly tokens: number[];
  readonly value: number;
}

/** The value of a list; the median is rounded down, as the published `int(np.median(…))`. */
function valueOf(operator: number, operands: readonly number[]): number {
  const sorted = [...operands].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  switch (operators[operator]) {
    case '[MIN':
      return sorted[0];
    case '[MAX':
      return sorted[sorted.length - 1];
    case '[MED':
      return sorted.length % 2 === 1 ? sorted[middle] : Math.floor((sorted[middle - 1] + sorted[middle]) / 2);
    case '[SM':
      return operands.reduce((sum, one) => sum + one, 0) % 10;
  }
  return 0;
}

/** `generate_tree` of lra_benchmarks/data/listops.py. */
function expression(level: number, depth: number, operands: number, random: Random): Expression {
  if (level >= depth || random.uniform() > listShare) {
    const value = random.below(10);
    return { tokens: [digit(value)], value };
  }
  const parts = Array.from({ length: 2 + random.below(operands - 1) }, () =>
    expression(level + 1, depth, operands, random),
  );
  const operator = random.below(operators.length);
  return {
    tokens: [1 + 10 + operator, ...parts.flatMap(({ tokens }) => tokens), closing],
    value: valueOf(
      operator,
      parts.map(({ value }) => value),
    ),
  };
}

/**
 * ListOps as the Long Range Arena generates it (arXiv 2011.04006; without the parentheses, which its own reader removes):
 * expressions longer than `shortest` and shorter than the row, the marker `=`, after which the value is asked; the rest of
 * the row is padding behind the answer.
 */
export const listops: Task<'listops'> = {
  version: 1,
  vocabulary: () => texts,
  length: ({ length }) => length,
  problem: ({ length, shortest }) => (shortest + 8 > length ? { key: 'shortest', bound: length - 8 } : null),
  row({ length, shortest, depth, operands }, random) {
    for (;;) {
      const { tokens, value } = expression(1, depth, operands, random);
      if (tokens.length <= shortest || tokens.length >= length) continue;
      const row = emptyRow(length);
      row.inputs.set([...tokens, marker]);
      ask(row, tokens.length, digit(value));
      return row;
    }
  },
};
