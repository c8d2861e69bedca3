import type { Preferences } from '../../contract/preferences.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { it } from './words/it.ts';
import { ja } from './words/ja.ts';

/** What the desktop says outside of the page, by language: its menu, its questions, its notifications. */
export type Words = typeof en;

const languages: Record<string, Words> = { en, de, es, it, ja };

/**
 * The words of the language that a person chose, or of the first of the system's that there is.
 *
 * @param preference of the library
 * @param system languages of the system, the preferred first, such as `de-AT`
 */
export function wordsOf(preference: Preferences['language'], system: readonly string[]): Words {
  const wanted = preference === 'system' ? system : [preference];
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (Object.hasOwn(languages, language)) return languages[language];
  }
  return en;
}

/** A sentence with its values. */
export const fill = (sentence: string, values: Record<string, string>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
