import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readQuestions } from '../../../../worker/lab/evaluation/questions/read.ts';

const file = path.join(import.meta.dirname, '../../../benchmarks/questions/questions.json');
const content = readFileSync(file, 'utf8');
const documents = z
  .object({ data: z.array(z.object({ title: z.string(), kind: z.string(), source: z.string(), licence: z.string() })) })
  .parse(JSON.parse(content)).data;

describe('the questions of our own', () => {
  const texts = readQuestions(content, 'questions.json');
  const questions = texts.flatMap(({ questions }) => questions);
  it('are more than 300 that have answers, and some that have none, about 30 documents of five kinds', () => {
    expect(questions.filter(({ places }) => places.length > 0).length).toBeGreaterThanOrEqual(300);
    expect(questions.filter(({ places }) => places.length === 0).length).toBeGreaterThanOrEqual(50);
    expect(documents).toHaveLength(30);
    expect(new Set(documents.map(({ kind }) => kind)).size).toBe(5);
    expect(new Set(documents.map(({ title }) => title)).size).toBe(30);
    for (const { source, licence } of documents) expect([source, licence]).not.toContain('');
  });
  it('have their answers where they say', () => {
    for (const { text, questions: asked } of texts)
      for (const { question, answers, places } of asked) {
        expect(places, question).toHaveLength(answers.length);
        for (const [index, { start, end }] of places.entries()) {
          expect(text.slice(start, end)).toBe(answers[index]);
          // Whole words, not parts of some.
          expect(`${text[start - 1] ?? ''}${text[start]}`, question).not.toMatch(/^[\p{L}\d]{2}$/u);
          expect(`${text[end - 1]}${text[end] ?? ''}`, question).not.toMatch(/^[\p{L}\d]{2}$/u);
        }
      }
  });
  it('are asked once of a document', () => {
    for (const { questions: asked } of texts)
      expect(new Set(asked.map(({ question }) => question)).size).toBe(asked.length);
  });
});
