import { describe, expect, it } from 'vitest';
import { allFields } from '../../main/contract/fields.ts';
import { presets } from '../../main/contract/presets.ts';
import { de } from '../../main/contract/messages/window/de.ts';
import { en } from '../../main/contract/messages/window/en.ts';
import { es } from '../../main/contract/messages/window/es.ts';
import { it as italian } from '../../main/contract/messages/window/it.ts';
import { ja } from '../../main/contract/messages/window/ja.ts';
import { de as toldDe } from '../../main/contract/messages/sentences/de.ts';
import { es as toldEs } from '../../main/contract/messages/sentences/es.ts';
import { it as toldIt } from '../../main/contract/messages/sentences/it.ts';
import { ja as toldJa } from '../../main/contract/messages/sentences/ja.ts';
import type { Catalogue } from '../../main/contract/messages/language.ts';
import { contractKeys, translatable } from '../../main/setup/messages/sentences.ts';

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
