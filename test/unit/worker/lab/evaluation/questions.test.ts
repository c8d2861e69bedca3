import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionEvaluationSchema } from '../../../../../main/contract/lab/question-evaluation.ts';
import type { ConditionalText } from '../../../../../worker/documents/likelihood.ts';
import { mixedScores, QuestionModel } from '../../../../../worker/documents/questions.ts';
import { ModelTemplates } from '../../../../../worker/generation/model-templates.ts';
import { QuestionedDocument } from '../../../../../worker/lab/evaluation/questions/answers.ts';
import { runEvaluateQuestions } from '../../../../../worker/lab/evaluation/questions/job.ts';
import { joinedText, readQuestions } from '../../../../../worker/lab/evaluation/questions/read.ts';
import {
  answerScores,
  areaUnderRoc,
  rankingScores,
  rankOf,
} from '../../../../../worker/lab/evaluation/questions/scores.ts';
import { Cancellation } from '../../../../../worker/process/cancellation.ts';

const harbour = '🌊 Maren Holt built the lighthouse. It was painted in 1874.';
const bakery = 'Bread is baked before dawn. The baker is called Ole.';
const file = JSON.stringify({
  version: '2.0',
  data: [
    {
      title: 'Brill',
      paragraphs: [
        {
          context: harbour,
          qas: [
            // Offsets count code points: the wave is one.
            { id: '1', question: 'Who built the lighthouse?', answers: [{ text: 'Maren Holt', answer_start: 2 }] },
            { id: '2', question: 'When was it painted?', answers: [{ text: '1874', answer_start: 53 }] },
            { id: '3', question: 'Who owns the quarry of Brill?', answers: [], is_impossible: true },
          ],
        },
        {
          context: bakery,
          qas: [{ id: '4', question: 'What is the baker called?', answers: [{ text: 'Ole', answer_start: 48 }] }],
        },
      ],
    },
  ],
});

describe('a file of questions', () => {
  it('has the places of answers, also behind characters of two units', () => {
    const [first, second] = readQuestions(file, 'file');
    const [{ start, end }] = first.questions[0].places;
    expect(first.text.slice(start, end)).toBe('Maren Holt');
    expect(first.questions[2]).toMatchObject({ answers: [], places: [] });
    const joined = joinedText([first, second]);
    const place = joined.questions[3].places[0];
    expect(joined.text.slice(place.start, place.end)).toBe('Ole');
  });
  it('names what is wrong with it', () => {
    expect(() => readQuestions('{', 'file')).toThrow('file is not JSON');
    expect(() => readQuestions('{"data": [{}]}', 'file')).toThrow('data.0.paragraphs');
    expect(() => readQuestions('{"data": []}', 'file')).toThrow('no questions');
  });
});

describe('scores', () => {
  it('count ranks, words and the order of values', () => {
    expect(rankingScores([0, 1, 7, -1])).toEqual({ first: 0.25, mrr10: (1 + 0.5 + 0.125) / 4, recall5: 0.5 });
    const segment = (start: number, end: number) => ({ start, end });
    expect(rankOf([segment(0, 5), segment(5, 9)], [segment(6, 8)])).toBe(1);
    expect(rankOf([segment(0, 5)], [segment(4, 6)])).toBe(-1);
    expect(answerScores('the Lighthouse!', ['lighthouse'])).toEqual({ f1: 1, exact: 1 });
    expect(answerScores('old lighthouse', ['lighthouse', 'a tower'])).toEqual({ f1: 2 / 3, exact: 0 });
    expect(areaUnderRoc([3, 2], [1, 2])).toBe(0.875);
    expect(areaUnderRoc([1], [])).toBeNull();
    expect(mixedScores([1, 2], [5, 0], 0.25)).toEqual([0.75 * 0.5 + 0.25, 0.75]);
  });
});

/** A model that expects questions behind this word, and answers with it. */
const modelOf = (word: string, seen: ConditionalText[] = []) =>
  new QuestionModel(
    (pairs) => {
      seen.push(...pairs);
      return Promise.resolve(
        pairs.map(({ before, text, ended }) => ((ended ? text : before + text).includes(word) ? 1 : 2)),
      );
    },
    new ModelTemplates('chats', null),
  );

describe('a document that is asked', () => {
  const joined = joinedText(readQuestions(file, 'file'));
  const document = new QuestionedDocument(joined.text);
  it('answers by its words', async () => {
    const { words, model, sentences } = await document.ask(joined.questions[0], null);
    expect(words).toMatchObject({ sentence: '🌊 Maren Holt built the lighthouse.', answer: 'Maren Holt' });
    expect(model).toBeNull();
    expect(rankOf(sentences(0), joined.questions[0].places)).toBe(0);
  });
  it('follows the model by its share', async () => {
    const seen: ConditionalText[] = [];
    const work = await document.ask(joined.questions[0], modelOf('1874', seen));
    expect(work.model).toMatchObject({
      sentence: 'It was painted in 1874.',
      answer: expect.stringContaining('1874') as string,
    });
    expect(work.both).toMatchObject({ answer: 'Maren Holt' });
    expect(rankOf(work.sentences(1), joined.questions[0].places)).toBe(1);
    expect(rankOf(work.sentences(0), joined.questions[0].places)).toBe(0);
    expect(seen[0]).toEqual({ before: '### Instruction:\n', text: 'Who built the lighthouse?' });
    expect(seen.at(-1)).toMatchObject({ ended: true });
    expect(seen.at(-1)?.before).toMatch(/\n\nWho built the lighthouse\?\n\n### Response:\n$/);
  });
});

describe('the job', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'questions-'));
    await writeFile(path.join(folder, 'questions.json'), file);
  });
  afterAll(() => rm(folder, { recursive: true }));
  it('measures without a model, each paragraph and all as one', async () => {
    const progress: unknown[] = [];
    const result = await runEvaluateQuestions(
      {
        ...{ kind: 'evaluate-questions', library: folder, run: null, device: 'auto', checkpoint: 'best' },
        ...{ path: path.join(folder, 'questions.json'), name: 'questions.json' },
      },
      {
        ...{ signal: new AbortController().signal, cancellation: new Cancellation(), heartbeat: () => undefined },
        ...{ onMessage: () => undefined, activeSeconds: () => 0 },
        emit: (event) => progress.push(event),
      },
    );
    expect(questionEvaluationSchema.parse(result)).toMatchObject({ questions: 3, impossible: 1, weights: [] });
    expect(result.scores.map(({ text, method }) => [text, method])).toEqual([
      ['paragraph', 'words'],
      ['document', 'words'],
    ]);
    expect(result.scores[1]).toMatchObject({ sentence: { first: 1, mrr10: 1 }, exactMatch: 1, f1: 1, absence: 1 });
    expect(progress.at(-1)).toEqual({ type: 'progress', done: 8, total: 8 });
  });
});
