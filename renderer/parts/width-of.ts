import type { Attachment } from 'svelte/attachments';

/** Tells the width of an element, pixels, now and whenever it changes; nothing where that cannot be observed. */
export const widthOf =
  (tell: (width: number) => void): Attachment<HTMLElement> =>
  (element) => {
    tell(element.clientWidth);
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => tell(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  };
