import type { Language, Preferences } from '../../main/contract/preferences.ts';
import {
  englishCatalogues,
  isTranslated,
  loadLanguage,
  localeOf,
  formatMessage,
  translate,
  type Catalogues,
  type MessageKey,
  type MessageSpan,
} from '../../main/contract/messages/language.ts';
import type { Values } from '../../main/contract/messages/template.ts';
import { Formats } from './format.ts';
import { nameProblem, type NameRules } from '../../main/contract/names.ts';
import type { MessageLike } from '../../main/contract/message.ts';

export type { MessageKey };

/** The language of the window: its messages, and how it writes numbers. */
export class I18n {
  #catalogues = $state.raw<Catalogues>(englishCatalogues);
  #formats = $state.raw(new Formats('en'));

  get language(): Language {
    return this.#catalogues.language;
  }

  get format(): Formats {
    return this.#formats;
  }

  async choose(preference: Preferences['language'], system: readonly string[]): Promise<void> {
    const catalogues = await loadLanguage(preference, system);
    const locale = localeOf(catalogues.language, system);
    // Every text that is shown is made anew after a change.
    if (catalogues.language !== this.language) this.#catalogues = catalogues;
    if (locale !== this.#formats.locale) this.#formats = new Formats(locale);
  }

  /** The message of a key in the language of the window. */
  t = (key: MessageKey, values: Values = {}): string =>
    formatMessage(this.#catalogues, key, values, {
      locale: this.#formats.locale,
      number: (value) => this.#formats.exact(value),
    });

  /** As {@link t} for a key made at run time; the fallback where there is no such message. */
  maybe = (key: string, fallback: string): string =>
    Object.hasOwn(this.#catalogues.messages, key) || Object.hasOwn(englishCatalogues.messages, key)
      ? this.t(key as MessageKey)
      : fallback;

  /** What host or workers tell, in the language of the window as far as it is translated. */
  localize = (text: MessageLike): MessageSpan[] =>
    translate(text, this.#catalogues.sentences, {
      locale: this.#formats.locale,
      number: (value) => this.#formats.inSentence(value),
    });

  /** As {@link msg}, where only text can be shown. */
  localizeText = (text: MessageLike): string =>
    this.localize(text)
      .map((piece) => piece.text)
      .join('');

  /** What is wrong with the name of something new; undefined where nothing is. */
  nameProblem = (name: string, rules: NameRules): string | undefined => {
    const problem = nameProblem(name.normalize('NFC'), rules);
    return problem === null ? undefined : this.localizeText(problem);
  };

  /** Whether the window can say a sentence in its language. */
  knows = (text: MessageLike): boolean => isTranslated(text, this.#catalogues.sentences);
}
