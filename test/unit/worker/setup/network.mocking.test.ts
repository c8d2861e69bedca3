import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** A server on this machine, and its address. */
async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a download', () => {
  it('goes by way of the proxy of the environment, and not where the environment says that none is needed', async () => {
    const server = createServer((_, response) => response.end('the file'));
    const address = await listen(server);
    const passed: string[] = [];
    const proxy = createServer().on('connect', (expected, client, head: Buffer) => {
      passed.push(expected.url ?? '');
      const [host, port] = (expected.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.write(head);
        onward.pipe(client).pipe(onward);
      });
    });
    const fetchOnce = async () => {
      vi.resetModules();
      const { request } = await import('../../../../worker/setup/network.ts');
      return await (await request(`http://${address}/file`, {})).text();
    };
    vi.stubEnv('http_proxy', `http://${await listen(proxy)}`);
    vi.stubEnv('no_proxy', '');
    expect(await fetchOnce()).toBe('the file');
    expect(passed).toEqual([address]);
    vi.stubEnv('no_proxy', '127.0.0.1');
    expect(await fetchOnce()).toBe('the file');
    expect(passed).toHaveLength(1);
    proxy.closeAllConnections();
    server.closeAllConnections();
    await Promise.all([proxy, server].map((one) => new Promise((resolve) => one.close(resolve))));
  });
});
