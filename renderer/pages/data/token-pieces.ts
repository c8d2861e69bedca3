import type { ShownToken } from '../../../main/contract/datasets.ts';

/** A part of tokens as it is drawn. */
export type TokenPiece =
  /** Whole characters of one token. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly token: number;
      readonly id: number;
      readonly learned: boolean;
    }
  /** One character over the bytes that make it, each stretch of them by the token that it belongs to. */
  | {
      readonly kind: 'character';
      readonly text: string;
      readonly learned: boolean;
      readonly bytes: readonly { readonly token: number; readonly id: number; readonly hex: string }[];
    };

type Token = ShownToken & { learned?: boolean | undefined };

/** How many bytes the character has that begins with a byte; 1 for what begins none. */
const lengthFrom = (lead: number): number =>
  lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;

/** Tokens with their characters whole: those that are divided between tokens are put together from their bytes. */
export function tokenPieces(tokens: readonly Token[]): TokenPiece[] {
  const pieces: TokenPiece[] = [];
  for (let at = 0; at < tokens.length;) {
    const { id, text, bytes, learned } = tokens[at];
    if (bytes === undefined) {
      pieces.push({ kind: 'text', text, token: at++, id, learned: learned !== false });
      continue;
    }
    let end = at;
    while (end < tokens.length && tokens[end].bytes !== undefined) end++;
    pieces.push(...run(tokens, at, end));
    at = end;
  }
  return pieces;
}

function run(tokens: readonly Token[], from: number, to: number): TokenPiece[] {
  const owners: number[] = [];
  const values: number[] = [];
  for (let token = from; token < to; token++)
    for (const [hex] of (tokens[token].bytes ?? '').matchAll(/[0-9A-F]{2}/gi)) {
      owners.push(token);
      values.push(Number.parseInt(hex, 16));
    }
  const pieces: TokenPiece[] = [];
  for (let at = 0; at < values.length;) {
    const { text, length } = characterAt(values, at);
    const [first, last] = [owners[at], owners[at + length - 1]];
    const { id } = tokens[first];
    const learned = tokens.slice(first, last + 1).some((token) => token.learned !== false);
    const before = pieces.at(-1);
    if (text !== '' && first === last) {
      if (before?.kind === 'text' && before.token === first)
        pieces[pieces.length - 1] = { ...before, text: before.text + text };
      else pieces.push({ kind: 'text', text, token: first, id, learned });
    } else {
      const bytes: { token: number; id: number; hex: string }[] = [];
      for (let index = at; index < at + length; index++) {
        const hex = values[index].toString(16).toUpperCase().padStart(2, '0');
        const own = bytes.at(-1);
        if (own?.token === owners[index]) own.hex += ` ${hex}`;
        else bytes.push({ token: owners[index], id: tokens[owners[index]].id, hex });
      }
      pieces.push({ kind: 'character', text, learned, bytes });
    }
    at += length;
  }
  return pieces;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The character at a byte; bytes that make none have no text. */
function characterAt(values: readonly number[], at: number): { text: string; length: number } {
  const length = Math.min(lengthFrom(values[at]), values.length - at);
  try {
    return { text: strict.decode(Uint8Array.from(values.slice(at, at + length))), length };
  } catch {
    // The beginning of a character that breaks off, or a byte of none.
    let broken = 1;
    while (broken < length && (values[at + broken] & 0xc0) === 0x80) broken++;
    return { text: '', length: broken };
  }
}
