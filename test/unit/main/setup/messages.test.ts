import { describe, expect, it } from 'vitest';
import { editCatalogue, keysOf, toReview } from '../../../../main/setup/messages/catalogue-file.ts';
import { findRenames, type Known } from '../../../../main/setup/messages/renames.ts';
import { sentencesIn } from '../../../../main/setup/messages/sentences.ts';

/** The sentences of a file's text, as the command knows them. */
const from = (text: string, file = 'main/a.ts'): Known[] =>
  sentencesIn(file, text).templates.map(({ template, values }) => ({ template, values, files: [file] }));
/** What only the catalogues still know. */
const orphan = (template: string): Known => ({ template, values: null, files: [] });

const renamesOf = (before: readonly Known[], after: readonly Known[]) => {
  const messages = new Set(after.map(({ template }) => template));
  const were = new Set(before.map(({ template }) => template));
  return findRenames(
    before.filter(({ template }) => !messages.has(template)),
    after.filter(({ template }) => !were.has(template)),
  );
};

describe('the sentences of a file', () => {
  it('are found with the expressions of their values', () => {
    const text = "msg`No ${a.b} in ${c}.`; new HyenaError('usage', fine ? 'One.' : 'Two.', { hint: `Three.` });";
    expect(sentencesIn('worker/a.ts', text)).toEqual({
      templates: [
        { template: 'No {0} in {1}.', values: ['a.b', 'c'], file: 'worker/a.ts' },
        ...['One.', 'Two.', 'Three.'].map((template) => ({ template, values: [], file: 'worker/a.ts' })),
      ],
      untold: [],
    });
  });

  it('have their plurals as they are written', () => {
    expect(from('msg`${n} {0|one: line was|other: lines were} left.`')[0].template).toBe(
      '{0} {0|one: line was|other: lines were} left.',
    );
  });
});

describe('a sentence that was reworded', () => {
  it('is recognised by what stayed of it, wherever it stands', () => {
    const { renames, doubts } = renamesOf(
      [orphan('Go on from the last checkpoint of the run {0}.'), orphan('File {0} not found.')],
      from('msg`Continue from the last checkpoint of the run ${run}.`; msg`No device can train this.`;'),
    );
    expect(renames).toEqual([
      {
        from: 'Go on from the last checkpoint of the run {0}.',
        to: 'Continue from the last checkpoint of the run {0}.',
        order: null,
      },
    ]);
    expect(doubts).toEqual([]);
  });

  it('is recognised within its file where little of it stayed', () => {
    const before = 'msg`It was asked to stop by ${who}.`';
    const after = 'msg`Stopped by ${who}.`';
    expect(renamesOf(from(before), from(after)).renames).toHaveLength(1);
    expect(renamesOf(from(before), from(after, 'worker/b.ts')).renames).toHaveLength(0);
  });

  it('keeps its translation where a plural came into it', () => {
    const { renames } = renamesOf(
      from('msg`${count} lines before the table were left out.`'),
      from('msg`${count} {0|one: line before the table was|other: lines before the table were} left out.`'),
    );
    expect(renames).toHaveLength(1);
  });

  it('is told from its twin where a plural came into both', () => {
    const lines = (one: string, other: string) =>
      `msg\`\${n} ${one} that are not JSON were left out.\`; msg\`\${n} ${other} that are not JSON were left out.\`;`;
    const { renames, doubts } = renamesOf(
      from(lines('lines', 'values')),
      from(lines('{0|one: line|other: lines}', '{0|one: value|other: values}')),
    );
    expect(renames.map(({ to }) => to)).toEqual([
      '{0} {0|one: line|other: lines} that are not JSON were left out.',
      '{0} {0|one: value|other: values} that are not JSON were left out.',
    ]);
    expect(doubts).toEqual([]);
  });

  it('is told from a short one of another meaning', () => {
    expect(renamesOf([orphan('above {0}')], from('msg`about ${n}`', 'main/b.ts')).renames).toEqual([]);
  });
});

describe('what cannot be said for sure', () => {
  it('is asked where two new sentences are about as close', () => {
    const { renames, doubts } = renamesOf(
      from('msg`The file ${a} cannot be read.`'),
      from('msg`The file ${a} cannot be opened.`; msg`The file ${a} cannot be written.`'),
    );
    expect(renames).toEqual([]);
    expect(doubts).toHaveLength(1);
    expect(doubts[0].candidates.toSorted()).toEqual([
      'The file {0} cannot be opened.',
      'The file {0} cannot be written.',
    ]);
  });

  it('is asked where two old sentences claim one', () => {
    const { renames, doubts } = renamesOf(
      from('msg`The file ${a} cannot be opened.`; msg`The file ${a} cannot be written.`'),
      from('msg`The file ${a} cannot be read.`'),
    );
    expect(renames).toEqual([]);
    expect(doubts.map(({ why }) => why)).toEqual(Array(2).fill('several old sentences are similarly close to it'));
  });

  it('is asked where a sentence was divided', () => {
    const { renames, doubts } = renamesOf(
      from('msg`The run ${run} stopped at step ${step} of the training. Go on.`'),
      from('msg`The run ${run} stopped at step ${step} of the training.`; msg`Go on.`'),
    );
    expect(renames).toEqual([]);
    expect(doubts.map(({ why }) => why)).toEqual(['it may have been divided or joined']);
  });

  it('is asked where a value was added', () => {
    const { renames, doubts } = renamesOf(
      from('msg`The folder ${path} cannot be opened.`'),
      from('msg`The folder ${path} cannot be opened (${code}).`'),
    );
    expect(renames).toEqual([]);
    expect(doubts.map(({ why }) => why)).toEqual(['its values differ, so it must be translated again']);
  });

  it('is asked where values may have changed their places', () => {
    const { renames, doubts } = renamesOf(
      [orphan('The shape of {0} in {1} is wrong.')],
      from('msg`In ${file} the shape of ${tensor} is wrong.`'),
    );
    expect(renames).toEqual([]);
    expect(doubts.map(({ why }) => why)).toEqual(['the order of its values is ambiguous']);
  });
});

describe('values that changed their places', () => {
  it('are numbered anew in the translations', () => {
    const before = from('msg`The shape of ${tensor} in ${file} is wrong.`');
    const after = from('msg`In ${file} the shape of ${tensor} is wrong.`');
    const { renames } = renamesOf(before, after);
    expect(renames[0].order).toEqual([1, 0]);
    const catalogue =
      "export const de = {\n  'The shape of {0} in {1} is wrong.': '{1}: Form von {0} {0|one: a|other: b}',\n};\n";
    expect(editCatalogue(catalogue, { renames, removed: new Set() }, () => false)).toContain(
      '"In {0} the shape of {1} is wrong.": "{0}: Form von {1} {1|one: a|other: b}"',
    );
  });

  it('are what they were where two sentences were exchanged between their places', () => {
    const [one, two] = ['msg`Here is ${a}.`', 'msg`There is ${b}.`'];
    expect(renamesOf(from(`${one}; ${two};`), from(`${two}; ${one};`))).toEqual({ renames: [], doubts: [] });
  });
});

describe('a catalogue', () => {
  const text = `export const de: Catalogue = {
  word: 'Wort',
  'Old {0}.': 'Alt {0}.',
  // About nothing.
  'Gone.':
    'Weg.',
  ...more,
};
`;
  const renames = [{ from: 'Old {0}.', to: 'New {0}.', order: null }];

  it('gives a translation its new name, marked for review, and loses what is told no more', () => {
    const edited = editCatalogue(text, { renames, removed: new Set(['Gone.']) }, () => false);
    expect(edited.replaceAll(/\n\s*\n/g, '\n')).toBe(`export const de: Catalogue = {
  word: 'Wort',
  // Review: the English was "Old {0}."
"New {0}.": "Alt {0}.",
  ...more,
};
`);
    expect([toReview(text), toReview(edited)]).toEqual([0, 1]);
    expect(keysOf(edited)).toEqual(['word', 'New {0}.']);
    const again = editCatalogue(
      edited,
      { renames: [{ from: 'New {0}.', to: 'Newer {0}.', order: null }], removed: new Set() },
      () => false,
    );
    expect([toReview(again), keysOf(again)]).toEqual([1, ['word', 'Newer {0}.']]);
  });

  it('keeps the translation that it has of the new sentence', () => {
    expect(keysOf(editCatalogue(text, { renames, removed: new Set() }, () => true))).toEqual(['word', 'Gone.']);
  });
});
