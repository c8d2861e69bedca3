/** How the projected channels of a Hyena block lie: which of the three parts, and which channel of it. */
export interface ProjectionLayout {
  readonly width: number;
  readonly heads: number;
  /** The three parts of each head one after another (StripedHyena 1, Evo 1), instead of each part as a whole. */
  readonly byHead: boolean;
  /** Channel by channel (Evo 2): x2, x1 and v of each. */
  readonly interleaved: boolean;
  /** x1 and x2 are exchanged. */
  readonly flipped: boolean;
}

/** Where a row of [x2 | x1 | v] lies in a published file. */
export function projectionRow({ width, heads, byHead, interleaved, flipped }: ProjectionLayout) {
  const perHead = width / heads;
  return (row: number): number => {
    const written = Math.floor(row / width);
    const part = flipped && written < 2 ? 1 - written : written;
    const channel = row % width;
    const head = Math.floor(channel / perHead);
    const place = byHead ? head * 3 * perHead + part * perHead + (channel % perHead) : part * width + channel;
    return interleaved ? 3 * (place % width) + Math.floor(place / width) : place;
  };
}

/** Where a row of [Q | K | V] lies in a file that has the three of each head one after another (Evo 2). */
export function attentionRow(width: number, heads: number) {
  const perHead = width / heads;
  return (row: number): number => {
    const part = Math.floor(row / width);
    const channel = row % width;
    const head = Math.floor(channel / perHead);
    return head * 3 * perHead + part * perHead + (channel % perHead);
  };
}
