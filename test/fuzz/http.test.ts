import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { protocolName, tokenProtocol } from '../../main/contract/session.ts';
import type { HyenaError } from '../../main/contract/errors.ts';
import type { RequestHandlers } from '../../main/contract/requests.ts';
import type { StreamHandlers } from '../../main/contract/streams.ts';
import { serveWindow, type RunningServer } from '../../main/shells/server/server.ts';
import { mutateBytes, Random, rounds } from './mutate.ts';

/** Mutated requests, raw on the socket: no answer is a defect (5xx), and the server goes on answering. */
let folder: string;
let server: RunningServer;
const reports: HyenaError[] = [];
const token = 'fuzz-token';
let produced = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-fuzz-'));
  await mkdir(path.join(folder, 'files'), { recursive: true });
  await writeFile(path.join(folder, 'files', 'index.html'), '<!doctype html><title>window</title>');
  server = await serveWindow({
    host: {
      requests: { 'queue.order': () => Promise.resolve({}) } as Partial<RequestHandlers> as RequestHandlers,
      streams: {
        // oxlint-disable-next-line typescript/require-await -- an endless source that never waits by itself
        activity: async function* (_: unknown, signal: AbortSignal) {
          while (!signal.aborted) {
            produced++;
            yield { text: 'x'.repeat(10_000) } as never;
          }
        },
      } as Partial<StreamHandlers> as StreamHandlers,
    },
    library: folder,
    grant: (_, name) => Promise.resolve({ grant: 'g', name, bytes: 1, files: 1 }),
    ...{ files: path.join(folder, 'files'), port: 0, token, report: (error) => void reports.push(error) },
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const head = (line: string, ...more: string[]) => {
  const address = `127.0.0.1:${server.port}`;
  return [
    line,
    `Host: ${address}`,
    `Origin: http://${address}`,
    `Authorization: Bearer ${token}`,
    ...more,
    '',
    '',
  ].join('\r\n');
};

/** What the server answers to bytes; empty where it closes without a word. */
const send = (bytes: Uint8Array) =>
  new Promise<string>((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      socket.end();
    });
    socket.on('close', () => resolve(answer));
    socket.on('connect', () => socket.write(bytes));
    // An unfinished request waits for its rest.
    socket.setTimeout(150, () => socket.destroy());
  });

describe('the server of the window', () => {
  it('answers mutated requests without a defect', async () => {
    const seeds = [
      head('GET / HTTP/1.1'),
      head('GET /session HTTP/1.1'),
      `${head('PUT /uploads/drop/a%20b/c.txt HTTP/1.1', 'Content-Length: 4')}text`,
      `${head('PUT /uploads/drop/d.txt HTTP/1.1', 'Transfer-Encoding: chunked')}4\r\ntext\r\n0\r\n\r\n`,
      head('POST /uploads/drop/a%20b HTTP/1.1', 'Content-Length: 0'),
      head(
        'GET /socket HTTP/1.1',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        `Sec-WebSocket-Protocol: ${protocolName}, ${tokenProtocol(token)}`,
      ),
    ].map((text) => Buffer.from(text));
    const random = new Random(2);
    const counts: Record<string, number> = {};
    const count = rounds(300);
    for (let sent = 0; sent < count; sent += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => send(mutateBytes(random.pick(seeds), random))),
      );
      for (const answer of answers) {
        const status = /^HTTP\/1\.1 (\d)/.exec(answer)?.[1] ?? 'none';
        counts[`${status}xx`] = (counts[`${status}xx`] ?? 0) + 1;
        expect(status, answer).not.toBe('5');
        expect(answer).not.toContain(folder);
      }
    }
    console.log(`${count} requests: ${JSON.stringify(counts)}`);
    expect(await send(Buffer.from(head('GET /session HTTP/1.1')))).toMatch(/^HTTP\/1\.1 204/);
    expect(reports.filter(({ code }) => code === 'internal')).toEqual([]);
  }, 3_600_000);

  it('keeps a bounded amount for a page that stops reading its stream', async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, [protocolName, tokenProtocol(token)], {
      origin,
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(JSON.stringify({ type: 'join', id: 1, stream: 'activity', params: {} }));
    socket.pause();
    const settled = async () => {
      const before = produced;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return produced === before;
    };
    await expect.poll(settled, { timeout: 20_000 }).toBe(true);
    // What the system's buffers of a socket hold, and not more: 10 kB an event.
    expect(produced).toBeLessThan(5000);
    const held = produced;
    socket.resume();
    await expect.poll(() => produced).toBeGreaterThan(held);
    socket.terminate();
    await expect.poll(settled, { timeout: 20_000 }).toBe(true);
  });
});
