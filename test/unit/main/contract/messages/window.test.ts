import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFields } from '../../../../../main/contract/fields.ts';
import { languageSchema } from '../../../../../main/contract/preferences.ts';
import { presets } from '../../../../../main/contract/presets.ts';
import { languages, systemLanguage } from '../../../../../main/contract/messages/language.ts';
import { de } from '../../../../../main/contract/messages/window/de.ts';
import { en } from '../../../../../main/contract/messages/window/en.ts';
import { es } from '../../../../../main/contract/messages/window/es.ts';
import { it as italian } from '../../../../../main/contract/messages/window/it.ts';
import { ja } from '../../../../../main/contract/messages/window/ja.ts';
import { analyseTemplate, type Template } from '../../../../../main/contract/messages/template.ts';
import { contractKeys } from '../../../../../main/setup/messages/sentences.ts';

const english: Record<string, Template> = en;
const others: Record<string, Record<string, Template>> = { de, es, it: italian, ja };
const names = Object.keys(others);
const fromContract = contractKeys(Object.keys(en), allFields(), Object.keys(presets));

describe('messages', () => {
  it('are there for every language that can be chosen', () => {
    expect([...languages].sort()).toEqual(['en', ...names].sort());
    expect([...languageSchema.options].sort()).toEqual([...languages].sort());
  });

  it.each(names)('messages in %s have no keys that English does not have', (language) => {
    const known = [...Object.keys(en), ...fromContract];
    expect(Object.keys(others[language]).filter((key) => !known.includes(key))).toEqual([]);
  });

  it.each(names)('messages in %s have the same values in them', (language) => {
    for (const [key, message] of Object.entries(others[language])) {
      if (!Object.hasOwn(english, key)) continue;
      const { values, counts } = analyseTemplate(english[key]);
      const translated = analyseTemplate(message);
      expect([key, translated.values]).toEqual([key, values]);
      expect([key, translated.counts.filter((name) => !values.includes(name) && !counts.includes(name))]).toEqual([
        key,
        [],
      ]);
    }
  });

  it.each(['en', ...names])(
    'messages in %s have plurals for what the language counts differently, and no slips',
    (language) => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      for (const [key, message] of Object.entries(language === 'en' ? english : others[language])) {
        const { plurals, odd } = analyseTemplate(message);
        expect([key, odd, plurals.flat().filter((form) => !pluralCategories.some((one) => one === form))]).toEqual([
          key,
          false,
          [],
        ]);
      }
    },
  );

  it.each(names)('messages in %s are not left in English', (language) => {
    const same = Object.keys(en).filter(
      (key) => JSON.stringify(others[language][key]) === JSON.stringify(english[key]),
    );
    // Names such as ONNX or Chat are the same in several languages.
    expect(same.length / Object.keys(en).length).toBeLessThan(0.06);
  });

  it('are all used: those that are written out in the sources, or made from a known beginning', () => {
    const sources = ['renderer', 'main/shells/desktop', 'main/contract/mixers']
      .map((folder) => path.resolve(import.meta.dirname, '..', '..', '..', '..', '..', folder))
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((file) => /\.(svelte|ts)$/.test(file))
          .map((file) => readFileSync(path.join(folder, file), 'utf8')),
      )
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
