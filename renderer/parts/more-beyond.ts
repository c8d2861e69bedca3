/** How far content may reach beyond its room, in pixels: less is rounding. */
const LEAST = 2;

/** On which sides of a scrolled element there is more; '' for none. */
export function sidesWithMore(
  element: Pick<HTMLElement, 'scrollLeft' | 'scrollWidth' | 'clientWidth'>,
): '' | 'left' | 'right' | 'both' {
  const beyond = element.scrollWidth - element.clientWidth;
  // From right to left the place is counted down from 0.
  const left = element.scrollLeft < 0 ? beyond + element.scrollLeft : element.scrollLeft;
  const [hasLeft, hasRight] = [left >= LEAST, beyond - left >= LEAST];
  return hasLeft ? (hasRight ? 'both' : 'left') : hasRight ? 'right' : '';
}

/** Fades the edges of what is scrolled sideways where more of it lies; the style sheet has the rest. */
export function showMoreBeyond(element: HTMLElement): () => void {
  const update = () => (element.dataset.more = sidesWithMore(element));
  element.addEventListener('scroll', update, { passive: true });
  // It tells the size at once, when the page is laid out anyway; to ask for it now would lay it out twice.
  const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(update);
  if (!observer) update();
  observer?.observe(element);
  for (const child of element.children) observer?.observe(child);
  return () => {
    element.removeEventListener('scroll', update);
    observer?.disconnect();
  };
}
