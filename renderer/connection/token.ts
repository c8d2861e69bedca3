const key = 'hyena-studio.token';

/**
 * Moves the token from the address that the server printed (`/?token=...`) to the browser's storage, and out of the
 * address. Storage belongs to one origin, port included: no other server of this machine ever gets to see it, as it
 * would see a cookie. The token is worthless once the server has ended.
 */
export function takeToken(): void {
  const address = new URL(location.href);
  const token = address.searchParams.get('token');
  if (token === null) return;
  localStorage.setItem(key, token);
  address.searchParams.delete('token');
  history.replaceState(null, '', `${address.pathname}${address.search}${address.hash}`);
}

/** The token of the server that this page came from; empty if no page was opened with it. */
export const currentToken = (): string => localStorage.getItem(key) ?? '';

/** Calls back when another tab was opened with a new token. */
export function onNewToken(callback: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === key && event.newValue !== null) callback();
  });
}

/** The header that shows the token. */
export const tokenHeader = (): Record<string, string> => ({ Authorization: `Bearer ${currentToken()}` });
