import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorReportSchema } from '../../../../main/contract/error-schema.ts';
import { HyenaError, messageOf } from '../../../../main/contract/errors.ts';
import { englishMessages, messageSchema } from '../../../../main/contract/message-schema.ts';
import {
  toMessage,
  toEnglish,
  containsText,
  msg,
  joinMessages,
  withValues,
} from '../../../../main/contract/message.ts';
import { de } from '../../../../main/contract/messages/sentences/de.ts';
import { es } from '../../../../main/contract/messages/sentences/es.ts';
import { it as italian } from '../../../../main/contract/messages/sentences/it.ts';
import { ja } from '../../../../main/contract/messages/sentences/ja.ts';
import { isTranslated, translate } from '../../../../main/contract/messages/language.ts';
import { analyseTemplate } from '../../../../main/contract/messages/template.ts';
import { findTemplates } from '../../../../main/setup/messages/sentences.ts';

describe('a told sentence', () => {
  it('is English with its values, and a template without them', () => {
    const sentence = msg`No file at ${'/a/b'}, ${3} times: ${msg`it is ${'gone'}`}.`;
    expect(toEnglish(sentence)).toBe('No file at /a/b, 3 times: it is gone.');
    expect(sentence.template).toBe('No file at {0}, {1} times: {2}.');
    expect(toEnglish('plain {0}')).toBe('plain {0}');
    expect(toEnglish(toMessage('{"model": {"d_model": 128}} {0}'))).toBe('{"model": {"d_model": 128}} {0}');
    expect(toEnglish(msg`${'a {1} $& b'} and ${'c'}`)).toBe('a {1} $& b and c');
    expect(toEnglish(joinMessages(['One.', msg`Two ${2}.`]))).toBe('One. Two 2.');
    expect(toEnglish(msg`${NaN} and ${-Infinity} and ${0.1}`)).toBe('NaN and -Infinity and 0.1');
    expect(toEnglish(withValues(msg`${'x/a'} in ${msg`${'x/b'} ${1}`}`, (value) => value.replace('x/', '')))).toBe(
      'a in b 1',
    );
  });

  it('travels as JSON', () => {
    const sentence = msg`${1} of ${msg`${'two'}`}, ${Infinity}`;
    expect(messageSchema.parse(JSON.parse(JSON.stringify(sentence)))).toEqual(sentence);
  });

  it('shows a plain string as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^([a-z]\||\{0\|one: a\|other: b\}|\{1\}|[{}|])*$/)),
        (text) => {
          const read = messageSchema.parse(text);
          expect(toEnglish(read)).toBe(text);
          expect(messageSchema.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
          expect(JSON.parse(JSON.stringify({ read: [read] }, englishMessages))).toEqual({ read: [text] });
        },
      ),
    );
    expect(messageSchema.parse('No device is available.')).toEqual(msg`No device is available.`);
  });

  it('is its English for programs, at any depth', () => {
    const value = {
      a: msg`one ${msg`of ${2}`}`,
      b: [{ c: msg`three` }],
      d: { template: 'auto', values: 'x' },
      e: null,
    };
    const expected = { a: 'one of 2', b: [{ c: 'three' }], d: { template: 'auto', values: 'x' }, e: null };
    expect(JSON.parse(JSON.stringify(value, englishMessages))).toEqual(expected);
  });

  it('has words, or only puts values together', () => {
    expect(['{0} {1}', '{0}: {1}', 'the {0}', '整数'].map(containsText)).toEqual([false, false, true, true]);
  });
});

describe('an error', () => {
  const error = new HyenaError('not-found', msg`There is no run named '${'a'}'.`, {
    kept: 'Nothing.',
    hint: msg`See ${1}`,
  });

  it('keeps its English and carries what is translated between processes', () => {
    expect(error).toMatchObject({ message: "There is no run named 'a'.", kept: 'Nothing.', hint: 'See 1' });
    const report = errorReportSchema.parse(JSON.parse(JSON.stringify(error.toReport())));
    expect(report).toEqual({
      ...{ code: 'not-found', message: msg`There is no run named '${'a'}'.` },
      ...{ kept: msg`Nothing.`, hint: msg`See ${1}` },
    });
    const again = HyenaError.fromReport(report);
    expect(again).toMatchObject({ message: error.message, kept: error.kept, hint: error.hint, code: error.code });
    expect(again.toReport()).toEqual(error.toReport());
  });

  it('is a part of another sentence by its own template', () => {
    expect(toEnglish(msg`It broke: ${messageOf(error)} And ${messageOf(new Error('boom'))}`)).toBe(
      "It broke: There is no run named 'a'. And boom",
    );
    expect(messageOf(error)).toEqual(error.messages.message);
  });
});

describe('a translation', () => {
  const catalogue = { 'No file at {0}, {1} tries.': '{1} Versuche, keine Datei {0}.', 'it broke: {0}': 'kaputt: {0}' };
  const number = (value: number): string => String(value).replace('.', ',');
  const say = (text: Parameters<typeof translate>[0]) => translate(text, catalogue, { locale: 'de', number });

  it('puts the values where its language has them, and writes numbers its way', () => {
    expect(say(msg`No file at ${'/a/b {1}'}, ${1.5} tries.`)).toEqual([
      { text: '1,5 Versuche, keine Datei /a/b {1}.', english: false },
    ]);
  });

  it('keeps the words of others English, and says so', () => {
    expect(say(msg`it broke: ${toMessage('EACCES, open')}`)).toEqual([
      { text: 'kaputt: ', english: false },
      { text: 'EACCES, open', english: true },
    ]);
    expect(say(msg`unknown ${1.5} of ${msg`it broke: ${'x'}`}`)).toEqual([
      { text: 'unknown 1.5 of ', english: true },
      { text: 'kaputt: x', english: false },
    ]);
    expect(say('unknown')).toEqual([{ text: 'unknown', english: true }]);
    expect(say('toString')).toEqual([{ text: 'toString', english: true }]);
    expect(isTranslated('unknown', catalogue)).toBe(false);
  });

  it('joins sentences without words of its own', () => {
    const both = joinMessages([msg`it broke: ${'a'}`, msg`it broke: ${2}`]);
    expect(say(both)).toEqual([{ text: 'kaputt: a kaputt: 2', english: false }]);
    expect(isTranslated(both, catalogue)).toBe(true);
  });

  it('is the English where the window speaks it', () => {
    expect(translate(msg`unknown ${1.5}`, null, { locale: 'en', number: String })).toEqual([
      { text: 'unknown 1.5', english: false },
    ]);
  });
});

/** Where the text of an error is a Message though it cannot be seen there, or is not this program's to translate. */
const known: Record<string, string[]> = {
  // What came in a report, or from the system.
  'main/contract/errors.ts': ['message', 'kept', 'hint', 'error.message'],
  // Of the type Message.
  'main/library/files/lock.ts': ['busy(owner)'],
  'worker/devices/tensorflow/blindness.ts': ['wholeDriver'],
  'main/workers/exit-report.ts': ['message', 'kept'],
  'main/host/window/run-views.ts': ['refusal'],
  'main/host/library.ts': ['nameProblem(name, rules, longest)'],
  'main/shells/desktop/lock-down.ts': ['message'],
  'worker/devices/index.ts': ['finding.hint'],
  'worker/devices/webgpu.ts': ['found.hint'],
  'worker/data/readers/formats.ts': ['unreadableExtensions[extension]', 'unreadable[0]'],
  'worker/benchmarks/bench-job.ts': ['parsed.problem'],
  'worker/benchmarks/scaling-job.ts': ['parsed.problem'],
  'main/shells/terminal/commands/bench-scaling.ts': ['parsed.problem'],
  'worker/devices/native/addon.ts': ['messageFrom(message)', 'hints[code]'],
};

const { templates, untold } = findTemplates();

describe('messages of host and workers', () => {
  it('can be translated, wherever an error is made', () => {
    expect(untold.filter(({ file, text }) => !known[file]?.includes(text))).toEqual([]);
    const seen = untold.map(({ file, text }) => `${file}: ${text}`);
    const listed = Object.entries(known).flatMap(([file, texts]) => texts.map((text) => `${file}: ${text}`));
    expect(listed.filter((place) => !seen.includes(place))).toEqual([]);
    expect(templates.length).toBeGreaterThan(500);
  });

  it.each(Object.entries({ de, es, it: italian, ja }))('keeps its values in %s', (_, catalogue) => {
    for (const [template, translation] of Object.entries(catalogue)) {
      const { values, counts } = analyseTemplate(template);
      const translated = analyseTemplate(translation);
      expect([template, translated.values, translated.odd]).toEqual([template, values, false]);
      expect([template, translated.counts.filter((one) => ![...values, ...counts].includes(one))]).toEqual([
        template,
        [],
      ]);
    }
  });
});
