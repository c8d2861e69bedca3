import { mkdtemp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HyenaError } from '../../../../../main/contract/errors.ts';
import type { RequestHandlers } from '../../../../../main/contract/requests.ts';
import type { StreamHandlers } from '../../../../../main/contract/streams.ts';
import { isOwnHost, isOwnOrigin } from '../../../../../main/shells/server/guard.ts';
import { escapeControls, RefusalLog } from '../../../../../main/shells/http/refusals.ts';
import { serveWindow, type RunningServer } from '../../../../../main/shells/server/server.ts';

let folder: string;
let server: RunningServer;
const granted: string[] = [];
const reports: HyenaError[] = [];
const token = 'correct-horse';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-server-'));
  await mkdir(path.join(folder, 'files', 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'files', 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(path.join(folder, 'files', 'assets', 'a.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'files', 'link.txt'));
  server = await serveWindow({
    host: {
      requests: { 'queue.order': () => Promise.resolve({}) } as Partial<RequestHandlers> as RequestHandlers,
      streams: {} as StreamHandlers,
    },
    library: folder,
    grant: (file, name) => {
      granted.push(file);
      return Promise.resolve({ grant: 'g', name, bytes: 1, files: 1 });
    },
    ...{ files: path.join(folder, 'files'), port: 0, token, report: (error) => void reports.push(error) },
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
function ask(
  address: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: server.port,
        path: address,
        method: options.method ?? 'GET',
        headers: options.headers,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}
const key = () => ({ authorization: `Bearer ${token}` });
const protocols = (shown: string) => ['hyena-studio', `token.${Buffer.from(shown).toString('hex')}`];
const origin = () => ({ origin: `http://127.0.0.1:${server.port}` });

describe('the server', () => {
  it('serves its own files, which are no secret, and sets no cookie', async () => {
    const { status, headers, body } = await ask(`/?token=${token}`);
    expect([status, headers['set-cookie']]).toEqual([200, undefined]);
    expect(body).toContain('window');
    expect(body).not.toContain(token);
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer guess' }],
    ['a cookie', { cookie: `hyena-studio=${token}` }],
    ['another scheme', { authorization: `Basic ${token}` }],
  ])('refuses %s', async (_, headers) => {
    expect((await ask('/session', { headers })).status).toBe(401);
    expect(
      (await ask('/uploads/d0/x', { method: 'PUT', headers: { ...headers, ...origin() }, body: 'x' })).status,
    ).toBe(401);
  });

  it('knows the token of this start', async () => {
    expect((await ask('/session', { headers: key() })).status).toBe(204);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost@evil.example'])(
    'refuses the host %s, as a name that was pointed here would have',
    async (host) => {
      expect((await ask('/', { headers: { ...key(), host } })).status).toBeGreaterThanOrEqual(400);
      expect(isOwnHost(host)).toBe(false);
    },
  );

  it('knows its own pages from others', () => {
    expect(isOwnOrigin('http://localhost:9000', 'localhost:9000', true)).toBe(true);
    expect(isOwnOrigin('http://localhost:9001', 'localhost:9000', true)).toBe(false);
    expect(isOwnOrigin('null', 'localhost:9000', true)).toBe(false);
    expect(isOwnOrigin(undefined, 'localhost:9000', true)).toBe(false);
    expect(isOwnOrigin(undefined, 'localhost:9000', false)).toBe(true);
  });

  it('serves its files with a strict policy', async () => {
    const { status, body, headers } = await ask('/', { headers: key() });
    expect(status).toBe(200);
    expect(body).toContain('window');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await ask('/assets/a.js', { headers: key() })).headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/link.txt',
    '/assets',
    '/%00',
  ])('does not serve %s', async (address) => {
    const { status, body } = await ask(address, { headers: key() });
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('keeps uploads of its own page, within the folder of their drop', async () => {
    const headers = { ...key(), ...origin() };
    expect((await ask('/uploads/d1/a%20b/c.txt', { method: 'PUT', headers, body: 'text' })).status).toBe(204);
    const kept = await readFile(path.join(folder, '.uploads', 'd1', 'a b', 'c.txt'), 'utf8');
    expect(kept).toBe('text');
    const { status, body } = await ask('/uploads/d1/a%20b', { method: 'POST', headers });
    expect([status, JSON.parse(body)]).toMatchObject([200, { name: 'a b' }]);
    expect(granted).toEqual([path.join(folder, '.uploads', 'd1', 'a b')]);
  });

  it.each(['/uploads/d1/..%2f..%2fx', '/uploads/../x', '/uploads/d%2f1/x', '/uploads/d1/', '/uploads/d1/a%00b'])(
    'refuses the upload %s',
    async (address) => {
      const answer = await ask(address, { method: 'PUT', headers: { ...key(), ...origin() }, body: 'text' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    },
  );

  it('refuses uploads of other pages', async () => {
    const headers = { ...key(), origin: 'http://evil.example' };
    expect((await ask('/uploads/d1/x', { method: 'PUT', headers, body: 'x' })).status).toBe(403);
    expect((await ask('/uploads/d1/x', { method: 'PUT', headers: key(), body: 'x' })).status).toBe(403);
  });

  const connect = (headers: Record<string, string>, shown = protocols(token)) =>
    new Promise<WebSocket | number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket`, shown, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => resolve(-1));
    });

  it.each([
    ['without the token', () => origin(), [], 401],
    ['with a wrong token', () => origin(), protocols('guess'), 401],
    ['with a cookie alone', () => ({ ...origin(), cookie: `hyena-studio=${token}` }), [], 401],
    ['of another page', () => ({ origin: 'http://evil.example' }), protocols(token), 403],
    ['of no page', () => ({}), protocols(token), 403],
  ])('refuses a connection %s', async (_, headers, shown, status) => {
    expect(await connect(headers(), shown)).toBe(status);
  });

  it('answers requests over a connection, and what is no message as such', async () => {
    const socket = await connect(origin());
    if (!(socket instanceof WebSocket)) throw new Error('refused');
    const answers: unknown[] = [];
    socket.on('message', (data) => answers.push(JSON.parse((data as Buffer).toString())));
    socket.send(JSON.stringify({ type: 'request', id: 1, name: 'queue.order', params: { runs: [] } }));
    socket.send('not json');
    await expect.poll(() => answers.length).toBe(2);
    expect(answers).toContainEqual({ type: 'reply', id: 1, result: {} });
    expect(answers).toMatchObject(expect.arrayContaining([expect.objectContaining({ type: 'rejected' })]));
    socket.close();
  });

  it.each(['//[', '//evil.example/x', '/%', '/%E0%A4', '/uploads/%', '/uploads/d1/%', `/${'a'.repeat(5000)}.js`])(
    'answers the address %s with 4xx',
    async (address) => {
      const { status, body } = await ask(address, { headers: { ...key(), ...origin() } });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).not.toContain(folder);
    },
  );

  it('keeps the first file of a name, and names what is wrong without a path', async () => {
    const put = (address: string, body: string) =>
      ask(address, { method: 'PUT', headers: { ...key(), ...origin() }, body });
    expect((await put('/uploads/d2/a.txt', 'first')).status).toBe(204);
    const answers = [
      await put('/uploads/d2/a.txt', 'second'),
      await put('/uploads/d2/a.txt/b.txt', 'within a file'),
      await put(`/uploads/d2/${'x'.repeat(300)}`, 'long'),
      await put(`/uploads/d2/${encodeURIComponent('鯨'.repeat(90))}`, 'long in bytes'),
      await ask('/uploads/d2/none', { method: 'POST', headers: { ...key(), ...origin() } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 400, 400, 404]);
    for (const { body } of answers) expect(body).not.toContain(folder);
    expect(await readFile(path.join(folder, '.uploads', 'd2', 'a.txt'), 'utf8')).toBe('first');
  });

  /** Sends bytes on a connection of its own, and what it does with the socket then; resolves when it is closed. */
  const raw = (bytes: string, then: (socket: Socket) => void) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connectSocket({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.on('data', (data) => (answer += data.toString('latin1')));
      socket.on('close', () => resolve(answer));
      // The server has ended its side; this client does not, unless it is told to.
      socket.on('end', () => setTimeout(() => socket.destroy(), 500));
      socket.on('connect', () => {
        socket.write(Buffer.from(bytes, 'latin1'));
        then(socket);
      });
    });
  const upgrade = (from: string) =>
    [
      `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${from}\r\nUpgrade: websocket`,
      'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    ].join('\r\n');

  it('outlives clients that reset their connection at any moment', async () => {
    const resets: ((socket: Socket) => void)[] = [
      (socket) => socket.resetAndDestroy(),
      (socket) => setImmediate(() => socket.resetAndDestroy()),
      (socket) => setTimeout(() => socket.resetAndDestroy(), 3),
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
    ];
    const put = `PUT /uploads/d3/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\nx`;
    for (let round = 0; round < 25; round++)
      for (const reset of resets)
        for (const bytes of [
          upgrade('http://evil'),
          put,
          'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
          'NONSENSE\r\n\r\n',
        ])
          await raw(bytes, reset);
    expect((await ask('/session', { headers: key() })).status).toBe(204);
  });

  it('closes refused upgrades that their client never closes', async () => {
    const held = Array.from({ length: 50 }, () =>
      connectSocket({ port: server.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined),
    );
    for (const socket of held) socket.on('connect', () => socket.write(upgrade('http://evil')));
    for (const socket of held) socket.resume();
    // Writing to a socket that the other side has closed fails.
    const closed = () => held.filter((socket) => socket.destroyed || !socket.write('x')).length;
    await expect.poll(closed, { timeout: 8000, interval: 200 }).toBe(held.length);
  });

  it('reports refusals briefly, in printable characters, and not all of a flood', async () => {
    const log: string[] = [];
    const quiet = new RefusalLog(({ message }) => void log.push(message), { most: 3, seconds: 0.2 });
    const origin = `http://x\x9b31mRED\x9d0;title\x07\u202e${'y'.repeat(4000)}`;
    for (let n = 0; n < 60; n++) quiet.add(403, `a connection from ${escapeControls(origin)}`);
    await expect.poll(() => log.length).toBe(4);
    expect(log[0]).toMatch(/^Refused with 403: a connection from http:\/\/x\?31mRED\?0;title\?\?y+\.\.\.$/);
    expect(log[3]).toContain('57 more');
    expect(log.join('').length).toBeLessThan(600);
    quiet.close();

    reports.length = 0;
    const hostile = upgrade('http://x\x9b31mRED\x07');
    await Promise.all(Array.from({ length: 60 }, () => raw(hostile, () => undefined)));
    expect(reports.map(({ message }) => message).join('')).toMatch(/^[\x20-\x7e]{0,1000}$/);
  });

  it('listens on the loopback interface alone', () => {
    expect(server.address).toBe(`http://127.0.0.1:${server.port}/?token=${token}`);
  });

  it('says so where its port is taken', async () => {
    const second = serveWindow({
      host: { requests: {} as RequestHandlers, streams: {} as StreamHandlers },
      ...{
        library: folder,
        grant: () => Promise.reject(new Error()),
        files: folder,
        port: server.port,
        report: () => undefined,
      },
    });
    await expect(second).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('already in use') as string,
    });
  });
});
