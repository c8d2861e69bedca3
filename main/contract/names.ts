import { joinMessages, msg, type Message } from './message.ts';

/**
 * Names of data sets and runs. A name is the name of one folder on every system, so it is limited in bytes, as file
 * systems do it, and normalised: `ä` is one letter, however it was typed. Free of Node: the window checks with it too.
 */
export interface NameRules {
  /** What a name may contain, as a sentence. */
  readonly allowed: Message;
  /** The first letter, and any letter. */
  readonly first: RegExp;
  readonly any: RegExp;
}

// Joiners stand between letters of Indic and Arabic scripts.
export const datasetNames: NameRules = {
  allowed: msg`Names may contain only letters, digits, dots, hyphens, underscores and spaces.`,
  first: /^[\p{L}\p{N}_]/u,
  any: /^[\p{L}\p{M}\p{N}_. \u200c\u200d-]$/u,
};
export const runNames: NameRules = {
  allowed: msg`Names may contain only letters, digits, dots, hyphens and underscores.`,
  first: /^[\p{L}\p{N}]/u,
  any: /^[\p{L}\p{M}\p{N}._\u200c\u200d-]$/u,
};

/** How long a name may be: in characters as people count, and in bytes as file systems do. */
interface Longest {
  readonly characters: number;
  readonly bytes: number;
}
/** File systems take 255 bytes; a name that is being written, numbered or removed is longer for a while. */
export const longestNewName: Longest = { characters: 100, bytes: 200 };
export const longestName: Longest = { characters: 100, bytes: 255 };

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/** What is wrong with a name, as a sentence; null if it is valid. */
export function nameProblem(name: string, rules: NameRules, longest = longestNewName): Message | null {
  if (name === '') return msg`Names must contain at least one letter or digit.`;
  const bytes = bytesOf(name);
  if (bytes > longest.bytes) return msg`Names are limited to ${longest.bytes} bytes of UTF-8; this one has ${bytes}.`;
  const characters = [...name].length;
  if (characters > longest.characters)
    return msg`Names are limited to ${longest.characters} characters; this one has ${characters}.`;
  const strange = [...name].find((letter) => !rules.any.test(letter));
  if (strange !== undefined) return joinMessages([rules.allowed, msg`Invalid character: ${shown(strange)}`]);
  if (!rules.first.test(name)) return msg`Names must start with a letter or digit.`;
  if (/[. \u200c\u200d]$/u.test(name)) return msg`Names must not end with a dot, a space or a joiner.`;
  if (reserved.test(name)) return msg`The name ${name.split('.')[0]} is reserved by Windows.`;
  return null;
}

/** A character so that it can be seen. */
const shown = (letter: string): string =>
  /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(letter)
    ? `'${letter}'`
    : `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** By what names are compared: systems disagree on whether `Run` and `run` are the same, so here they are. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** As much of a text as fits into this many bytes of UTF-8, without cutting what a reader takes for one letter. */
export function truncateName(text: string, bytes: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (bytesOf(kept) + bytesOf(segment) > bytes) break;
    kept += segment;
  }
  return kept;
}
