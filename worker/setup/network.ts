import { EnvHttpProxyAgent, fetch, type RequestInit, type Response } from 'undici';

let agent: EnvHttpProxyAgent | null = null;

/**
 * Asks a server, by way of the proxy that the environment names as other programs are told theirs: `HTTPS_PROXY`,
 * `HTTP_PROXY`, and `NO_PROXY` for the names that need none. Node's own `fetch` knows of none.
 */
export const request = (url: string, options: RequestInit): Promise<Response> =>
  fetch(url, { ...options, dispatcher: (agent ??= new EnvHttpProxyAgent()) });
