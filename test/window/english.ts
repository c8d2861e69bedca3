import {
  englishCatalogues,
  formatMessage,
  numberFormatter,
  type MessageKey,
} from '../../main/contract/messages/language.ts';
import type { Values } from '../../main/contract/messages/template.ts';

const writing = { locale: 'en', number: numberFormatter('en') };

/** What the window says in English for a key: a test that waits for it does not depend on how it is worded. */
export const english = (key: MessageKey, values: Values = {}): string =>
  formatMessage(englishCatalogues, key, values, writing);
