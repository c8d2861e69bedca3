import { isUtf8 } from 'node:buffer';

/** Bytes of a UTF-8 sequence by its first byte; 1 for what begins none. */
const sequenceLength = (lead: number): number =>
  lead > 0xf4 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;

/** How many bytes from the start end with a whole character; what follows is the beginning of one. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Sequences that are not valid UTF-8. */
export function countInvalid(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return 0;
  const replaced = (new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).match(/\ufffd/g) ?? []).length;
  let genuine = 0;
  for (let at = 0; at + 2 < bytes.length; at++)
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) genuine++;
  return replaced - genuine;
}
