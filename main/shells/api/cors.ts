import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOwnHost } from '../server/guard.ts';
import { ApiError } from './errors.ts';

/** Headers that pages may send where a browser does not say which. */
const defaultHeaders = 'Authorization, Content-Type';
const methods = 'GET, HEAD, POST, OPTIONS';

/** Whether an origin is a page of this machine, on any port. */
function isOwnPage(origin: string): boolean {
  const host = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1];
  return isOwnHost(host);
}

/**
 * What pages in browsers may ask: those of this machine, and those whose origins are allowed. A page needs the token
 * all the same; a program that is not a browser is not concerned.
 */
export class Cors {
  readonly #allowed: ReadonlySet<string>;

  /** @param allowed origins, as `https://chat.example`; `*` for all */
  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, '')));
  }

  allows(origin: string): boolean {
    return this.#allowed.has('*') || this.#allowed.has(origin.toLowerCase()) || isOwnPage(origin);
  }

  /** Sets what a browser needs to show any answer to the page, an error too. */
  mark(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !this.allows(origin)) return;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id');
  }

  /**
   * Answers the question that a browser asks before a page's request, which carries no token.
   *
   * @throws ApiError 403 for an origin that is not allowed
   */
  preflight(request: IncomingMessage, response: ServerResponse): void {
    const { headers } = request;
    if (headers.origin !== undefined && !this.allows(headers.origin))
      throw new ApiError(
        403,
        `Pages of ${headers.origin} are not allowed. Allow them with: hyena serve --api --allow-origin ORIGIN`,
        {
          code: 'origin_not_allowed',
        },
      );
    const requested = headers['access-control-request-headers'];
    response.setHeader('Vary', 'Origin, Access-Control-Request-Headers');
    response.setHeader('Access-Control-Allow-Methods', methods);
    response.setHeader(
      'Access-Control-Allow-Headers',
      requested !== undefined && /^[\w!#$%&'*+.^`|~, -]+$/.test(requested) ? requested : defaultHeaders,
    );
    response.setHeader('Access-Control-Max-Age', '600');
    if (headers['access-control-request-private-network'] === 'true')
      response.setHeader('Access-Control-Allow-Private-Network', 'true');
    response.writeHead(204, { Allow: methods }).end();
  }
}

/** An origin as a person gives it. @returns null for what is none */
export function readOrigin(text: string): string | null {
  if (text === '*' || text === 'null') return text;
  try {
    const url = new URL(text);
    if (url.pathname.length > 1 || url.search !== '' || url.hash !== '' || url.username !== '') return null;
    return url.origin === 'null' ? text.replace(/\/$/, '') : url.origin;
  } catch {
    return null;
  }
}
