/** What browsers have and jsdom does not: the top layer. Here a panel in it is where it is in the document. */
if (!('showPopover' in HTMLElement.prototype))
  Object.defineProperty(HTMLElement.prototype, 'showPopover', { value: () => undefined });

export {};
