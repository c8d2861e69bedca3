/**
 * Places labels at the ends of lines: as near to where each belongs as possible, in their order, none over another,
 * all within the area.
 *
 * @param wanted heights in pixels
 * @param gap least distance of two neighbours
 */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  const placed = wanted.map((height) => Math.min(bottom, Math.max(top, height)));
  let floor = -Infinity;
  for (const index of order) {
    placed[index] = Math.max(placed[index], floor);
    floor = placed[index] + gap;
  }
  let ceiling = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index], ceiling);
    ceiling = placed[index] - gap;
  }
  return placed;
}

/**
 * Places as many labels as the area has room for: all of them where they fit, else those that need not move, from the
 * top down; null for the others.
 */
export function placeLabels(wanted: readonly number[], gap: number, top: number, bottom: number): (number | null)[] {
  if (wanted.length * gap <= bottom - top + gap) return spreadLabels(wanted, gap, top, bottom);
  const placed: (number | null)[] = wanted.map(() => null);
  let free = top;
  for (const index of wanted.map((_, one) => one).sort((a, b) => wanted[a] - wanted[b])) {
    const height = Math.max(top, wanted[index]);
    if (height < free || height > bottom) continue;
    placed[index] = height;
    free = height + gap;
  }
  return placed;
}
