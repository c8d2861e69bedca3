import type { Language, Preferences } from '../../main/contract/preferences.ts';
import { Formats } from './format.ts';
import { en } from './messages/en.ts';
import { nameProblem, type NameRules } from '../../main/contract/names.ts';
import { told, type Text } from '../../main/contract/told.ts';
import { isTranslated, translate, type Catalogue, type Piece } from './told.ts';
import { fillIn, type Message, type Values } from './translate.ts';

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, Message>;
/** The messages of another language. A missing one is shown in English; `npm test -- translations` lists them. */
export type Translation = Partial<Messages>;

const loaders: Record<Language, () => Promise<Translation>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./messages/de.ts')).de,
  es: async () => (await import('./messages/es.ts')).es,
  it: async () => (await import('./messages/it.ts')).it,
  ja: async () => (await import('./messages/ja.ts')).ja,
};

/** What host and workers tell is English by itself. */
const catalogues: Record<Exclude<Language, 'en'>, () => Promise<Catalogue>> = {
  de: async () => (await import('./told/de.ts')).de,
  es: async () => (await import('./told/es.ts')).es,
  it: async () => (await import('./told/it.ts')).it,
  ja: async () => (await import('./told/ja.ts')).ja,
};

export const languages = Object.keys(loaders) as Language[];

/** The first language of the system that the window speaks. */
export function systemLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = languages.find((one) => tag.toLowerCase().split('-')[0] === one);
    if (language) return language;
  }
  return 'en';
}

/** The language of the window: its messages, and how it writes numbers. */
export class I18n {
  #language = $state<Language>('en');
  #messages = $state.raw<Messages>(en);
  #catalogue = $state.raw<Catalogue | null>(null);
  #formats = $state.raw(new Formats('en'));

  get language(): Language {
    return this.#language;
  }

  get format(): Formats {
    return this.#formats;
  }

  async choose(preference: Preferences['language'], system: readonly string[]): Promise<void> {
    const language = preference === 'system' ? systemLanguage(system) : preference;
    const [translation, catalogue] = await Promise.all([
      loaders[language](),
      language === 'en' ? null : catalogues[language](),
    ]);
    this.#messages = { ...en, ...translation };
    this.#catalogue = catalogue;
    this.#language = language;
    // The system's own region, where it is of the same language, decides how numbers and dates are written.
    this.#formats = new Formats(system.find((tag) => tag.toLowerCase().startsWith(language)) ?? language);
  }

  /** The message of a key in the language of the window. */
  t = (key: MessageKey, values: Values = {}): string => fillIn(this.#messages[key], values, this.#formats);

  /** As {@link t} for a key made at run time; the fallback where there is no such message. */
  maybe = (key: string, fallback: string): string =>
    Object.hasOwn(this.#messages, key) ? fillIn(this.#messages[key as MessageKey], {}, this.#formats) : fallback;

  /** What host or workers tell, in the language of the window as far as it is translated. */
  told = (text: Text): Piece[] => translate(text, this.#catalogue, (value) => this.#formats.plain(value));

  /** As {@link told}, where only text can be shown. */
  toldText = (text: Text): string =>
    this.told(text)
      .map((piece) => piece.text)
      .join('');

  /** What is wrong with the name of something new; undefined where nothing is. */
  nameProblem = (name: string, rules: NameRules): string | undefined => {
    const problem = nameProblem(name.normalize('NFC'), rules);
    return problem === null ? undefined : this.toldText(told`A name ${problem}.`);
  };

  /** Whether the window can say a sentence in its language. */
  knows = (text: Text): boolean => isTranslated(text, this.#catalogue);
}
