import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that speaks what the hub speaks: lists, redirects to a store, ranges, etags; and fails when told to. */
export interface FakeHub {
  readonly address: string;
  /** Requests so far: their path, range and authorization. */
  readonly seen: { url: string; range: string | undefined; authorization: string | undefined }[];
  /** Answers the next requests of a path with these statuses. */
  fail(path: RegExp, statuses: number[], headers?: Record<string, string>): void;
  /** The next transfers of a file end after so many bytes. */
  cut(name: string, after: number[]): void;
  /** Keeps transfers of a file waiting in their middle, until what it returns is called. */
  hold(name: string): () => void;
  close(): Promise<void>;
}

export interface FakeModel {
  readonly id: string;
  readonly files: Record<string, Buffer>;
  /** Asks for a token. */
  readonly gated?: boolean;
  /** Sends other bytes than it says. */
  readonly damaged?: string;
}

const commit = 'c0ffee0123456789c0ffee0123456789c0ffee01';

export async function fakeHub(models: readonly FakeModel[]): Promise<FakeHub> {
  const seen: FakeHub['seen'] = [];
  const failures: { path: RegExp; statuses: number[]; headers: Record<string, string> }[] = [];
  const cuts = new Map<string, number[]>();
  const held = new Map<string, Promise<void>>();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = '', headers } = request;
    seen.push({ url, range: headers.range, authorization: headers.authorization });
    const end = (status: number, extra: Record<string, string> = {}, body = '') => {
      response.writeHead(status, extra).end(body);
    };
    const failure = failures.find(({ path, statuses }) => path.test(url) && statuses.length > 0);
    if (failure) return end(failure.statuses.shift()!, failure.headers);
    const [, store, inStore] = /^\/store\/([^/]+\/[^/]+)\/([^/]+)$/.exec(url) ?? [];
    if (store !== undefined)
      return send(
        request,
        response,
        models.find(({ id }) => id === store)!,
        inStore,
      );
    const model = models.find(({ id }) => url.includes(`/${id}/`));
    if (!model) return end(404);
    if (model.gated && headers.authorization !== 'Bearer secret') return end(401);
    if (url.startsWith('/api/models/')) {
      if (!/\/revision\/(?:main|c0ffee\w*)\?/.test(url)) return end(404);
      const siblings = Object.entries(model.files).map(([rfilename, bytes]) => ({
        ...{ rfilename, size: bytes.length },
        ...(bytes.length > 1000 && {
          lfs: { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length },
        }),
      }));
      return end(200, { 'content-type': 'application/json' }, JSON.stringify({ sha: commit, siblings }));
    }
    const name = /\/resolve\/c0ffee\w*\/(.+)$/.exec(url)?.[1] ?? '';
    if (!model.files[name]) return end(404);
    // Large files lie elsewhere.
    return end(302, { location: `/store/${model.id}/${name}` });
  }

  function send(request: IncomingMessage, response: ServerResponse, model: FakeModel, name: string): void {
    const bytes = Buffer.from(model.files[name]);
    if (model.damaged === name) bytes[bytes.length - 1] ^= 1;
    const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const continues = from > 0 && request.headers['if-range'] === etag;
    const rest = bytes.subarray(continues ? from : 0);
    response.writeHead(continues ? 206 : 200, { etag, 'content-length': String(rest.length) });
    const after = cuts.get(name)?.shift();
    const waiting = held.get(name);
    if (waiting) {
      response.write(rest.subarray(0, rest.length >> 1));
      return void waiting.then(() => response.end(rest.subarray(rest.length >> 1)));
    }
    if (after === undefined) return void response.end(rest);
    // What a client has not read when its connection breaks is lost to it.
    response.write(rest.subarray(0, after), () => setTimeout(() => response.destroy(), 500));
  }

  return {
    ...{ address, seen },
    fail: (path, statuses, headers = {}) => void failures.push({ path, statuses: [...statuses], headers }),
    cut: (name, after) => void cuts.set(name, [...after]),
    hold(name) {
      let release = (): void => undefined;
      held.set(name, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(name);
        release();
      };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
