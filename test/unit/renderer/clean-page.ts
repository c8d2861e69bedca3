import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

/** Files share one page: each test leaves it empty. */
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  location.hash = '';
});
