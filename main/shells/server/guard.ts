import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { protocolName, tokenProtocol } from '../../contract/session.ts';

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

/**
 * Whether a request carries the token, in a header that the page sets for this server alone. A cookie would do worse:
 * browsers send it to every port of the same host.
 */
export function hasToken(request: IncomingMessage, token: string): boolean {
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  return given !== undefined && sameSecret(given, token);
}

/** As {@link hasToken} for a WebSocket, whose only header that a page can set is the list of its protocols. */
export function socketHasToken(request: IncomingMessage, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  return offered.includes(protocolName) && offered.some((one) => sameSecret(one, tokenProtocol(token)));
}
