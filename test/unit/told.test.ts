import { describe, expect, it } from 'vitest';
import { HyenaError, errorReportSchema, said, textsOf } from '../../main/contract/errors.ts';
import {
  asMessage,
  asTold,
  english,
  hasWords,
  told,
  toldSchema,
  toldTogether,
  withValues,
} from '../../main/contract/told.ts';
import { de } from '../../renderer/i18n/told/de.ts';
import { es } from '../../renderer/i18n/told/es.ts';
import { it as italian } from '../../renderer/i18n/told/it.ts';
import { ja } from '../../renderer/i18n/told/ja.ts';
import { isTranslated, translate } from '../../renderer/i18n/told.ts';
import { findTemplates } from '../told-templates.ts';

describe('a told sentence', () => {
  it('is English with its values, and a template without them', () => {
    const sentence = told`No file at ${'/a/b'}, ${3} times: ${told`it is ${'gone'}`}.`;
    expect(english(sentence)).toBe('No file at /a/b, 3 times: it is gone.');
    expect(sentence.template).toBe('No file at {0}, {1} times: {2}.');
    expect(english('plain {0}')).toBe('plain {0}');
    expect(english(asTold('{"model": {"d_model": 128}} {0}'))).toBe('{"model": {"d_model": 128}} {0}');
    expect(english(told`${'a {1} $& b'} and ${'c'}`)).toBe('a {1} $& b and c');
    expect(english(toldTogether(['One.', told`Two ${2}.`]))).toBe('One. Two 2.');
    expect(english(told`${NaN} and ${-Infinity} and ${0.1}`)).toBe('NaN and -Infinity and 0.1');
    expect(english(withValues(told`${'x/a'} in ${told`${'x/b'} ${1}`}`, (value) => value.replace('x/', '')))).toBe(
      'a in b 1',
    );
  });

  it('travels as JSON', () => {
    const sentence = told`${1} of ${told`${'two'}`}, ${Infinity}`;
    expect(toldSchema.parse(JSON.parse(JSON.stringify(sentence)))).toEqual(sentence);
    expect(asMessage('as it is')).toEqual({ message: 'as it is' });
    expect(asMessage(told`a ${1}`)).toEqual({ message: 'a 1', told: told`a ${1}` });
  });

  it('has words, or only puts values together', () => {
    expect(['{0} {1}', '{0}: {1}', 'the {0}', '整数'].map(hasWords)).toEqual([false, false, true, true]);
  });
});

describe('an error', () => {
  const error = new HyenaError('not-found', told`There is no run named '${'a'}'.`, {
    kept: 'Nothing.',
    hint: told`See ${1}`,
  });

  it('keeps its English and carries what is translated between processes', () => {
    expect(error).toMatchObject({ message: "There is no run named 'a'.", kept: 'Nothing.', hint: 'See 1' });
    const report = errorReportSchema.parse(JSON.parse(JSON.stringify(error.toReport())));
    expect(report.told).toEqual({ message: told`There is no run named '${'a'}'.`, hint: told`See ${1}` });
    expect(textsOf(report).kept).toBe('Nothing.');
    const again = HyenaError.fromReport(report);
    expect(again).toMatchObject({ message: error.message, kept: error.kept, hint: error.hint, code: error.code });
    expect(again.toReport()).toEqual(error.toReport());
  });

  it('tells no more than its English where it has no values', () => {
    expect(new HyenaError('usage', 'There is no prompt.').toReport()).toEqual({
      ...{ code: 'usage', message: 'There is no prompt.', kept: undefined, hint: undefined },
    });
  });

  it('is a part of another sentence by its own template', () => {
    expect(english(told`It broke: ${said(error)} And ${said(new Error('boom'))}`)).toBe(
      "It broke: There is no run named 'a'. And boom",
    );
    expect(said(error)).toEqual(error.told.message);
  });
});

describe('a translation', () => {
  const catalogue = { 'No file at {0}, {1} tries.': '{1} Versuche, keine Datei {0}.', 'it broke: {0}': 'kaputt: {0}' };
  const number = (value: number): string => String(value).replace('.', ',');
  const say = (text: Parameters<typeof translate>[0]) => translate(text, catalogue, number);

  it('puts the values where its language has them, and writes numbers its way', () => {
    expect(say(told`No file at ${'/a/b {1}'}, ${1.5} tries.`)).toEqual([
      { text: '1,5 Versuche, keine Datei /a/b {1}.', english: false },
    ]);
  });

  it('keeps the words of others English, and says so', () => {
    expect(say(told`it broke: ${asTold('EACCES, open')}`)).toEqual([
      { text: 'kaputt: ', english: false },
      { text: 'EACCES, open', english: true },
    ]);
    expect(say(told`unknown ${1.5} of ${told`it broke: ${'x'}`}`)).toEqual([
      { text: 'unknown 1.5 of ', english: true },
      { text: 'kaputt: x', english: false },
    ]);
    expect(say('unknown')).toEqual([{ text: 'unknown', english: true }]);
    expect(say('toString')).toEqual([{ text: 'toString', english: true }]);
    expect(isTranslated('unknown', catalogue)).toBe(false);
  });

  it('joins sentences without words of its own', () => {
    const both = toldTogether([told`it broke: ${'a'}`, told`it broke: ${2}`]);
    expect(say(both)).toEqual([{ text: 'kaputt: a kaputt: 2', english: false }]);
    expect(isTranslated(both, catalogue)).toBe(true);
  });

  it('is the English where the window speaks it', () => {
    expect(translate(told`unknown ${1.5}`, null, number)).toEqual([{ text: 'unknown 1.5', english: false }]);
  });
});

/** Where a text of an error is a told sentence though it cannot be seen there, or is not this program's to translate. */
const known: Record<string, string[]> = {
  // What came in a report, or from the system.
  'main/contract/errors.ts': ['message', 'kept', 'hint', 'error.message'],
  // Of the type Told.
  'worker/files/lock.ts': ['busy(owner)'],
  'main/host/window/training.ts': ['sentences.hint'],
  'worker/training/train-job.ts': ['this.#remedy(error)'],
  'worker/devices/tensorflow/blindness.ts': ['wholeDriver'],
  'main/workers/obituary.ts': ['message', 'kept'],
  'main/host/window/run-views.ts': ['refusal'],
  'main/shells/desktop/lock-down.ts': ['message'],
  'worker/devices/index.ts': ['finding.hint'],
  'worker/devices/webgpu.ts': ['found.hint'],
  'worker/data/readers/formats.ts': ['unreadableExtensions[extension]', 'unreadable[0]'],
  'worker/devices/native/addon.ts': ['toldOf(message)', 'hints[code]'],
};

const { templates, untold } = findTemplates();
const holes = (template: string): string[] => [...new Set(template.match(/\{\d+\}/g))].sort();

describe('what host and workers tell', () => {
  it('is told by sentences that can be translated, wherever an error is made', () => {
    expect(untold.filter(({ file, text }) => !known[file]?.includes(text))).toEqual([]);
    const seen = untold.map(({ file, text }) => `${file}: ${text}`);
    const listed = Object.entries(known).flatMap(([file, texts]) => texts.map((text) => `${file}: ${text}`));
    expect(listed.filter((place) => !seen.includes(place))).toEqual([]);
    expect(templates.length).toBeGreaterThan(500);
  });

  it.each(Object.entries({ de, es, it: italian, ja }))('keeps its values in %s', (_, catalogue) => {
    for (const [template, translation] of Object.entries(catalogue))
      expect([template, holes(translation)]).toEqual([template, holes(template)]);
  });
});
