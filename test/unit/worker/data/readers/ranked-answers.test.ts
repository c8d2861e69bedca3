import { describe, expect, it } from 'vitest';
import { useFiles } from './samples.ts';

const { read } = useFiles();
const question = 'What does the otter do?';
const best = 'The otter sleeps in the reeds.';
const other = 'The miller counts his sacks.';
const chat = (requested: string, answered: string) => `### Instruction:\n${requested}\n\n### Response:\n${answered}`;

async function readRow(row: unknown) {
  const { documents, problems } = await read('rows.jsonl', JSON.stringify(row));
  return { texts: documents.map(({ text }) => text), said: problems.map(({ message }) => message).join('\n') };
}

describe('several answers to one question', () => {
  it.each([
    [
      'a score in each',
      {
        prompt: question,
        responses: [
          { text: other, score: 0.1 },
          { text: best, score: 0.9 },
        ],
      },
    ],
    [
      'a rating in each',
      {
        instruction: question,
        completions: [
          { model: 'a', response: other, rating: '2' },
          { model: 'b', response: best, rating: '5' },
        ],
      },
    ],
    ['a list of scores', { prompt: question, responses: [other, best], scores: [1, 4] }],
    ['ranks, 1 the best', { prompt: question, responses: [other, best], rank: [2, 1] }],
    ['the index of the best', { instruction: question, generations: [best, other], chosen_index: 0 }],
    ['a label, 1 for the first', { history: question, human_ref_A: best, human_ref_B: other, labels: 1 }],
    ['a label, 0 for the second', { history: question, human_ref_A: other, human_ref_B: best, labels: 0 }],
    ['the number of the better', { prompt: question, response_0: other, response_1: best, better_response_id: 1 }],
    ['the number of the second', { prompt: question, response_1: other, response_2: best, preference: 2 }],
    ['the letter of the winner', { prompt: question, answer_a: other, answer_b: best, winner: 'model_b' }],
    ['good and bad', { question, good: best, bad: other }],
  ])('takes the preferred one by %s', async (_, row) => {
    const { texts, said: messages } = await readRow(row);
    expect(texts).toEqual([chat(question, best)]);
    expect(messages).toMatch(/1 (alternative|rejected) answer /);
  });

  it('takes the first where nothing says which is preferred', async () => {
    const { texts, said: messages } = await readRow({ prompt: question, responses: [{ text: best }, { text: other }] });
    expect(texts).toEqual([chat(question, best)]);
    expect(messages).toMatch(/1 alternative answer was skipped; the first answer/);
  });

  it('reads the questions of SQuAD with their passage and answer', async () => {
    const answers = { text: ['in the reeds', 'reeds'], answer_start: [17, 24] };
    const { texts, said: messages } = await readRow({ id: '1', context: best, question, answers });
    expect(texts).toEqual([chat(`${question}\n\n${best}`, 'in the reeds')]);
    expect(messages).toMatch(/1 alternative answer/);
  });
});

describe('strings written as the bytes of their UTF-8', () => {
  const file = String.raw`{"messages": [{"sender_name": "J\u00c3\u00bcrgen", "content": "Sch\u00c3\u00b6ne Gr\u00c3\u00bc\u00c3\u009fe \u00f0\u009f\u0098\u0080"}, {"sender_name": "Ana", "content": "Wof\u00c3\u00bcr?"}]}`;

  it('are read as they are meant, with a count', async () => {
    const { documents, problems } = await read('message_1.json', file);
    expect(documents.map(({ text }) => text)).toEqual(['Jürgen: Schöne Grüße 😀\nAna: Wofür?']);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/3 strings were double-encoded/);
  });

  it('leaves letters that are no UTF-8 as they are', async () => {
    const row = String.raw`{"text": "Voil\u00e0\u00a0! caf\u00e9\u00bb, \u00c9t\u00e9 is the word"}`;
    const { documents, problems } = await read('a.jsonl', row);
    expect(documents.map(({ text }) => text)).toEqual(['Voilà\u00a0! café», Été is the word']);
    expect(problems).toEqual([]);
  });
});

describe('cells without a value', () => {
  it('are empty where MySQL writes \\N', async () => {
    const table = 'id,text\n1,The first remark is here.\n2,\\N\n3,The third remark is here.\n';
    const { documents, problems } = await read('export.csv', table);
    expect(documents.map(({ text }) => text)).toEqual(['The first remark is here.', 'The third remark is here.']);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/1 of 3 rows contains no text/);
  });
});
