import { mkdtemp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HyenaError } from '../../../main/contract/errors.ts';
import type { RequestHandlers } from '../../../main/contract/requests.ts';
import type { StreamHandlers } from '../../../main/contract/streams.ts';
import { cookieName, isOwnHost, isOwnOrigin } from '../../../main/shells/server/guard.ts';
import { serveWindow, type RunningServer } from '../../../main/shells/server/server.ts';

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
const cookie = () => ({ cookie: `${cookieName(server.port)}=${token}` });
const origin = () => ({ origin: `http://127.0.0.1:${server.port}` });

describe('the server', () => {
  it('takes the token of its address once and keeps it in a cookie that scripts cannot read', async () => {
    const { status, headers } = await ask(`/?token=${token}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict/);
  });

  it.each([
    ['no token', '/', {}],
    ['a wrong token', '/?token=guess', {}],
    ['a wrong cookie', '/', { cookie: 'hyena-studio-1=x' }],
  ])('refuses %s', async (_, address, headers) => {
    const answer = await ask(address, { headers });
    expect(answer.status).toBe(401);
    expect(answer.body).not.toContain('window');
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost@evil.example'])(
    'refuses the host %s, as a name that was pointed here would have',
    async (host) => {
      expect((await ask('/', { headers: { ...cookie(), host } })).status).toBeGreaterThanOrEqual(400);
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
    const { status, body, headers } = await ask('/', { headers: cookie() });
    expect(status).toBe(200);
    expect(body).toContain('window');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await ask('/assets/a.js', { headers: cookie() })).headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/link.txt',
    '/assets',
    '/%00',
    '/%E0%A4%A',
  ])('does not serve %s', async (address) => {
    const { status, body } = await ask(address, { headers: cookie() });
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('keeps uploads of its own page, within the folder of their drop', async () => {
    const headers = { ...cookie(), ...origin() };
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
      const answer = await ask(address, { method: 'PUT', headers: { ...cookie(), ...origin() }, body: 'text' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    },
  );

  it('refuses uploads of other pages', async () => {
    const headers = { ...cookie(), origin: 'http://evil.example' };
    expect((await ask('/uploads/d1/x', { method: 'PUT', headers, body: 'x' })).status).toBe(403);
    expect((await ask('/uploads/d1/x', { method: 'PUT', headers: cookie(), body: 'x' })).status).toBe(403);
  });

  const connect = (headers: Record<string, string>, address = '/socket') =>
    new Promise<WebSocket | number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${address}`, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => resolve(-1));
    });

  it.each([
    ['without the token', () => origin()],
    ['of another page', () => ({ ...cookie(), origin: 'http://evil.example' })],
    ['of no page', () => cookie()],
  ])('refuses a connection %s', async (_, headers) => {
    expect(await connect(headers())).toBe(403);
  });

  it('answers requests over a connection, and what is no message as such', async () => {
    const socket = await connect({ ...cookie(), ...origin() });
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
    await expect(second).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('taken') as string });
  });
});
