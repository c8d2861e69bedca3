import {
  containsText,
  englishNumber,
  messageParts,
  toEnglish,
  toMessage,
  type MessageLike,
  type Message,
} from '../message.ts';
import type { Language, Preferences } from '../preferences.ts';
import { fillIn, type Template, type Values, type NumberStyle } from './template.ts';
import { en } from './window/en.ts';

export type MessageKey = keyof typeof en;
/** The messages of the window and the desktop in another language. A missing one is shown in English. */
export type Translation = Partial<Record<MessageKey, Template>>;
/** What host and workers report in another language, by its English; `{0}` stands for the same value in both. */
export type Catalogue = Readonly<Record<string, Template>>;

/** All that is said in a language. */
export interface Catalogues {
  readonly language: Language;
  readonly messages: Translation;
  /** null: what host and workers tell is English by itself. */
  readonly sentences: Catalogue | null;
}

const loaders: Record<Language, () => Promise<Omit<Catalogues, 'language'>>> = {
  en: () => Promise.resolve({ messages: en, sentences: null }),
  de: async () => {
    const [window, sentences] = await Promise.all([import('./window/de.ts'), import('./sentences/de.ts')]);
    return { messages: window.de, sentences: sentences.de };
  },
  es: async () => {
    const [window, sentences] = await Promise.all([import('./window/es.ts'), import('./sentences/es.ts')]);
    return { messages: window.es, sentences: sentences.es };
  },
  it: async () => {
    const [window, sentences] = await Promise.all([import('./window/it.ts'), import('./sentences/it.ts')]);
    return { messages: window.it, sentences: sentences.it };
  },
  ja: async () => {
    const [window, sentences] = await Promise.all([import('./window/ja.ts'), import('./sentences/ja.ts')]);
    return { messages: window.ja, sentences: sentences.ja };
  },
};

export const languages = Object.keys(loaders) as Language[];

export const englishCatalogues: Catalogues = { language: 'en', messages: en, sentences: null };

/**
 * What is said in the language that a person chose, or in the first of the system's that there is.
 *
 * @param system languages of the system, the preferred first, such as `de-AT`
 */
export async function loadLanguage(
  preference: Preferences['language'],
  system: readonly string[],
): Promise<Catalogues> {
  const language = preference === 'system' ? systemLanguage(system) : preference;
  return { language, ...(await loaders[language]()) };
}

/** The first language of the system that the program speaks. */
export function systemLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = languages.find((one) => tag.toLowerCase().split('-')[0] === one);
    if (language) return language;
  }
  return 'en';
}

/** The system's own region, where it is of the same language, decides how numbers and dates are written. */
export const localeOf = (language: Language, system: readonly string[]): string =>
  system.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;

/** A number as it is, with the signs of a language. */
export const numberFormatter = (locale: string): ((value: number) => string) => {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  return (value) => format.format(value);
};

/** The message of a key; English where its language has none. */
export function formatMessage({ messages }: Catalogues, key: MessageKey, values: Values, writing: NumberStyle): string {
  const translated = messages[key];
  return translated === undefined
    ? fillIn(en[key], values, { ...writing, locale: 'en' })
    : fillIn(translated, values, writing);
}

/** A stretch of text that is all in one language: that of the catalogue, or English. */
export interface MessageSpan {
  readonly text: string;
  readonly english: boolean;
}

/** Whether a sentence itself, its values aside, is there in the language. */
export const isTranslated = (text: MessageLike, catalogue: Catalogue | null): boolean => {
  const { template } = toMessage(text);
  return catalogue === null || !containsText(template) || Object.hasOwn(catalogue, template);
};

/**
 * A sentence in the language of a catalogue. What has no translation (the words of the system or of a library) stays
 * English, and is marked so.
 *
 * @param catalogue null: English is spoken
 */
export function translate(
  text: MessageLike,
  catalogue: Catalogue | null,
  { locale, number }: NumberStyle,
): MessageSpan[] {
  // A plain text is English as it stands, whatever braces are in it.
  if (catalogue === null && typeof text === 'string') return [{ text: toEnglish(text), english: false }];
  const pieces: MessageSpan[] = [];
  const add = (one: string, isEnglish: boolean): void => {
    const last = pieces.at(-1);
    if (last?.english === isEnglish) pieces[pieces.length - 1] = { text: last.text + one, english: isEnglish };
    else pieces.push({ text: one, english: isEnglish });
  };
  const append = ({ template, values }: Message, around: boolean): void => {
    const known = isTranslated({ template, values }, catalogue);
    // What only puts values together has no language of its own.
    const foreign = containsText(template) ? !known : around;
    const translated = catalogue !== null && known && containsText(template) ? catalogue[template] : template;
    for (const part of messageParts({ template: translated, values }, foreign ? 'en' : locale)) {
      if (typeof part === 'string') add(part, foreign);
      else if (typeof part.value === 'object') append(part.value, foreign);
      else if (typeof part.value === 'number') add((foreign ? englishNumber : number)(part.value), foreign);
      else add(part.value, foreign);
    }
  };
  append(toMessage(text), false);
  return pieces;
}
