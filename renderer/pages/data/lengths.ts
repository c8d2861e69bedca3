/** A bin of a histogram of lengths: from inclusive to exclusive. */
export interface LengthBin {
  readonly from: number;
  readonly to: number;
  readonly documents: number;
}

/** The bins from the first to the last with those between that are empty: they double, as the records have them. */
export function contiguous(bins: readonly LengthBin[]): LengthBin[] {
  const all: LengthBin[] = [];
  for (const bin of bins) {
    for (let last = all.at(-1); last && last.to < bin.from; last = all.at(-1))
      all.push({ from: last.to, to: 2 * last.to, documents: 0 });
    all.push(bin);
  }
  return all;
}
