import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCarefulServer } from '../../../../../main/shells/http/careful-server.ts';

const refused: number[] = [];
const server = createCarefulServer(
  (_, response) => response.end('answered'),
  (status) => (refused.push(status), '{}'),
);
/** Sends bytes, and reads until the server closes the connection. */
const exchange = (sent: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(sent));
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('error', reject).on('close', () => resolve(answer));
  });

beforeAll(() => {
  // Seconds for a person are too long for a test; the server looks for late headers every two seconds.
  server.headersTimeout = 100;
  return new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('a server that no client can end', () => {
  it('answers what is malformed with 400, and headers without end with 431', async () => {
    expect(await exchange('not HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(await exchange(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(refused.splice(0)).toEqual([400, 431]);
  });

  it('ends a connection on which no request comes with 408, after which a browser asks again', async () => {
    for (const sent of ['', 'GET / HTTP/1.1\r\n'])
      expect(await exchange(sent)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/);
    expect(refused.splice(0)).toEqual([408, 408]);
    expect(await exchange('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });
});
