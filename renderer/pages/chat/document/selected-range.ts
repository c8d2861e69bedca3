import type { MarkedRange } from './spans.ts';

/** A stretch of the text that a person has selected, and where it is on the screen. */
export interface SelectedPassage extends MarkedRange {
  readonly text: string;
  readonly box: DOMRect;
}

/**
 * What is selected within an element that shows a text in spans, each of which names the position of its first character.
 * A selection that ends between spans ends with the one before.
 */
export function selectedPassage(within: HTMLElement): SelectedPassage | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!within.contains(range.commonAncestorContainer)) return null;
  const touched = [...within.querySelectorAll<HTMLElement>('[data-at]')].filter((span) => range.intersectsNode(span));
  const [first, last] = [touched.at(0), touched.at(-1)];
  if (!first || !last) return null;
  const offsetIn = (span: HTMLElement, node: Node, offset: number) =>
    node === span.firstChild && node instanceof Text ? offset : null;
  const start = Number(first.dataset.at) + (offsetIn(first, range.startContainer, range.startOffset) ?? 0);
  const end =
    Number(last.dataset.at) + (offsetIn(last, range.endContainer, range.endOffset) ?? last.textContent?.length ?? 0);
  const text = range.toString();
  if (end <= start || text.trim() === '') return null;
  // Spaces about a passage are no part of it.
  const lead = text.length - text.trimStart().length;
  const trail = text.length - text.trimEnd().length;
  return { start: start + lead, end: end - trail, text: text.trim(), box: range.getBoundingClientRect() };
}
