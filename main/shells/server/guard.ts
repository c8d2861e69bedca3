import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may speak to the server: the same machine, the same page, with the token of this start. */
const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that does not tell how much was right. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

/** The host name of a Host header or of an address, without the port. */
const nameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/**
 * Whether the Host header names this machine's loopback: a page elsewhere whose name was pointed here (DNS rebinding)
 * names itself. Any port will do, for tunnels.
 */
export function isOwnHost(host: string | undefined): boolean {
  return host !== undefined && /^[^\s/@]+$/.test(host) && ownNames.has(nameOf(host));
}

/** Whether a request comes from a page of this server, or from no page at all where that is allowed. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, required: boolean): boolean {
  if (origin === undefined) return !required;
  return host !== undefined && isOwnHost(host) && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** The value of one cookie. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** One cookie a port, since browsers keep cookies by host name alone. */
export const cookieName = (port: number): string => `hyena-studio-${port}`;

/** Whether the request carries the token in its cookie. */
export function hasToken(request: IncomingMessage, port: number, token: string): boolean {
  const given = readCookie(request.headers.cookie, cookieName(port));
  return given !== undefined && sameSecret(given, token);
}
