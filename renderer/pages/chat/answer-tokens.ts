import type { AnswerToken } from '../../../main/contract/chats.ts';

/** A piece of an answer, with how it was drawn. */
export interface TokenPiece {
  readonly text: string;
  readonly probability: number;
  readonly others: AnswerToken['others'];
  /** How unlikely it was, 0 (likely) to 4. */
  readonly level: number;
}

const bounds = [0.8, 0.5, 0.2, 0.05];

/** How unlikely a token was, 0 to 4. */
const unlikeliness = (probability: number): number => bounds.filter((bound) => probability < bound).length;

/**
 * The text of an answer by its tokens. Tokens that only together are a character are one piece, as likely as all of them.
 * What no token is known for is one piece more, likely.
 */
export function tokenPieces(text: string, tokens: readonly AnswerToken[]): TokenPiece[] {
  const characters = [...text];
  const pieces: TokenPiece[] = [];
  let at = 0;
  let before = 1;
  for (const { width, probability, others } of tokens) {
    if (at >= characters.length) break;
    if (width === 0) {
      before *= probability;
      continue;
    }
    const together = before * probability;
    pieces.push({
      ...{ text: characters.slice(at, at + width).join(''), probability: together },
      ...{ others: before === 1 ? others : [], level: unlikeliness(together) },
    });
    at += width;
    before = 1;
  }
  if (at < characters.length)
    pieces.push({ text: characters.slice(at).join(''), probability: 1, others: [], level: 0 });
  return pieces;
}

/** A token as it can be seen: white space by its sign. */
export const visibleToken = (token: string): string =>
  token.replaceAll('\n', '⏎').replaceAll('\t', '⇥').replace(/^ | $/g, '␣') || '∅';
