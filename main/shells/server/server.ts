import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { HyenaError, type ErrorCode } from '../../contract/errors.ts';
import { told, asTold } from '../../contract/told.ts';
import type { Grant } from '../../contract/views.ts';
import { openChannel, type WindowHost } from '../../host/window/dispatcher.ts';
import { securityHeaders } from '../page/policy.ts';
import { findStaticFile, readStaticFile } from '../page/static-files.ts';
import { cookieName, hasToken, isOwnHost, isOwnOrigin, sameSecret } from './guard.ts';
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
  token?: string;
  /** Told of requests that were turned away and of defects. */
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
const statusOf: Partial<Record<ErrorCode, number>> = { usage: 400, 'not-found': 404, 'disk-full': 507 };

class WindowServer {
  readonly #options: ServerOptions;
  readonly #token: string;
  readonly #uploads: Uploads;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  #port = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#token = options.token ?? randomBytes(24).toString('base64url');
    this.#uploads = new Uploads(options.library, options.grant);
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
    this.#server = createServer((request, response) => {
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
      address: `http://127.0.0.1:${this.#port}/?token=${this.#token}`,
      port: this.#port,
      close: () => this.#close(),
    };
  }

  async #close(): Promise<void> {
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
      return this.#refuse(response, 403, 'This server answers the pages of this machine only.');
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const offered = url.searchParams.get('token');
    if (request.method === 'GET' && url.pathname === '/' && offered !== null) return this.#admit(response, offered);
    if (!hasToken(request, this.#port, this.#token)) {
      const hint = 'Open the address that was printed when Hyena Studio started; it ends in a token.';
      return this.#refuse(response, 401, `This page needs its token. ${hint}`);
    }
    if (url.pathname.startsWith('/uploads/')) return await this.#upload(request, response, url);
    if (request.method !== 'GET' && request.method !== 'HEAD') return this.#refuse(response, 405, 'Not allowed.');
    await this.#file(request, response, url.pathname);
  }

  #admit(response: ServerResponse, offered: string): void {
    if (!sameSecret(offered, this.#token)) {
      return this.#refuse(response, 401, 'This token is of an earlier start. Open the address that was printed last.');
    }
    const cookie = `${cookieName(this.#port)}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { Location: '/', 'Set-Cookie': cookie, 'Cache-Control': 'no-store' }).end();
  }

  #refuse(response: ServerResponse, status: number, message: string): void {
    this.#options.report(new HyenaError('usage', told`Refused with ${status}: ${asTold(message)}`));
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${message}\n`);
  }

  async #file(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const file = await findStaticFile(this.#options.files, address);
    if (!file) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such file.\n');
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
  async #upload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (!isOwnOrigin(request.headers.origin, request.headers.host, true)) {
      return this.#refuse(response, 403, 'Files are taken from the page of this server only.');
    }
    const [drop = '', ...rest] = url.pathname.slice('/uploads/'.length).split('/').map(decodeURIComponent);
    const name = rest.join('/');
    if (request.method === 'PUT') {
      await this.#uploads.receive(request, drop, name);
      response.writeHead(204).end();
    } else if (request.method === 'POST') {
      const grant = await this.#uploads.finish(drop, name);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(grant));
    } else this.#refuse(response, 405, 'Not allowed.');
  }

  #fail(response: ServerResponse, thrown: unknown): void {
    const error = HyenaError.from(thrown);
    this.#options.report(error);
    if (response.headersSent) return void response.destroy();
    response.writeHead(statusOf[error.code] ?? 500, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(error.toReport()));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { host, origin } = request.headers;
    const allowed =
      request.url === '/socket' &&
      isOwnHost(host) &&
      isOwnOrigin(origin, host, true) &&
      hasToken(request, this.#port, this.#token);
    if (!allowed) {
      this.#options.report(
        new HyenaError(
          'usage',
          origin === undefined
            ? 'A connection from no page was refused.'
            : told`A connection from ${origin} was refused.`,
        ),
      );
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket));
  }

  #serve(socket: WebSocket): void {
    const send = (message: unknown): Promise<void> =>
      new Promise((resolve) => {
        // A closed socket is no failure: its `close` event ends the channel.
        if (socket.readyState !== socket.OPEN) resolve();
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
    return new HyenaError('usage', told`Port ${port} is taken by another program.`, {
      hint: 'Choose another with --port, or leave it out for any free one.',
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
