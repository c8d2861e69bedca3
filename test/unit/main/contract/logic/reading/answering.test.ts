import { describe, expect, it } from 'vitest';
import { answerSpans, likelyAnswer } from '../../../../../../main/contract/logic/reading/answer-spans.ts';
import {
  answerKind,
  byBestSentence,
  doubtfulScore,
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
    expect(ranked[0].lexical).toBeGreaterThan(doubtfulScore);
    const [doubted] = byBestSentence(text, segments, 'How far is the harbour from the railway station of Cork?');
    expect(doubted.lexical).toBeLessThan(doubtfulScore);
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
  it('are whole names, dates, ranges and measures', () => {
    const name = 'Later William E. Holt and the New Harbour Company sold it.';
    expect(spans(name, 'Who sold it?')).toContain('William E. Holt');
    expect(spans(name, 'Which company sold it?')[0]).toBe('New Harbour Company');
    const date = 'On 7 January 1874, the lamp was lit.';
    expect(spans(date, 'When was the lamp lit?')[0]).toBe('7 January 1874');
    expect(spans(date, 'In what year was the lamp lit?')[0]).toBe('1874');
    expect(spans('Only 40–50 boats came home.', 'How many boats came home?')).toContain('40–50');
    expect(spans('It took two to three weeks to paint.', 'How long did it take to paint?')[0]).toBe(
      'two to three weeks',
    );
  });
  it('count what the question counts', () => {
    expect(spans('With 12 men, Holt brought 30 boats home.', 'How many boats did Holt bring?')[0]).toBe('30');
  });
  it('prefer a person for who, a place for where', () => {
    const sentence = 'In Brill the lamp was lit by Maren Holt.';
    expect(spans(sentence, 'Who lit the lamp?')[0]).toBe('Maren Holt');
    expect(spans(sentence, 'Where was the lamp lit?')[0]).toBe('Brill');
  });
  it('give the reason behind its cue', () => {
    expect(spans('The lamp broke because of a long winter storm, it is said.', 'Why did the lamp break?')[0]).toBe(
      'a long winter storm',
    );
  });
  it('are shown only for numbers, dates and names', () => {
    expect(likelyAnswer('The lighthouse was painted in 1874.', 'When was the lighthouse painted?')).toBe('1874');
    expect(likelyAnswer('The lamp broke in a storm.', 'What broke the lamp?')).toBe('');
    expect(likelyAnswer('', 'Who?')).toBe('');
  });
});
