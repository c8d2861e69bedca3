import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import type { RequestHandlers } from '../../../../../main/contract/requests.ts';
import type { StreamHandlers } from '../../../../../main/contract/streams.ts';
import type { FromHost } from '../../../../../main/contract/wire.ts';
import { openChannel } from '../../../../../main/host/window/dispatcher.ts';

function open(requests: Partial<RequestHandlers>, streams: Partial<StreamHandlers> = {}) {
  const sent: FromHost[] = [];
  const reports: HyenaError[] = [];
  const host = { requests: requests as RequestHandlers, streams: streams as StreamHandlers };
  const channel = openChannel(
    host,
    (message) => void sent.push(message),
    (error) => void reports.push(error),
  );
  return { channel, sent, reports };
}
const settled = () => sleep(5);

describe('a channel', () => {
  it('answers a request under its id with what the host says', async () => {
    const { channel, sent } = open({ 'queue.order': () => Promise.resolve({}) });
    channel.receive({ type: 'request', id: 7, name: 'queue.order', params: { runs: [] } });
    await settled();
    expect(sent).toEqual([{ type: 'reply', id: 7, result: {} }]);
  });

  it.each([
    ['an unknown request', { type: 'request', id: 1, name: 'library.burn', params: {} }],
    ['a name of every object', { type: 'request', id: 1, name: 'constructor', params: {} }],
    ['malformed parameters', { type: 'request', id: 1, name: 'queue.order', params: { runs: 'all' } }],
    ['an unknown parameter', { type: 'request', id: 1, name: 'queue.order', params: { runs: [], force: true } }],
    ['a name that leads out of the library', { type: 'request', id: 1, name: 'runs.show', params: { run: '../x' } }],
    ['an unknown stream', { type: 'join', id: 1, stream: 'everything', params: {} }],
  ])('rejects %s loudly and does nothing', async (_, message) => {
    const done: string[] = [];
    const handler = () => Promise.resolve(done.push('done') as never);
    const { channel, sent, reports } = open({ 'queue.order': handler, 'runs.show': handler });
    channel.receive(message);
    await settled();
    expect(sent).toMatchObject([{ type: 'failure', id: 1, error: { code: 'usage' } }]);
    expect(reports).toHaveLength(1);
    expect(done).toEqual([]);
  });

  it.each([undefined, null, 7, 'text', [], {}, { type: 'request' }, { type: 'leave', id: -1 }])(
    'answers %j, which is no message, as such',
    async (message) => {
      const { channel, sent, reports } = open({});
      channel.receive(message);
      await settled();
      expect(sent).toMatchObject([{ type: 'rejected', error: { code: 'usage' } }]);
      expect(reports).toHaveLength(1);
    },
  );

  it('holds a bounded number of requests that are not answered yet', async () => {
    let started = 0;
    const release: (() => void)[] = [];
    const { channel, sent } = open({
      'queue.order': () => {
        started++;
        return new Promise((resolve) => release.push(() => resolve({})));
      },
    });
    const request = (id: number) => channel.receive({ type: 'request', id, name: 'queue.order', params: { runs: [] } });
    for (let id = 0; id < 5000; id++) request(id);
    await settled();
    expect(started).toBe(1000);
    expect(sent.filter(({ type }) => type === 'failure')).toHaveLength(4000);
    for (const one of release) one();
    await settled();
    request(5000);
    expect(started).toBe(1001);
  });

  it('tells a failure in its three sentences', async () => {
    const error = new HyenaError('locked', 'It is busy.', { kept: 'All of it.', hint: 'Wait.' });
    const { channel, sent, reports } = open({ 'queue.order': () => Promise.reject(error) });
    channel.receive({ type: 'request', id: 2, name: 'queue.order', params: { runs: [] } });
    await settled();
    expect(sent).toEqual([{ type: 'failure', id: 2, error: error.toReport() }]);
    expect(reports).toEqual([]);
  });

  it('ends a stream when the window leaves it, and all of them when it closes', async () => {
    const aborted: number[] = [];
    let joined = 0;
    const { channel, sent } = open(
      {},
      {
        async *changes(_params, signal) {
          const number = ++joined;
          signal.addEventListener('abort', () => aborted.push(number));
          for (;;) {
            yield ['runs'];
            await sleep(2);
            if (signal.aborted) return;
          }
        },
      },
    );
    for (const id of [1, 2]) channel.receive({ type: 'join', id, stream: 'changes', params: {} });
    await sleep(20);
    channel.receive({ type: 'leave', id: 1 });
    await settled();
    expect(aborted).toEqual([1]);
    channel.close();
    expect(aborted).toEqual([1, 2]);
    const count = sent.length;
    await sleep(20);
    expect(sent.length).toBe(count);
  });

  it('waits for a slow window before it asks for the next event', async () => {
    let requested = 0;
    const channel = openChannel(
      {
        requests: {} as RequestHandlers,
        streams: {
          async *changes() {
            for (;;) {
              requested++;
              yield await Promise.resolve(['runs' as const]);
            }
          },
        } as Partial<StreamHandlers> as StreamHandlers,
      },
      () => sleep(20),
      () => undefined,
    );
    channel.receive({ type: 'join', id: 1, stream: 'changes', params: {} });
    await sleep(70);
    channel.close();
    expect(requested).toBeLessThan(8);
  });
});
