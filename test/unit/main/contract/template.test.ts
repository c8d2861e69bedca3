import { describe, expect, it } from 'vitest';
import { analyseTemplate, fillIn, type Values } from '../../../../main/contract/messages/template.ts';
import { toMessage, toEnglish, msg } from '../../../../main/contract/message.ts';
import { translate } from '../../../../main/contract/messages/language.ts';

const fill = (template: string, values: Values, locale = 'en'): string =>
  fillIn(template, values, { locale, number: (value) => value.toLocaleString(locale) });

describe('a template', () => {
  const lines = '{n} {n|one: line was|other: lines were} left out.';

  it('chooses the form of a plural as its language counts', () => {
    expect(fill(lines, { n: 1 })).toBe('1 line was left out.');
    expect(fill(lines, { n: 1200 })).toBe('1,200 lines were left out.');
    const files = '{n} {n|one: plik|few: pliki|many: plików|other: pliku}';
    expect([1, 3, 5, 1.5].map((n) => fill(files, { n }, 'pl'))).toEqual(['1 plik', '3 pliki', '5 plików', '1,5 pliku']);
    expect(fill('{n|one: one|other: {n}}', { n: 1 }, 'ja')).toBe('1');
  });

  it('has values and further plurals within a form', () => {
    const found = '{n|one: {name} once|other: {n} times, in {m|one: a file|other: {m} files}}';
    expect(fill(found, { n: 1, m: 9, name: 'x' })).toBe('x once');
    expect(fill(found, { n: 2, m: 1, name: 'x' })).toBe('2 times, in a file');
    expect(fill(found, { n: 2, m: 3, name: 'x' })).toBe('2 times, in 3 files');
  });

  it('takes the form for other numbers where the value is no number', () => {
    expect(fill(lines, { n: 'Some' })).toBe('Some lines were left out.');
    expect(fill(lines, { n: '1' })).toBe('1 line was left out.');
    expect(fill(lines, {})).toBe('{n} lines were left out.');
    expect(fill(lines, { n: '' })).toBe(' lines were left out.');
  });

  it('leaves braces that mean nothing as they are', () => {
    for (const text of ['{"a": {"b": 1}}', '{n|one: a}', '{n|some: a|other: b}', '{n|one: a|other: b', 'a | b {', '{}'])
      expect(fill(text, { n: 1 })).toBe(text);
  });

  it('does not show its context', () => {
    expect(fill('range|above {n}', { n: 3 })).toBe('above 3');
    expect(fill('Range|above', {})).toBe('Range|above');
  });

  it('is taken apart for checks', () => {
    expect(analyseTemplate('kind|{b} of {n|one: {a}|other: x {c}}')).toEqual({
      values: ['a', 'b', 'c'],
      counts: ['n'],
      plurals: [['one', 'other']],
      words: ' of  x ',
      odd: false,
    });
    expect(analyseTemplate('{n|one: a|others: b}').odd).toBe(true);
  });
});

describe('a sentence with a plural', () => {
  const sentence = (count: number) => msg`In ${'f'} ${count} {1|one: line was|other: lines were} left out.`;
  const catalogue = {
    [sentence(1).template]: 'In {0} {1|one: fehlt eine Zeile|other: fehlen {1} Zeilen}.',
  };
  const say = (count: number) =>
    translate(sentence(count), catalogue, { locale: 'de', number: (value) => value.toLocaleString('de') })[0].text;

  it('is right in English and in translation', () => {
    expect([1, 2].map((count) => toEnglish(sentence(count)))).toEqual([
      'In f 1 line was left out.',
      'In f 2 lines were left out.',
    ]);
    expect([1, 2000].map(say)).toEqual(['In f fehlt eine Zeile.', 'In f fehlen 2.000 Zeilen.']);
  });

  it('counts in English where there is no translation', () => {
    const [piece] = translate(sentence(1), {}, { locale: 'ja', number: String });
    expect(piece).toEqual({ text: 'In f 1 line was left out.', english: true });
  });

  it('tells a context apart from the words of others', () => {
    expect(toEnglish(msg`range|above ${3}`)).toBe('above 3');
    expect(toEnglish(toMessage('usage|tool FILE'))).toBe('usage|tool FILE');
    expect(translate('usage|tool', null, { locale: 'en', number: String })[0].text).toBe('usage|tool');
  });
});
