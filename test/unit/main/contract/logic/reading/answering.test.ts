import { describe, expect, it } from 'vitest';
import {
  answerKind,
  answerSpans,
  byBestSentence,
  rankSentences,
} from '../../../../../../main/contract/logic/reading/answering.ts';

const passages = [
  'The town of Brill has a harbour. Its lighthouse was built by Maren Holt. The lighthouse was painted in 1874.',
  'A storm broke the lamp of the lighthouse. Forty boats came home by the fires on the beach.',
  'Bread is baked before dawn.',
];
const text = passages.join('\n\n');
const segments = passages.map((passage) => {
  const start = text.indexOf(passage);
  return { start, end: start + passage.length };
});
const first = (question: string) => {
  const [{ start, end }] = rankSentences(text, segments, question);
  return text.slice(start, end);
};

describe('sentences that answer', () => {
  it('share the words of the question, whatever their endings', () => {
    expect(first('What did storms break?')).toBe('A storm broke the lamp of the lighthouse.');
    expect(first('Who built the lighthouse?')).toBe('Its lighthouse was built by Maren Holt.');
  });
  it('hold the kind of answer that is asked for', () => {
    expect(['How many boats?', 'When was it?', 'Who is it?', 'Why?'].map(answerKind)).toEqual([
      'number',
      'date',
      'name',
      null,
    ]);
    expect(first('When was the lighthouse painted?')).toContain('1874');
    expect(first('When was the lighthouse there?')).toContain('1874');
    expect(first('How many boats came?')).toContain('Forty');
  });
  it('put their passages in order', () => {
    const ranked = byBestSentence(text, segments, 'How many boats came home?');
    expect(ranked[0]).toMatchObject(segments[1]);
    expect(ranked[0].sentence.text).toBe('Forty boats came home by the fires on the beach.');
    expect(text.slice(ranked[0].sentence.start, ranked[0].sentence.end)).toBe(ranked[0].sentence.text);
    const none = byBestSentence(text, segments, 'zzzz');
    expect(none.map(({ start }) => start)).toEqual(segments.map(({ start }) => start));
  });
});

describe('spans that answer', () => {
  const spans = (sentence: string, question: string) =>
    answerSpans(sentence, question).map(({ start, end }) => sentence.slice(start, end));
  it('are of the kind that is asked for, first', () => {
    expect(spans('Its lighthouse was built by Maren Holt in Brill.', 'Who built the lighthouse?')[0]).toBe(
      'Maren Holt',
    );
    expect(spans('The lighthouse was painted in 1874.', 'When was the lighthouse painted?')[0]).toBe('1874');
    expect(spans('On that night forty boats came home.', 'How many boats came home?')[0]).toBe('forty');
  });
  it('neither repeat the question nor cross punctuation', () => {
    for (const span of spans('The lamp, a gift of Ann, broke in a storm.', 'What broke the lamp?'))
      expect(span).not.toMatch(/lamp|broke|,/);
    expect(spans('', 'Who?')).toEqual([]);
  });
});
