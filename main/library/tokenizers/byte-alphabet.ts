/**
 * The visible characters that stand for the 256 bytes in byte-level vocabularies (GPT-2's `bytes_to_unicode`): printable
 * Latin-1 stands for itself, the other bytes for the characters from U+0100 on, in order.
 */
const isVisible = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);

/** The character of each byte. */
export const byteCharacters: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : next++));
})();

/** The byte of each character. */
export const characterBytes: ReadonlyMap<string, number> = new Map(
  byteCharacters.map((character, byte) => [character, byte]),
);

/** The bytes in the order of their characters: the order of GPT-2's first 256 ids. */
export const alphabetOrder: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte).sort(
  (a, b) => byteCharacters[a].charCodeAt(0) - byteCharacters[b].charCodeAt(0),
);

/** The bytes as they are written in a vocabulary. */
export function bytesToCharacters(bytes: ArrayLike<number>): string {
  let text = '';
  for (let index = 0; index < bytes.length; index++) text += byteCharacters[bytes[index]];
  return text;
}

/** The bytes of a vocabulary's entry, or null where it holds a character that stands for none. */
export function charactersToBytes(characters: string): Uint8Array | null {
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < characters.length; index++) {
    const byte = characterBytes.get(characters[index]);
    if (byte === undefined) return null;
    bytes[index] = byte;
  }
  return bytes;
}
