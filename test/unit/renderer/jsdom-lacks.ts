/** What browsers have and jsdom does not: the top layer. Here a panel in it is where it is in the document. */
HTMLElement.prototype.showPopover ??= () => undefined;

export {};
