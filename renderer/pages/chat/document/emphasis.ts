/** A piece of a text, and whether it is a word of the question. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

const word = /[\p{L}\p{N}]+/gu;

/** A text with the words that a question shares with it, or that begin alike. */
export function emphasised(text: string, question: string): Piece[] {
  const wanted = (question.toLowerCase().match(word) ?? []).filter(
    (one) => one.length > 2 || /[^\p{ASCII}]/u.test(one),
  );
  if (wanted.length === 0) return [{ text, hit: false }];
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(word)) {
    const one = match[0].toLowerCase();
    if (!wanted.some((other) => one === other || (other.length > 3 && one.startsWith(other)))) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), hit: false });
    pieces.push({ text: match[0], hit: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}
