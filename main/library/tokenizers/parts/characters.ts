/** Classes of characters as Rust's standard library, its regex crate and Hugging Face's tokenizers have them. */

export const whiteSpace = '\\p{White_Space}';
export const wordCharacter = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';
/** ASCII's punctuation and symbols, and what Unicode calls punctuation. */
export const punctuation = '!-\\/:-@\\[-`\\{-~\\p{P}';

/** Lower case of each character by itself: no final sigma. */
export function lowerCase(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase();
  let lower = '';
  for (const character of text) lower += character.toLowerCase();
  return lower;
}

export const trimStart = (text: string): string => text.replace(/^\p{White_Space}+/u, '');
export const trimEnd = (text: string): string => text.replace(/(?<!\p{White_Space})\p{White_Space}+$/u, '');
