import { describe, expect, it } from 'vitest';
import { readItems, readPassages } from '../../../../../worker/lab/evaluation/items.ts';
import { choiceMetrics } from '../../../../../worker/lab/evaluation/metrics.ts';
import { wordsOfWikiText } from '../../../../../worker/lab/evaluation/sliding-window.ts';

const lines = (...values: object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Lines as the published files of SuperGLUE have them, with other words. */
const boolq = { question: 'is the whale white', passage: 'Moby Dick -- A whale.', idx: 0, label: true };
const copa = {
  premise: 'The man lost the competition.',
  choice1: 'The competition was sabotaged.',
  choice2: 'He intimidated his competitors.',
  question: 'cause',
  label: 0,
  idx: 0,
};
const multirc = {
  idx: 0,
  version: 1.1,
  passage: {
    text: 'The ship sailed at dawn.',
    questions: [
      {
        question: 'When did it sail?',
        idx: 0,
        answers: [
          { text: 'At dawn', idx: 0, label: 1 },
          { text: 'At noon', idx: 1, label: 0 },
        ],
      },
      { question: 'What sailed?', idx: 1, answers: [{ text: 'The ship', idx: 2, label: 1 }] },
    ],
  },
};
const passage = 'Ahab met Starbuck.\n@highlight\nAhab spoke\n@highlight\nStarbuck listened';
const record = {
  source: 'Daily mail',
  passage: {
    text: passage,
    entities: [
      { start: 0, end: 3 },
      { start: 9, end: 16 },
    ],
  },
  qas: [
    { query: '@placeholder gave orders', answers: [{ start: 0, end: 3, text: 'Ahab' }], idx: { passage: 0, query: 0 } },
  ],
  idx: 0,
};
const wsc = {
  text: 'Ahab told Queequeg that he, not Pip, would row.',
  target: { span2_index: 4, span1_index: 0, span1_text: 'Ahab', span2_text: 'he' },
  idx: 0,
  label: false,
};

describe('items of SuperGLUE', () => {
  it('are asked as lm-evaluation-harness asks them', () => {
    expect(readItems('boolq', lines(boolq), 'f')).toEqual([
      {
        context: 'Moby Dick -- A whale.\nQuestion: is the whale white?\nAnswer:',
        choices: [' no', ' yes'],
        gold: [1],
      },
    ]);
    expect(readItems('copa', lines(copa, { ...copa, question: 'effect', label: 1 }), 'f')).toMatchObject([
      {
        context: 'The man lost the competition because',
        choices: [' the competition was sabotaged.', ' he intimidated his competitors.'],
        gold: [0],
      },
      { context: 'The man lost the competition therefore', gold: [1] },
    ]);
    const cb = { premise: 'It rains.', hypothesis: 'it rains', label: 'contradiction', idx: 3 };
    expect(readItems('cb', lines(cb), 'f')).toMatchObject([
      { context: 'It rains.\nQuestion: it rains. True, False, or Neither?\nAnswer:', gold: [1] },
    ]);
    const rte = { premise: 'It rains.', hypothesis: 'It is wet.', label: 'not_entailment', idx: 3 };
    expect(readItems('rte', lines(rte), 'f')).toMatchObject([
      { context: 'It rains.\nQuestion: It is wet. True or False?\nAnswer:', choices: [' True', ' False'], gold: [1] },
    ]);
    const wic = {
      ...{ word: 'place', sentence1: 'Do you want to come over to my place later?' },
      ...{ sentence2: 'A political system with no place for the less prominent groups.', idx: 0, label: false },
      ...{ start1: 31, start2: 27, end1: 36, end2: 32, version: 1.1 },
    };
    expect(readItems('wic', lines(wic), 'f')[0].context).toContain("Is the word 'place' used in the same way");
    expect(readItems('wsc', lines(wsc), 'f')[0].context).toBe(
      'Passage: Ahab told Queequeg that *he*, not Pip, would row.\n' +
        'Question: In the passage above, does the pronoun "*he*" refer to "*Ahab*"?\nAnswer:',
    );
  });

  it('of MultiRC are grouped by question, of ReCoRD have every entity', () => {
    const items = readItems('multirc', lines(multirc), 'f');
    expect(items.map(({ group, gold }) => [group, gold])).toEqual([
      ['0/0', [1]],
      ['0/0', [0]],
      ['0/1', [1]],
    ]);
    expect(items[1].choices[1]).toBe(' At noon\nIs the answer correct? yes');
    const [asked] = readItems('record', lines(record), 'f');
    expect(asked.context).toBe('Ahab met Starbuck.\n  - Ahab spoke.\n  - Starbuck listened.');
    expect(asked.choices).toEqual(['\n  - Ahab gave orders', '\n  - Starbuck gave orders']);
    expect(asked.gold).toEqual([0]);
  });

  it('names the line and the key that is wrong, and a file without labels', () => {
    expect(() => readItems('boolq', `${lines(boolq)}{"question": 3}\n`, 'val.jsonl')).toThrow(
      /val.jsonl, line 2: passage/,
    );
    expect(() => readItems('boolq', 'no json', 'val.jsonl')).toThrow(/line 1: not JSON/);
    const test = { ...boolq, label: undefined };
    expect(() => readItems('boolq', lines(test), 'test.jsonl')).toThrow(/line 1: label/);
    expect(() => readItems('boolq', '\n', 'test.jsonl')).toThrow(/no questions/);
  });
});

describe('multiple choice', () => {
  it('takes an index or a letter', () => {
    const item = { query: 'Two and two are', choices: ['three', 'four'], gold: 1 };
    for (const gold of [1, '1', 'B', 'b'])
      expect(readItems('multiple-choice', lines({ ...item, gold }), 'f')[0].gold).toEqual([1]);
    expect(() => readItems('multiple-choice', lines({ ...item, gold: 'C' }), 'f')).toThrow(/not a choice/);
  });

  it('is scored by likelihood, and by likelihood per character', () => {
    const items = readItems(
      'multiple-choice',
      lines({ query: 'q', choices: ['a', 'bbbbbbbbbb'], gold: 1 }, { query: 'q', choices: ['a', 'b'], gold: 0 }),
      'f',
    );
    const metrics = choiceMetrics('multiple-choice', items, [
      [-2, -5],
      [-1, -3],
    ]);
    expect(metrics).toEqual([
      { name: 'acc', value: 0.5, unit: 'share' },
      { name: 'acc_norm', value: 1, unit: 'share' },
    ]);
  });
});

describe('the metrics of SuperGLUE', () => {
  it('are those that are published', () => {
    const cb = ['entailment', 'contradiction', 'contradiction', 'neutral'].map((label) => ({
      ...{ premise: 'p', hypothesis: 'h', label },
    }));
    const chosen = (choice: number) => [0, 1, 2].map((one) => (one === choice ? -1 : -2));
    // Chosen: right, right, neutral for contradiction, right.
    const metrics = choiceMetrics('cb', readItems('cb', lines(...cb), 'f'), [0, 1, 2, 2].map(chosen));
    expect(metrics[0].value).toBe(0.75);
    expect(metrics[1].value).toBeCloseTo((1 + 2 / 3 + 2 / 3) / 3, 10);

    const items = readItems('multirc', lines(multirc), 'f');
    const scores = [
      [-2, -1],
      [-2, -1],
      [-2, -1],
    ];
    expect(choiceMetrics('multirc', items, scores)).toMatchObject([
      { name: 'acc', value: 2 / 3 },
      { name: 'f1a', value: 4 / 5 },
      { name: 'em', value: 1 / 2 },
    ]);

    const asked = readItems('record', lines(record), 'f');
    expect(choiceMetrics('record', asked, [[-3, -1]])).toMatchObject([
      { name: 'f1', value: 2 / 3 },
      { name: 'em', value: 0 },
    ]);
    expect(choiceMetrics('record', asked, [[-1, -3]])).toMatchObject([{ value: 1 }, { value: 1 }]);
  });
});

describe('LAMBADA and WikiText', () => {
  it('reads passages as plain text and as JSON Lines', () => {
    const expected = [{ context: 'he turned to his', last: 'wife' }];
    expect(readPassages('he turned to his wife\n\n', 'f')).toEqual(expected);
    expect(readPassages('{"text": "he turned to his wife", "domain": "test"}\n', 'f')).toEqual(expected);
    expect(() => readPassages('alone\n', 'f')).toThrow(/line 1: a single word/);
  });

  it('counts words and ends of lines', () => {
    // The beginning of wiki.test.tokens looks like this: a line with a space, a heading, a line with a space.
    expect(wordsOfWikiText(' \n = Robert Boulter = \n \n Robert Boulter is an actor . \n')).toBe(4 + 4 + 6);
  });
});
