/**
 * UTF-8 whose characters beyond the basic plane are two surrogates of three bytes each (CESU-8, as Java and some databases
 * write it), with these as the four bytes of UTF-8.
 *
 * @returns the same bytes if there are none
 */
export function joinSurrogates(bytes: Uint8Array): { bytes: Uint8Array; count: number } {
  const pairs: number[] = [];
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if (!isSurrogate(bytes, at, 0xa0) || !isSurrogate(bytes, at + 3, 0xb0)) continue;
    pairs.push(at);
    at += 5;
  }
  if (pairs.length === 0) return { bytes, count: 0 };
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const at of pairs) {
    parts.push(bytes.subarray(from, at));
    const unit = (place: number) => 0xd000 | ((bytes[place + 1] & 0x3f) << 6) | (bytes[place + 2] & 0x3f);
    parts.push(Buffer.from(String.fromCharCode(unit(at), unit(at + 3)), 'utf8'));
    from = at + 6;
  }
  parts.push(bytes.subarray(from));
  return { bytes: Buffer.concat(parts), count: pairs.length };
}

const isSurrogate = (bytes: Uint8Array, at: number, second: number): boolean =>
  bytes[at] === 0xed && (bytes[at + 1] & 0xf0) === second && (bytes[at + 2] & 0xc0) === 0x80;
