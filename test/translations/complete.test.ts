import { describe, expect, it } from 'vitest';
import { allFields } from '../../main/contract/fields.ts';
import { presets } from '../../main/contract/presets.ts';
import { de } from '../../renderer/i18n/messages/de.ts';
import { en } from '../../renderer/i18n/messages/en.ts';
import { es } from '../../renderer/i18n/messages/es.ts';
import { it as italian } from '../../renderer/i18n/messages/it.ts';
import { ja } from '../../renderer/i18n/messages/ja.ts';
import { de as toldDe } from '../../renderer/i18n/told/de.ts';
import { es as toldEs } from '../../renderer/i18n/told/es.ts';
import { it as toldIt } from '../../renderer/i18n/told/it.ts';
import { ja as toldJa } from '../../renderer/i18n/told/ja.ts';
import type { Catalogue } from '../../renderer/i18n/told.ts';
import { contractKeys, translatable } from '../told-templates.ts';

/** A release has every sentence in every language; between releases a missing one is shown in English. */
const catalogues: Record<string, Catalogue> = { de: toldDe, es: toldEs, it: toldIt, ja: toldJa };
const messages: Record<string, Record<string, unknown>> = { de, es, it: italian, ja };
const sentences = translatable();
const keys = [...Object.keys(en), ...contractKeys(Object.keys(en), allFields(), Object.keys(presets))];

describe.each(Object.keys(messages))('the language %s', (language) => {
  it('has every sentence of the host and the workers', () => {
    expect(sentences.filter((template) => !Object.hasOwn(catalogues[language], template))).toEqual([]);
  });

  it('has no sentence that the program no longer uses', () => {
    expect(Object.keys(catalogues[language]).filter((template) => !sentences.includes(template))).toEqual([]);
  });

  it('has every message of the window', () => {
    expect(keys.filter((key) => !Object.hasOwn(messages[language], key))).toEqual([]);
  });
});
