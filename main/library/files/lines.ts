/**
 * The lines of bytes that come in pieces, without their ends.
 *
 * @param longest the bytes of the longest line that is kept; for a longer one comes null
 */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  longest = Infinity,
): AsyncGenerator<Uint8Array | null> {
  let kept: Uint8Array[] = [];
  let length = 0;
  const take = (last: Uint8Array): Uint8Array | null => {
    const whole = length === 0 ? last : length + last.length > longest ? null : Buffer.concat([...kept, last]);
    kept = [];
    length = 0;
    return whole;
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, start)) {
      yield take(piece.subarray(start, end));
      start = end + 1;
    }
    if (start === piece.length) continue;
    length += piece.length - start;
    if (length > longest) kept = [];
    else kept.push(Uint8Array.from(piece.subarray(start)));
  }
  if (length > 0) yield take(new Uint8Array(0));
}
