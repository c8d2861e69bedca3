import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFields } from '../../main/contract/fields.ts';
import { languageSchema } from '../../main/contract/preferences.ts';
import { presets } from '../../main/contract/presets.ts';
import { Formats } from '../../renderer/i18n/format.ts';
import { I18n, languages, systemLanguage } from '../../renderer/i18n/i18n.svelte.ts';
import { de } from '../../renderer/i18n/messages/de.ts';
import { en } from '../../renderer/i18n/messages/en.ts';
import { es } from '../../renderer/i18n/messages/es.ts';
import { it as italian } from '../../renderer/i18n/messages/it.ts';
import { ja } from '../../renderer/i18n/messages/ja.ts';
import { fillIn, type Message } from '../../renderer/i18n/translate.ts';
import { contractKeys } from '../told-templates.ts';
import { explainValues } from '../../renderer/pages/model/explain-values.ts';

const english: Record<string, Message> = en;
const others: Record<string, Record<string, Message>> = { de, es, it: italian, ja };
const names = Object.keys(others);
const formsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const holes = (message: Message): string[] =>
  [...new Set(formsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
const fromContract = contractKeys(Object.keys(en), allFields(), Object.keys(presets));

describe('messages', () => {
  it('are there for every language that can be chosen', () => {
    expect([...languages].sort()).toEqual(['en', ...names].sort());
    expect([...languageSchema.options].sort()).toEqual([...languages].sort());
  });

  it('fill in values, and choose the form by number', () => {
    const formats = new Formats('en');
    expect(fillIn(en.files, { n: 1 }, formats)).toBe('1 file');
    expect(fillIn(en.files, { n: 1200 }, formats)).toBe('1,200 files');
    expect(fillIn(ja.files, { n: 1 }, new Formats('ja'))).toBe('1 ファイル');
    expect(fillIn(es.problems, { n: 1 }, new Formats('es'))).toBe('1 observación');
    expect(fillIn('{a} {b}', { a: 'x' }, formats)).toBe('x {b}');
  });

  it.each(names)('in %s have no keys that English does not have', (language) => {
    const known = [...Object.keys(en), ...fromContract];
    expect(Object.keys(others[language]).filter((key) => !known.includes(key))).toEqual([]);
  });

  it.each(names)('in %s have the same values in them', (language) => {
    for (const [key, message] of Object.entries(others[language]))
      if (Object.hasOwn(english, key)) expect([key, holes(message)]).toEqual([key, holes(english[key])]);
  });

  it.each(names)('in %s have a form for every number that the language counts differently', (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, message] of Object.entries(others[language]))
      if (typeof message !== 'string')
        expect([key, Object.keys(message).filter((form) => !pluralCategories.some((one) => one === form))]).toEqual([
          key,
          [],
        ]);
  });

  it.each(names)('in %s are not left in English', (language) => {
    const same = Object.keys(en).filter(
      (key) => JSON.stringify(others[language][key]) === JSON.stringify(english[key]),
    );
    expect(same.length).toBeLessThan(40);
  });

  it('are all used: those that are written out in the sources, or made from a known beginning', () => {
    const folder = path.resolve(import.meta.dirname, '..', '..', 'renderer');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('messages'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    // `t(`phase.${phase}`)` uses every key that begins so.
    const beginnings = [...sources.matchAll(/`([\w.:-]+\.)\$\{/g)].map(([, beginning]) => beginning);
    const unused = Object.keys(en).filter(
      (key) => !sources.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });

  it('are chosen by the first language of the system that there is', () => {
    expect(systemLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(systemLanguage(['ja'])).toBe('ja');
    expect(systemLanguage(['fr'])).toBe('en');
  });
});

describe('the language of the window', () => {
  it('brings its numbers with it, in the way of the region that the system names', async () => {
    const i18n = new I18n();
    await i18n.choose('de', ['de-CH', 'en']);
    expect(i18n.format.locale).toBe('de-CH');
    expect(i18n.t('tokens', { n: 1_234_567 })).toMatch(/^1.234.567 Token$/);
    await i18n.choose('es', ['en-US']);
    expect(i18n.format.fixed(1.5, 2)).toBe('1,50');
    await i18n.choose('system', ['it-IT']);
    expect(i18n.language).toBe('it');
  });

  it('falls back to English where a translation is missing', async () => {
    const i18n = new I18n();
    await i18n.choose('de', []);
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(i18n.t(key)).not.toBe('');
  });

  it('says what a field takes', async () => {
    const i18n = new I18n();
    const width = allFields().find(({ key }) => key === 'd_model')!;
    const features = allFields().find(({ key }) => key === 'emb_dim')!;
    expect(explainValues(width, i18n)).toBe('A whole number, at least 4, at most 16,384');
    expect(explainValues(features, i18n)).toBe('A whole number, odd, at least 3, at most 1,025');
    await i18n.choose('ja', []);
    expect(explainValues(width, i18n)).toBe('整数, 4 以上, 16,384 以下');
  });
});
