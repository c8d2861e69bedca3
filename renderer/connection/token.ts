const key = 'hyena-studio.token';

/**
 * Moves the token from the address that the server printed (`/?token=...`) to the storage of this tab, and out of the
 * address. Session storage belongs to one origin, port included: no other server of this machine ever gets to see it.
 */
export function takeToken(): void {
  const address = new URL(location.href);
  const token = address.searchParams.get('token');
  if (token === null) return;
  sessionStorage.setItem(key, token);
  address.searchParams.delete('token');
  history.replaceState(null, '', `${address.pathname}${address.search}${address.hash}`);
}

/** The token of the server that this page came from; empty if the page was opened without it. */
export const currentToken = (): string => sessionStorage.getItem(key) ?? '';

/** The header that shows the token. */
export const tokenHeader = (): Record<string, string> => ({ Authorization: `Bearer ${currentToken()}` });
