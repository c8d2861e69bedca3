import { languages } from '../../main/contract/messages/language.ts';
import type { Preferences } from '../../main/contract/preferences.ts';
import { themes } from '../../main/contract/themes.ts';

type Look = Pick<Preferences, 'language' | 'theme'>;

const key = 'hyena-studio.look';

/** The language and the theme that were shown last in this browser; nothing where none is known. */
export function recalledLook(): Partial<Look> {
  const [language, theme] = (localStorage.getItem(key) ?? '').split(' ');
  const look: Partial<Look> = {};
  const knownLanguage = (['system', ...languages] as const).find((one) => one === language);
  const knownTheme = themes.find((one) => one === theme);
  if (knownLanguage) look.language = knownLanguage;
  if (knownTheme) look.theme = knownTheme;
  return look;
}

export const keepLook = ({ language, theme }: Look): void => localStorage.setItem(key, `${language} ${theme}`);
