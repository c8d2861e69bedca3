import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { DocumentPlace } from '../../../../../../main/contract/documents.ts';
import { chaptersOf } from '../../../../worker/documents/chapters-of.ts';
import {
  passagesOf,
  paragraphsOf,
  PlaceFinder,
  sentencesOf,
} from '../../../../../../main/contract/logic/reading/segments.ts';

const textsOf = (text: string, segments: readonly { start: number; end: number }[]) =>
  segments.map(({ start, end }) => text.slice(start, end));

const sentences = (text: string) => textsOf(text, sentencesOf(text));

describe('sentences', () => {
  it('end at full stops, questions and exclamations', () => {
    expect(sentences('Call me Ishmael. Why? Because! "So be it," he said.')).toEqual([
      'Call me Ishmael.',
      'Why?',
      'Because!',
      '"So be it," he said.',
    ]);
  });
  it('do not end at titles, initials and abbreviations', () => {
    expect(sentences('Mr. Starbuck met Dr. B. Ahab, e.g. at sea. See Fig. 3 of it.')).toEqual([
      'Mr. Starbuck met Dr. B. Ahab, e.g. at sea.',
      'See Fig. 3 of it.',
    ]);
  });
  it('run over line ends, but not over empty lines', () => {
    expect(sentences('A title\r\n\r\nIt was the best\nof times. It\nwas')).toEqual([
      'A title',
      'It was the best\nof times.',
      'It\nwas',
    ]);
  });
  it('are found in scripts without spaces', () => {
    expect(sentences('吾輩は猫である。名前はまだ無い。')).toEqual(['吾輩は猫である。', '名前はまだ無い。']);
  });
  it('lose nothing but space, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const found = sentencesOf(text);
        let end = 0;
        for (const segment of found) {
          expect(text.slice(end, segment.start).trim()).toBe('');
          expect(segment.end).toBeGreaterThan(segment.start);
          end = segment.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
      { numRuns: 40 },
    );
  });
});

describe('passages', () => {
  const text = 'One is here. Two is here.\n\nThree is here. Four is here.';
  it('hold whole sentences up to a length', () => {
    expect(textsOf(text, passagesOf(text, [], 30))).toEqual([
      'One is here. Two is here.',
      'Three is here. Four is here.',
    ]);
    expect(textsOf(text, passagesOf(text, [], 14))).toHaveLength(4);
  });
  it('begin anew at a heading, not at a page', () => {
    const place = (kind: DocumentPlace['kind']): DocumentPlace[] => [{ kind, label: 'x', level: 1, offset: 13 }];
    expect(textsOf(text, passagesOf(text, place('heading'), 100))[0]).toBe('One is here.');
    expect(passagesOf(text, place('page'), 100)).toHaveLength(1);
  });
  it('cut what is longer than a passage', () => {
    const long = 'x'.repeat(250);
    expect(passagesOf(long, [], 100)).toEqual([
      { start: 0, end: 100 },
      { start: 100, end: 200 },
      { start: 200, end: 250 },
    ]);
  });
});

describe('places', () => {
  const places: DocumentPlace[] = [
    { kind: 'page', label: 'iv', level: 1, offset: 0 },
    { kind: 'chapter', label: 'Loomings', level: 1, offset: 10 },
    { kind: 'page', label: '1', level: 1, offset: 20 },
  ];
  it('are the last of each kind that begin before', () => {
    const finder = new PlaceFinder(places);
    expect(finder.find('page', 19)).toBe('iv');
    expect(finder.find('page', 20)).toBe('1');
    expect(finder.find('chapter', 9)).toBeNull();
    const text = 'x'.repeat(40);
    expect(finder.cite(text, { start: 25, end: 27 })).toMatchObject({
      text: 'xx',
      place: { page: '1', chapter: 'Loomings', heading: null, label: 'Loomings, page 1' },
    });
    expect(new PlaceFinder([]).cite(text, { start: 10, end: 11 }).place.label).toBe('at 25%');
  });
});

it('takes paragraphs within bounds', () => {
  const text = 'a\n\nb\n \nc\n\n\nd';
  expect(textsOf(text, paragraphsOf(text))).toEqual(['a', 'b', 'c', 'd']);
  expect(textsOf(text, paragraphsOf(text, 3, 7))).toEqual(['b']);
});

describe('chapters of plain text', () => {
  const prose = 'It was so, and went on being so for a while. '.repeat(10);
  it('are lines that look like headings, with text behind them', () => {
    const contents = 'CHAPTER 1. Loomings.\n\nCHAPTER 2. The Bag.\n\n';
    const text = `${contents}CHAPTER 1. Loomings.\n\n${prose}\nchapter 7 of the law says so.\n${prose}\n\nCHAPTER 2. The Bag.\n\n${prose}`;
    const found = chaptersOf(text);
    expect(found.map(({ label }) => label)).toEqual(['CHAPTER 1. Loomings', 'CHAPTER 2. The Bag']);
    expect(found.map(({ offset }) => text.slice(offset, offset + 9))).toEqual(['CHAPTER 1', 'CHAPTER 2']);
    expect(found[0].offset).toBe(contents.length);
  });
  it('need no empty line before where they have a number and one follows', () => {
    const text = `The end of the song.\nCHAPTER 1. Loomings.\n\n${prose}\n\nCHAPTER 2. The Bag.\n\n${prose}\nthe last\npart of it.\n\n${prose}`;
    expect(chaptersOf(text).map(({ label }) => label)).toEqual(['CHAPTER 1. Loomings', 'CHAPTER 2. The Bag']);
  });
  it('are none where only one line looks like it', () => {
    expect(chaptersOf(`CHAPTER 1\n\n${prose}`)).toEqual([]);
  });
});
