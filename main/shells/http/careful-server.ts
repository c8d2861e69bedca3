import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A client may be slow, not forever: a local program must not be able to hold every socket of the server. */
const headerSeconds = 10;
const mostConnections = 512;
/** How long a refused client may take to read its refusal. */
const refusalSeconds = 2;

/** What a client is told whose request could not be read. */
type UnreadableStatus = 400 | 408 | 431;

const statusOfUnreadable: Readonly<Record<string, UnreadableStatus>> = {
  // A browser opens connections in advance. On 408 it repeats a request that crossed with the end of an idle one.
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * An HTTP server that no client can end: every socket has an error listener for as long as it lives, malformed
 * requests are answered with 400, and headers must arrive within {@link headerSeconds}, else 408 is the answer.
 *
 * @param answer must not throw; bodies and answers may take as long as they need
 * @param refusal the JSON that a request is answered with which could not be read; left out: nothing
 */
export function createCarefulServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  refusal: (status: UnreadableStatus) => string = () => '',
): Server {
  const server = createServer(
    { headersTimeout: headerSeconds * 1000, requestTimeout: 0, connectionsCheckingInterval: 2000 },
    (request, response) => {
      // A reset connection is an error of the response, too.
      response.on('error', () => response.destroy());
      answer(request, response);
    },
  );
  server.maxConnections = mostConnections;
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statusOfUnreadable[error.code ?? ''] ?? 400;
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else refuseSocket(socket, status, refusal(status));
  });
  return server;
}

const reasons = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
} as const;

/** Answers a socket that is not, or not yet, a response's, and closes it even if the client never does. */
export function refuseSocket(socket: Duplex, status: keyof typeof reasons, json = ''): void {
  socket.on('error', () => socket.destroy());
  const timer = setTimeout(() => socket.destroy(), refusalSeconds * 1000);
  socket.once('close', () => clearTimeout(timer));
  // What the client still sends is read and dropped: unread bytes would reset the connection before the answer arrives.
  socket.resume();
  const type = json === '' ? '' : 'Content-Type: application/json\r\n';
  const head = `HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\n${type}`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  socket.once('finish', () => setTimeout(() => socket.destroy(), 50).unref());
}

/** The address that a request names, or null for one that cannot be parsed. */
export function addressOf(request: IncomingMessage): URL | null {
  const target = request.url ?? '/';
  // An origin-form target: `//host/path` is a path here, not another host.
  const address = `http://127.0.0.1${target.startsWith('/') ? target : `/${target}`}`;
  return URL.canParse(address) ? new URL(address) : null;
}

/** The decoded parts of a path, or null where an escape is malformed (`%`, `%E0%A4`). */
export function pathParts(pathname: string): string[] | null {
  try {
    return pathname.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}
