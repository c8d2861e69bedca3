import type { Vocabulary } from './model.ts';

/** How vocabularies write a byte as its own token. */
const byteToken = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;

/** @returns the ids of a text's bytes, null if one of them has none */
export function byteIds(vocabulary: Vocabulary): (text: string) => number[] | null {
  const ids = Array.from({ length: 256 }, (_, byte) => vocabulary.get(byteToken(byte)));
  return (text) => {
    const found: number[] = [];
    for (const byte of Buffer.from(text, 'utf8')) {
      const id = ids[byte];
      if (id === undefined) return null;
      found.push(id);
    }
    return found;
  };
}
