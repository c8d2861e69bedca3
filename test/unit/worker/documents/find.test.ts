import { describe, expect, it } from 'vitest';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import { lexicalCandidates, scaledToOne, wordsOf } from '../../../../main/contract/logic/reading/lexical.ts';
import { tokenizePart, resolveStart } from '../../../../worker/generation/document-part.ts';
import { passagesOf } from '../../../../main/contract/logic/reading/segments.ts';
import { summarise } from '../../../../worker/documents/summarise.ts';

const text = [
  'The harpooner Queequeg comes from an island far to the south.',
  'Ahab nails a gold doubloon to the mast for whoever sees the whale.',
  'Starbuck wants to hunt for oil and not for vengeance.',
  '船は港を出た。白い鯨は海の底にいる。',
].join('\n\n');
const passages = passagesOf(text, [], 80);
const best = (question: string) => {
  const [{ passage }] = lexicalCandidates(text, passages, question, 10);
  return text.slice(passages[passage].start, passages[passage].end);
};

describe('finding', () => {
  it('finds by words, by near misses and in scripts without spaces', () => {
    expect(best('Where does Queequeg come from?')).toContain('island');
    expect(best('a golden dubloon')).toContain('doubloon');
    expect(best('白い鯨')).toContain('鯨');
  });
  it('spreads over the document where no word is shared', () => {
    const found = lexicalCandidates(text, passages, 'zzzz', 2);
    expect(found.map(({ lexical }) => lexical)).toEqual([0, 0]);
    expect(new Set(found.map(({ passage }) => passage)).size).toBe(2);
  });
  it('finds in very many passages too', () => {
    const sentences = Array.from({ length: 30_000 }, (_, index) => `Sentence number ${index} speaks of the weather.`);
    sentences[23_456] = 'Here the harpooner sharpens his lance.';
    const long = sentences.join(' ');
    const many = passagesOf(long, [], 50);
    expect(many.length).toBeGreaterThan(20_000);
    const [{ passage }] = lexicalCandidates(long, many, 'Who sharpens a lance?', 5);
    expect(long.slice(many[passage].start, many[passage].end)).toContain('sharpens his lance');
  });
  it('takes words of any script', () => {
    expect(wordsOf('Ahab’s ＦＵＬＬ naïve 鯨だ')).toEqual(['ahab', 's', 'full', 'naïve', '鯨だ']);
  });
  it('scales to 0 to 1', () => {
    expect(scaledToOne([2, 4, NaN, 3])).toEqual([0, 1, 0, 0.5]);
    expect(scaledToOne([5, 5])).toEqual([0, 0]);
  });
});

describe('parts', () => {
  const places = [{ kind: 'chapter' as const, label: 'The Doubloon', level: 1, offset: 63 }];
  it('hold what fits, with the place of every token', () => {
    const part = tokenizePart(text, bytesTokenizer, 0, 100);
    expect(part).toMatchObject({ start: 0, end: 100, from: 0, total: Buffer.byteLength(text) });
    expect(part.ids).toHaveLength(100);
    const whole = tokenizePart(text, bytesTokenizer, 0, 1000);
    expect(whole.end).toBe(text.length);
    expect(whole.offsets.at(-1)).toBe(text.length);
    // Three bytes stand for a character of Japanese; a character counts as read with its last byte.
    const kanji = text.indexOf('船');
    expect([0, 1, 2, 3].map((more) => whole.offsets[kanji + more])).toEqual([kanji, kanji, kanji, kanji + 1]);
  });
  it('begin at a share or at a place', () => {
    expect(resolveStart(text, places, 'the doub')).toBe(63);
    expect(text.slice(resolveStart(text, places, '40%'))).toMatch(/^Starbuck/);
    expect(resolveStart(text, places, '0%')).toBe(0);
    expect(resolveStart(text, places, '100%')).toBe(text.length - 1);
    expect(() => resolveStart(text, places, 'Epilogue')).toThrow(/'Epilogue' not found/);
  });
});

describe('summaries', () => {
  const filler = (subject: string, index: number) =>
    `Of ${subject} number ${index} there is little that one could say here.`;
  const chapters = ['whales', 'ships', 'islands'].map((subject, chapter) => {
    const sentences = Array.from({ length: 12 }, (_, index) => filler(subject, index));
    sentences[5] = `What matters about ${subject} is that they are the heart of chapter ${chapter} alone.`;
    return sentences.join(' ');
  });
  const book = chapters.map((chapter) => chapter.padEnd(25_000, ' ')).join('\n\n');
  const marks = chapters.map((_, index) => ({
    kind: 'chapter' as const,
    label: `Chapter ${index}`,
    level: 1,
    offset: index * 25_002,
  }));
  /** A model that is helped by one kind of sentence. */
  const losses = (pairs: readonly { before: string }[]) =>
    Promise.resolve(pairs.map(({ before }) => (before.includes('What matters') ? 1 : 3)));

  it('take from each chapter what lowers the loss of the rest, in order', async () => {
    const chosen = await summarise(book, marks, 3, losses);
    expect(chosen.map(({ start, end }) => book.slice(start, end))).toEqual(
      ['whales', 'ships', 'islands'].map(
        (subject) => expect.stringContaining(`What matters about ${subject}`) as string,
      ),
    );
    expect(chosen.map(({ section }) => section)).toEqual(['Chapter 0', 'Chapter 1', 'Chapter 2']);
    for (const { gain } of chosen) expect(gain).toBe(2);
  });
  it.each([1, 2, 3, 7, 30])('have %i sentences, each once', async (count) => {
    const chosen = await summarise(book, marks, count, losses);
    expect(chosen).toHaveLength(count);
    expect(new Set(chosen.map(({ start }) => start)).size).toBe(count);
    expect(chosen.map(({ start }) => start)).toEqual(chosen.map(({ start }) => start).sort((a, b) => a - b));
  });
  it('have all sentences of a text that is shorter than was asked for', async () => {
    expect(await summarise('One is short. Two is too.', [], 9, losses)).toHaveLength(2);
  });
});

describe('work on a long text', () => {
  const long = 'The ship went on over the grey sea, and Ahab said nothing to the mate. '.repeat(60_000);
  /** An end that is asked for after a while. */
  const ending = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    const gaps: number[] = [];
    let last = performance.now();
    const check = () => {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      if (now > end) throw new Error('ended');
    };
    return { check, longest: () => Math.max(...gaps) };
  };
  const marks = [0, 1, 2].map((index) => ({
    kind: 'chapter' as const,
    label: `Chapter ${index}`,
    level: 1,
    offset: Math.floor((index * long.length) / 3),
  }));

  it('looks often enough whether it is to end: dividing, indexing, summarising', { timeout: 60_000 }, async () => {
    const dividing = ending(20);
    expect(() => passagesOf(long, [], 700, dividing.check)).toThrow('ended');
    expect(dividing.longest()).toBeLessThan(1000);
    const some = passagesOf(long, [], 700);
    const indexing = ending(20);
    expect(() => lexicalCandidates(long, some, 'grey sea', 5, indexing.check)).toThrow('ended');
    expect(indexing.longest()).toBeLessThan(1000);
    const summarising = ending(20);
    const losses = (pairs: readonly unknown[]) => Promise.resolve(pairs.map(() => 1));
    await expect(summarise(long, marks, 5, losses, { check: summarising.check })).rejects.toThrow('ended');
    expect(summarising.longest()).toBeLessThan(1000);
  });

  it('chooses as many sentences of every section as asked for', async () => {
    const losses = (pairs: readonly unknown[]) => Promise.resolve(pairs.map((_, index) => 2 + Math.sin(index)));
    const text = Array.from({ length: 3 }, (_, chapter) =>
      Array.from(
        { length: 20 },
        (_, index) => `Sentence ${index} of part ${chapter} is about its own matter here.`,
      ).join(' '),
    );
    const places = text.map((_, index) => ({
      kind: 'heading' as const,
      label: `Part ${index}`,
      level: 1,
      offset: text.slice(0, index).join('\n\n').length + (index > 0 ? 2 : 0),
    }));
    const chosen = await summarise(text.join('\n\n'), places, 4, losses, { by: 'section' });
    expect(chosen.map(({ section }) => section)).toEqual(places.flatMap(({ label }) => [label, label, label, label]));
  });

  it('chooses very many sentences without taking forever', { timeout: 60_000 }, async () => {
    const text = Array.from(
      { length: 6000 },
      (_, index) => `Sentence ${index} tells of day ${index % 365} at sea.`,
    ).join(' ');
    const began = performance.now();
    const losses = (pairs: readonly unknown[]) => Promise.resolve(pairs.map((_, index) => 2 + Math.sin(index)));
    expect(await summarise(text, [], 500, losses)).toHaveLength(500);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
