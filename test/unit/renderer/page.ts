import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

// What browsers have and jsdom does not: the top layer. Here a panel in it is where it is in the document.
if (!('showPopover' in HTMLElement.prototype))
  Object.defineProperty(HTMLElement.prototype, 'showPopover', { value: () => undefined });

/** Files share one page: each test leaves it empty. */
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  location.hash = '';
});
