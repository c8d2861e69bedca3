import {
  loadLanguage,
  localeOf,
  numberFormatter,
  formatMessage,
  translate,
  type MessageKey,
} from '../../contract/messages/language.ts';
import type { Values } from '../../contract/messages/template.ts';
import type { Preferences } from '../../contract/preferences.ts';
import type { MessageLike } from '../../contract/message.ts';

/** What the desktop says outside of the page: its menu, its questions, its notifications. */
export interface DesktopLanguage {
  (key: MessageKey, values?: Values): string;
  /** What host or workers report, as far as it is translated. */
  localize(text: MessageLike): string;
}

/**
 * Messages in the language that a person chose, or in the first of the system's that there is.
 *
 * @param system languages of the system, the preferred first, such as `de-AT`
 */
export async function loadDesktopLanguage(
  preference: Preferences['language'],
  system: readonly string[],
): Promise<DesktopLanguage> {
  const catalogues = await loadLanguage(preference, system);
  const locale = localeOf(catalogues.language, system);
  const writing = { locale, number: numberFormatter(locale) };
  const sentence = (text: MessageLike): string =>
    translate(text, catalogues.sentences, writing)
      .map((piece) => piece.text)
      .join('');
  return Object.assign((key: MessageKey, values: Values = {}) => formatMessage(catalogues, key, values, writing), {
    localize: sentence,
  });
}
