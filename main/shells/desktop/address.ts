import type { WebFrameMain } from 'electron';

/** The window's page has its own address scheme: no port, nothing that another program could serve. */
export const scheme = 'hyena-studio';
const host = 'window';
export const pageAddress = `${scheme}://${host}/`;

/** Whether an address is one of the window's page. */
export function isOwnAddress(address: string): boolean {
  try {
    // The origin of a scheme that Node.js does not know is 'null': protocol and host are compared.
    const { protocol, hostname, username, password } = new URL(address);
    return protocol === `${scheme}:` && hostname === host && username === '' && password === '';
  } catch {
    return false;
  }
}

/** Whether a message comes from the window's own page: from no frame within it, and from no page that has gone. */
export const isOwnFrame = (frame: Pick<WebFrameMain, 'url' | 'parent'> | null): boolean =>
  frame !== null && frame.parent === null && isOwnAddress(frame.url);
