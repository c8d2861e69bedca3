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
