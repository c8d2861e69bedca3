import { toRegExp, toRegExpDetails } from 'oniguruma-to-es';
import { messageOf } from '../../../contract/errors.ts';
import { msg } from '../../../contract/message.ts';
import type { ConfigPart } from './part.ts';

/** `\w` in Oniguruma: of the other numbers only those of Latin-1. The translation has all of them. */
const onigurumaWord = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\xb2\\xb3\\xb9\\xbc-\\xbe';
const translatedWord = '\\p{L}\\p{M}\\p{N}\\p{Pc}';

/** A stretch of a text, and whether the pattern matched there. */
interface PatternMatch {
  readonly text: string;
  readonly matches: boolean;
}

export const splitBehaviors = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'] as const;
export type SplitBehavior = (typeof splitBehaviors)[number];

/**
 * The pattern of a part: `{"String": …}` means just that, `{"Regex": …}` is in Oniguruma's language.
 *
 * @returns a global expression
 */
export function patternOf(part: ConfigPart, key = 'pattern'): RegExp {
  const given = part.get(key);
  const pattern = typeof given === 'string' ? { String: given } : given;
  if (typeof pattern !== 'object' || pattern === null) throw part.refuse(key);
  const { String: literal, Regex: source } = pattern as Record<string, unknown>;
  if (typeof literal === 'string') return new RegExp(literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gu');
  if (typeof source !== 'string') throw part.refuse(key);
  try {
    const { pattern, flags, options } = toRegExpDetails(source, { global: true });
    // Some patterns need more than a native expression has.
    if (options) return toRegExp(source, { global: true });
    return new RegExp(pattern.replaceAll(translatedWord, onigurumaWord), flags);
  } catch (cause) {
    throw part.wrong(msg`pattern ${source} is not supported (${messageOf(cause)})`);
  }
}

/** The whole text in stretches that match and stretches that do not. */
function patternMatches(text: string, pattern: RegExp): PatternMatch[] {
  const stretches: PatternMatch[] = [];
  let end = 0;
  let lastMatch = -1;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index } = match;
    const { length } = match[0];
    if (length === 0) {
      pattern.lastIndex = index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
      // An empty match right behind another does not count.
      if (index === lastMatch) {
        if (index >= text.length) break;
        continue;
      }
    }
    if (index > end) stretches.push({ text: text.slice(end, index), matches: false });
    stretches.push({ text: match[0], matches: true });
    end = lastMatch = index + length;
    if (index >= text.length) break;
  }
  if (end < text.length) stretches.push({ text: text.slice(end), matches: false });
  return stretches;
}

/** Divides a text at the matches of a pattern; what is empty is left out. */
export function splitBy(text: string, pattern: RegExp, behavior: SplitBehavior, invert = false): string[] {
  let stretches = patternMatches(text, pattern);
  if (invert) stretches = stretches.map((stretch) => ({ ...stretch, matches: !stretch.matches }));
  return divide(stretches, behavior).filter((piece) => piece !== '');
}

function divide(stretches: readonly PatternMatch[], behavior: SplitBehavior): string[] {
  const pieces: string[] = [];
  let previous = false;
  switch (behavior) {
    case 'Isolated':
      return stretches.map(({ text }) => text);
    case 'Removed':
      return stretches.filter(({ matches }) => !matches).map(({ text }) => text);
    case 'Contiguous':
      for (const { text, matches } of stretches) {
        if (matches === previous && pieces.length > 0) pieces[pieces.length - 1] += text;
        else pieces.push(text);
        previous = matches;
      }
      return pieces;
    case 'MergedWithPrevious':
      for (const { text, matches } of stretches) {
        if (matches && !previous && pieces.length > 0) pieces[pieces.length - 1] += text;
        else pieces.push(text);
        previous = matches;
      }
      return pieces;
    case 'MergedWithNext':
      for (const { text, matches } of stretches.toReversed()) {
        if (matches && !previous && pieces.length > 0) pieces[pieces.length - 1] = text + pieces[pieces.length - 1];
        else pieces.push(text);
        previous = matches;
      }
      return pieces.reverse();
  }
}
