import type { ReadingPlace } from '../../../../main/contract/documents.ts';

/**
 * Where a reader is, measured in drawn text: heights of blocks that are not drawn are guesses and change with the
 * width of the page, so pixels say nothing for long.
 */

/** The character at a position of the text within a drawn block, and where it is on the screen. */
function boxOf(spans: readonly HTMLElement[], position: number): DOMRect | null {
  let [low, high] = [0, spans.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (startOf(spans[middle]) <= position) low = middle;
    else high = middle;
  }
  const node = spans.at(low)?.firstChild;
  if (!(node instanceof Text)) return null;
  let at = position - startOf(spans[low]);
  if (at < 0 || at >= node.length) return null;
  const unit = node.data.charCodeAt(at);
  if (unit >= 0xdc00 && unit < 0xe000 && at > 0) at--;
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  const box = range.getBoundingClientRect();
  return box.height > 0 ? box : null;
}

const startOf = (span: HTMLElement): number => Number(span.dataset.at);
const spansIn = (block: HTMLElement): HTMLElement[] => [...block.querySelectorAll<HTMLElement>('[data-at]')];

/**
 * The first line of a drawn block that ends below a height of the screen.
 *
 * @param edge where the text that is seen begins, pixels of the screen
 * @returns null where no line of the block does
 */
export function firstLine(block: HTMLElement, edge: number): ReadingPlace | null {
  const spans = spansIn(block);
  const last = spans.at(-1);
  if (!last) return null;
  const [first, end] = [startOf(spans[0]), startOf(last) + (last.textContent?.length ?? 0)];
  /** The first character from a position on that has a place; ends of lines may have none. */
  const placed = (from: number): { position: number; box: DOMRect } | null => {
    for (let position = from; position < end; position++) {
      const box = boxOf(spans, position);
      if (box) return { position, box };
    }
    return null;
  };
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = placed(middle);
    if (!found || found.box.bottom > edge + 1) high = middle;
    else low = found.position + 1;
  }
  const found = placed(low);
  if (!found || found.box.bottom <= edge + 1) return null;
  const fraction = (edge - found.box.top) / found.box.height;
  return { offset: found.position, fraction: Math.min(1, Math.max(-1, fraction)) };
}

/** Where a place stands on the screen; null where its block does not hold it. */
export function heightOfPlace(block: HTMLElement, { offset, fraction }: ReadingPlace): number | null {
  const spans = spansIn(block);
  // The end of a line may have no box of its own: then what stands before it.
  for (let position = offset; position > offset - 8 && position >= 0; position--) {
    const box = boxOf(spans, position);
    if (box) return box.top + fraction * box.height;
  }
  return null;
}
