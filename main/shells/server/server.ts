import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { HyenaError, type ErrorCode } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { Grant } from '../../contract/grants.ts';
import { protocolName, sessionAddress } from '../../contract/session.ts';
import { openChannel, type WindowHost } from '../../host/window/dispatcher.ts';
import { addressOf, createCarefulServer, pathParts, refuseSocket } from '../http/careful-server.ts';
import { escapeControls, RefusalLog } from '../http/refusals.ts';
import { securityHeaders } from '../page/policy.ts';
import { findStaticFile, readStaticFile } from '../page/static-files.ts';
import { hasToken, isOwnHost, isOwnOrigin, socketHasToken } from './guard.ts';
import { Uploads } from './uploads.ts';

export interface ServerOptions {
  host: WindowHost;
  /** Folder of the library; uploads are kept below it until the next start. */
  library: string;
  grant: (path: string, name: string) => Promise<Grant>;
  /** Folder of the built window. */
  files: string;
  /** 0: any free port. */
  port: number;
  /** Of this start; made up where absent. */
  token?: string | undefined;
  /** Called with requests that were turned away and of defects. */
  report: (error: HyenaError) => void;
}

export interface RunningServer {
  /** With the token: what a person opens. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** More than any request of the contract needs; uploads do not travel over the socket. */
const largestMessage = 4 * 1024 * 1024;
/** More windows than a person opens: each costs memory for what it follows. */
const mostWindows = 64;
const statusOf: Partial<Record<ErrorCode, number>> = {
  ...{ usage: 400, 'bad-input': 400, 'not-found': 404, 'already-exists': 409, interrupted: 400, 'disk-full': 507 },
};

class WindowServer {
  readonly #options: ServerOptions;
  readonly #token: string;
  readonly #uploads: Uploads;
  readonly #refusals: RefusalLog;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  #port = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#token = options.token ?? randomBytes(24).toString('base64url');
    this.#uploads = new Uploads(options.library, options.grant);
    this.#refusals = new RefusalLog(options.report);
    this.#sockets = new WebSocketServer({
      ...{ noServer: true, maxPayload: largestMessage, perMessageDeflate: false },
      handleProtocols: () => protocolName,
    });
    this.#server = createCarefulServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => this.#fail(response, error));
    });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  async listen(): Promise<RunningServer> {
    await this.#uploads.clear();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(explainListen(error, this.#options.port)));
      this.#server.listen(this.#options.port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    return {
      address: `http://127.0.0.1:${this.#port}/?token=${encodeURIComponent(this.#token)}`,
      port: this.#port,
      close: () => this.#close(),
    };
  }

  async #close(): Promise<void> {
    this.#refusals.close();
    for (const socket of this.#sockets.clients) socket.terminate();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    await this.#uploads.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sockets = [`ws://127.0.0.1:${this.#port}`, `ws://localhost:${this.#port}`];
    const headers = securityHeaders(["'self'", ...sockets]);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const { host, origin } = request.headers;
    if (!isOwnHost(host) || !isOwnOrigin(origin, host, false)) {
      return this.#refuse(response, 403, 'This server serves pages on this computer only.');
    }
    const url = addressOf(request);
    const parts = url && pathParts(url.pathname);
    if (!url || !parts) return this.#refuse(response, 400, 'The URL is malformed.');
    // The page's own files are not secret. What it does needs the token, which only its own address brings.
    const isFile = url.pathname !== sessionAddress && parts[1] !== 'uploads';
    if (isFile) {
      if (request.method === 'GET' || request.method === 'HEAD') await this.#file(request, response, url.pathname);
      else this.#refuse(response, 405, 'Only GET and HEAD are allowed.');
    } else if (!hasToken(request, this.#token)) {
      const hint = 'Open the address that was printed when Hyena Studio last started; it ends with a token.';
      this.#refuse(response, 401, `This request requires the access token. ${hint}`);
    } else if (parts[1] === 'uploads') await this.#upload(request, response, parts.slice(2));
    else response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
  }

  #refuse(response: ServerResponse, status: number, message: string): void {
    this.#refusals.add(status, message);
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${message}\n`);
  }

  async #file(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const file = await findStaticFile(this.#options.files, address);
    if (!file) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('File not found.\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': file.bytes,
      'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else
      readStaticFile(file)
        .once('error', () => response.destroy())
        .pipe(response);
  }

  /** PUT /uploads/<drop>/<path> keeps a file; POST to the path of a file or folder of the drop grants it. */
  async #upload(request: IncomingMessage, response: ServerResponse, parts: string[]): Promise<void> {
    if (!isOwnOrigin(request.headers.origin, request.headers.host, true)) {
      return this.#refuse(response, 403, 'Files can be uploaded only from a page of this server.');
    }
    const [drop = '', ...rest] = parts;
    const name = rest.join('/');
    if (request.method === 'PUT') {
      await this.#uploads.receive(request, drop, name);
      response.writeHead(204).end();
    } else if (request.method === 'POST') {
      const grant = await this.#uploads.finish(drop, name);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(grant));
    } else this.#refuse(response, 405, 'Not allowed.');
  }

  /** Answers a request that could not be served; what the system says, which may name the library, stays here. */
  #fail(response: ServerResponse, thrown: unknown): void {
    const error = HyenaError.from(thrown);
    const status = statusOf[error.code] ?? 500;
    if (status >= 500) this.#options.report(error);
    else this.#refusals.add(status, error.message);
    if (response.headersSent || response.destroyed) return void response.destroy();
    const own = thrown instanceof HyenaError && status < 500;
    const answer = own ? error : new HyenaError(error.code, 'Cannot serve the request.');
    // A body that still arrives is not waited for.
    response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
    response.end(JSON.stringify(answer.toReport()));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { host, origin } = request.headers;
    const isPage = request.url === '/socket' && isOwnHost(host) && isOwnOrigin(origin, host, true);
    if (!isPage || !socketHasToken(request, this.#token) || this.#sockets.clients.size >= mostWindows) {
      const status = isPage ? 401 : 403;
      this.#refusals.add(
        status,
        origin === undefined ? 'a connection without an origin' : `a connection from ${escapeControls(origin)}`,
      );
      return refuseSocket(socket, status);
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket));
  }

  #serve(socket: WebSocket): void {
    const send = (message: unknown): Promise<void> =>
      new Promise((resolve) => {
        // A closed socket is not a failure: its `close` event ends the channel.
        // Not immediately: a stream that never waits by itself would keep that event from being handled.
        if (socket.readyState !== socket.OPEN) setImmediate(resolve);
        else socket.send(JSON.stringify(message), () => resolve());
      });
    const channel = openChannel(this.#options.host, send, this.#options.report);
    socket.on('message', (data, isBinary) => {
      let message: unknown;
      try {
        message = isBinary ? undefined : JSON.parse((data as Buffer).toString('utf8'));
      } catch {
        message = undefined;
      }
      channel.receive(message);
    });
    socket.on('close', () => channel.close());
    socket.on('error', () => socket.terminate());
  }
}

function explainListen(error: NodeJS.ErrnoException, port: number): HyenaError {
  if (error.code === 'EADDRINUSE')
    return new HyenaError('usage', msg`Port ${String(port)} is already in use by another program.`, {
      hint: 'Choose another port with --port, or omit --port to use any free one.',
      cause: error,
    });
  return HyenaError.from(error);
}

/**
 * Serves the window to browsers of this machine.
 *
 * @throws HyenaError `usage` where the port is taken
 */
export function serveWindow(options: ServerOptions): Promise<RunningServer> {
  return new WindowServer(options).listen();
}
