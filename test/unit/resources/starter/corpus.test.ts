import { describe, expect, it } from 'vitest';
import { hashOf, isHeldOut, isProse, Seen, tidy } from '../../../../resources/starter/clean.js';
import {
  absentAnswer,
  definitionOf,
  gapOf,
  passageInstructions,
  passagesOf,
  plainPairs,
  questionsOf,
  summaryOf,
} from '../../../../resources/starter/instructions.js';
import {
  dictionaryEntries,
  readBook,
  readDescriptions,
  readDictd,
  readHtml,
} from '../../../../resources/starter/readers.js';

describe('readers', () => {
  it('take the synopsis and the running text of a package description', () => {
    const index = [
      'Package: lantern\nDescription-md5: 0\nDescription-en: small lamp\n Lantern lights the\n beach.\n .\n It has:\n  * a wick\n',
      'Package: other\nVersion: 1\n',
    ].join('\n');
    expect(readDescriptions(index)).toEqual([
      { title: 'lantern', summary: 'small lamp', text: 'Lantern lights the beach.\n\nIt has:' },
    ]);
  });

  it('find the entries of a dictionary by its index, each once', () => {
    const entries = ['00-database-info\n   About.\n', 'lamp\n    n 1: a light [syn: {lantern}]\n', 'oil\n    n 1: a fat\n'];
    const bytes = new TextEncoder().encode(entries.join(''));
    const lengths = entries.map((one) => one.length);
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const written = (value: number) => (value >= 64 ? digits[value >> 6] : '') + digits[value & 63];
    const starts = [0, lengths[0], lengths[0] + lengths[1]];
    const rows = [
      ['about', 0],
      ['lamp', 1],
      ['lantern', 1],
      ['oil', 2],
    ] as const;
    const made = rows.map(([word, at]) => `${word}\t${written(starts[at])}\t${written(lengths[at])}`).join('\n');
    expect(readDictd(bytes, made)).toEqual([
      { headword: 'lamp', body: entries[1] },
      { headword: 'oil', body: entries[2] },
    ]);
  });

  it('clean the entries of each dictionary', () => {
    const wordnet = 'lamp\n    n 1: a source of\n         light; "a lamp burned" [syn: {lamp}, {light}]\n    2: furniture\n';
    expect(dictionaryEntries.wordnet({ headword: 'lamp', body: wordnet })).toEqual({
      title: 'lamp',
      text: 'lamp: a source of light; "a lamp burned"; furniture.',
      summary: 'a source of light',
    });
    const gcide = 'Lamp \\Lamp\\ (l[a^]mp), n. [F. lampe.]\n   A vessel with a {wick}.\n   [1913 Webster]\n';
    expect(dictionaryEntries.gcide({ headword: 'lamp', body: gcide })?.text).toContain('A vessel with a wick.');
    expect(dictionaryEntries.gcide({ headword: 'lamp', body: gcide })?.text).not.toMatch(/Webster|\\/);
    const foldoc = 'LAMP\n\n   <web> A set of {free} programs.\n\n   (2004-01-01)\n';
    expect(dictionaryEntries.foldoc({ headword: 'lamp', body: foldoc })).toEqual({
      title: 'LAMP',
      text: 'A set of free programs.',
    });
    expect(dictionaryEntries.jargon({ headword: 'lamp', body: 'lamp\n n. What burns at night.\n' })?.text).toBe(
      'What burns at night.',
    );
  });

  it('keep the running text of pages and books', () => {
    const html =
      '<html><head><title>Lamps ¶</title></head><body><nav>Next</nav><h1>Lamps</h1>' +
      '<p>A lamp is filled with oil in the evening, and burns until the morning comes.</p><pre>code.</pre></body></html>';
    expect(readHtml(html)).toEqual({
      title: 'Lamps',
      text: 'A lamp is filled with oil in the evening, and burns until the morning comes.',
    });
    const book =
      'Licence\n*** START OF THE PROJECT GUTENBERG EBOOK LAMPS ***\n\nIt was\r\ndark.\n\n*** END OF THE PROJECT GUTENBERG EBOOK ***\nMore';
    expect(readBook(book)).toBe('It was dark.');
    expect(readBook('It was\ndark.\n\nVery.')).toBe('It was dark.\n\nVery.');
  });
});

describe('held-out packages', () => {
  it('are a twentieth', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `package-${index}`);
    const count = names.filter(isHeldOut).length;
    expect(count).toBeGreaterThan(800);
    expect(count).toBeLessThan(1200);
  });
});

describe('cleaning', () => {
  it('keeps prose, each paragraph once', () => {
    const seen = new Seen();
    expect(tidy(' a \u201Clamp\u201D\u00AD  b ')).toBe('a "lamp" b');
    expect(isProse('The lamp burns.')).toBe(true);
    expect(isProse('1 | 2 | 3 | 4 |')).toBe(false);
    expect(seen.newProse('The lamp burns.\n\n12 34 56\n\nThe oil is gone.')).toBe('The lamp burns.\n\nThe oil is gone.');
    expect(seen.newProse('the lamp burns!\n\nA new wick.')).toBe('A new wick.');
    expect(hashOf('lamp')).toBe(hashOf('lamp'));
    expect(hashOf('lamp')).not.toBe(hashOf('lamps'));
  });
});

describe('instructions', () => {
  it('ask what a sentence answers with its own words', () => {
    const asked = (sentence: string) => questionsOf(sentence).map(({ question, answer }) => [question, answer]);
    expect(asked('Maren Holt lighted the lamp of the tower at dusk.')).toEqual([
      ['Who lighted the lamp of the tower at dusk?', 'Maren Holt'],
    ]);
    expect(asked('Lantern is a program for the beach, and small.')).toContainEqual([
      'What is Lantern?',
      'a program for the beach',
    ]);
    expect(asked('The tower was painted in 1874.')).toEqual([['When was the tower painted?', '1874']]);
    expect(asked('The harbour has forty boats.')).toEqual([]);
    expect(asked('The harbour has twenty boats.')).toEqual([['How many boats does the harbour have?', 'twenty']]);
    expect(asked('They lighted the lamp of the tower at dusk.')).toEqual([]);
  });

  it('of a passage have answers that stand in it, or say that it has none', () => {
    const passage =
      'Maren Holt lighted the lamp of the tower at dusk. The tower was painted in 1874 by two men. All of them saw it, and Ole too.';
    const [other] = questionsOf('The quarry of Brill was opened in 1902.');
    const made = passageInstructions(passage, other);
    expect(new Set(made.map(({ kind }) => kind))).toEqual(new Set(['span', 'place', 'gap', 'absent']));
    for (const { kind, question, answer } of made) {
      expect(question.startsWith(`${passage}\n\n`)).toBe(true);
      if (kind === 'absent') expect(answer).toBe(absentAnswer);
      else expect(passage).toContain(answer);
    }
    expect(passageInstructions(passage, { ...other, answer: '1874' }).some(({ kind }) => kind === 'absent')).toBe(false);
  });

  it('are running text as well, asked as a model without chats is', () => {
    const [span] = passageInstructions('The lamp was lit by Ann Holt. Ann Holt was the keeper of the lighthouse.', null);
    const [ranking, answering] = plainPairs(span);
    expect(ranking).toMatch(/^The lamp was lit[^]*lighthouse\.\n\n[^\n]*\n$/);
    expect(answering).toContain('\nQuestion: ');
    expect(answering.endsWith(`\nAnswer: ${span.answer}\n`)).toBe(true);
    expect(plainPairs(summaryOf('text', 'summary'))).toEqual([]);
  });

  it('are asked as the program asks', () => {
    expect(summaryOf('A long text.', 'short')).toEqual({
      kind: 'summary',
      question: 'Summarise this text.\n\nA long text.',
      answer: 'short',
    });
    expect(definitionOf('lamp', 'a light')).toMatchObject({ kind: 'definition', answer: 'a light' });
    expect(gapOf('Then came Ole Brand.')?.question).toBe('Fill the gap: Then came ___.');
    expect(gapOf('Then came nobody.')).toBeNull();
    const long = Array.from({ length: 40 }, (_, index) => `Sentence number ${index} is about the old lamp.`).join(' ');
    const passages = passagesOf(long);
    expect(passages.length).toBeGreaterThan(2);
    for (const passage of passages) expect(long).toContain(passage);
  });
});
