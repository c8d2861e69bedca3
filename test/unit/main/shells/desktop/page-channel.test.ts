import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import type { HyenaError } from '../../../../../main/contract/errors.ts';
import type { RequestHandlers } from '../../../../../main/contract/requests.ts';
import type { StreamHandlers } from '../../../../../main/contract/streams.ts';
import { isOwnAddress, isOwnFrame, pageAddress } from '../../../../../main/shells/desktop/address.ts';
import { channels } from '../../../../../main/shells/desktop/channels.ts';
import { PageChannel } from '../../../../../main/shells/desktop/page-channel.ts';

type Frame = { url: string; parent: unknown } | null;
const own: Frame = { url: `${pageAddress}#/runs`, parent: null };

/** A page whose messages come from the frame that a test says. */
function fakePage(host: { streams?: Partial<StreamHandlers> } = {}) {
  const listeners = new EventEmitter();
  const handlers = new Map<string, (event: unknown, value: unknown) => Promise<unknown>>();
  const sent: { channel: string; value: unknown }[] = [];
  const reports: HyenaError[] = [];
  const granted: string[] = [];
  const contents = {
    isDestroyed: () => false,
    send: (channel: string, value: unknown) => void sent.push({ channel, value }),
    ipc: {
      on: (channel: string, listener: (...parameters: unknown[]) => void) => listeners.on(channel, listener),
      handle: (channel: string, handler: (event: unknown, value: unknown) => Promise<unknown>) =>
        void handlers.set(channel, handler),
    },
  };
  const channel = new PageChannel(contents as unknown as WebContents, {
    host: {
      requests: { 'queue.order': () => Promise.resolve({}) } as Partial<RequestHandlers> as RequestHandlers,
      streams: (host.streams ?? {}) as StreamHandlers,
    },
    grant: (paths) => {
      granted.push(...paths);
      return Promise.resolve([]);
    },
    report: (error) => void reports.push(error),
  });
  const say = (name: string, value?: unknown, senderFrame: Frame = own) => listeners.emit(name, { senderFrame }, value);
  const invoke = async (name: string, value: unknown, senderFrame: Frame = own) =>
    handlers.get(name)?.({ senderFrame }, value);
  return { channel, say, invoke, sent, reports, granted };
}

const request = { type: 'request', id: 1, name: 'queue.order', params: { runs: [] } };

describe('who sends a message', () => {
  it.each([
    ['hyena-studio://window/', true],
    ['hyena-studio://window/index.html#/runs/x', true],
    ['hyena-studio://elsewhere/', false],
    ['hyena-studio://window.example/', false],
    ['hyena-studio://user@window/', false],
    ['https://window/', false],
    ['file:///etc/passwd', false],
    ['about:blank', false],
    ['', false],
  ])('knows %s', (address, expected) => {
    expect(isOwnAddress(address)).toBe(expected);
    expect(isOwnFrame({ url: address, parent: null })).toBe(expected);
  });

  it.each<[string, Frame]>([
    ['a page that has gone', null],
    ['another page', { url: 'https://evil.example/', parent: null }],
    ['a frame within the page', { url: pageAddress, parent: {} }],
  ])('refuses %s, and says so', async (_, frame) => {
    const { say, invoke, sent, reports, granted } = fakePage();
    say(channels.open);
    say(channels.toHost, request, frame);
    await expect(invoke(channels.grant, ['/etc/passwd'], frame)).rejects.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([]);
    expect(granted).toEqual([]);
    expect(reports).toHaveLength(2);
  });

  it('answers its own page, and takes paths that are texts alone', async () => {
    const { say, invoke, sent, granted } = fakePage();
    say(channels.open);
    say(channels.toHost, request);
    await expect
      .poll(() => sent)
      .toEqual([{ channel: channels.fromHost, value: { type: 'reply', id: 1, result: {} } }]);
    await invoke(channels.grant, ['/a']);
    expect(granted).toEqual(['/a']);
    await expect(invoke(channels.grant, [{ path: '/b' }])).rejects.toThrow();
  });
});

describe('a page', () => {
  it('is given what was for it before it listened', () => {
    const { channel, say, sent } = fakePage();
    channel.command('go:runs');
    expect(sent).toEqual([]);
    say(channels.open);
    expect(sent).toEqual([{ channel: channels.command, value: 'go:runs' }]);
  });

  it('a page that is reloaded begins again: streams that the earlier one had joined end', async () => {
    const ended: boolean[] = [];
    async function* changes(_params: unknown, signal: AbortSignal) {
      yield ['runs'] as ['runs'];
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended.push(true);
    }
    const { say, sent } = fakePage({ streams: { changes } });
    const join = { type: 'join', id: 1, stream: 'changes', params: {} };
    say(channels.open);
    say(channels.toHost, join);
    await expect.poll(() => sent.length).toBe(1);
    say(channels.open);
    await expect.poll(() => ended.length).toBe(1);
    say(channels.toHost, join);
    await expect.poll(() => sent.length).toBe(2);
  });

  it('a page that stands still is not flooded', async () => {
    let messages = 0;
    async function* changes() {
      for (;;) {
        messages++;
        yield ['runs'] as ['runs'];
        await Promise.resolve();
      }
    }
    const { channel, say, sent } = fakePage({ streams: { changes } });
    say(channels.open);
    say(channels.toHost, { type: 'join', id: 1, stream: 'changes', params: {} });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const held = sent.length;
    expect(held).toBeLessThanOrEqual(64);
    expect(messages).toBeLessThanOrEqual(held + 1);
    for (let index = 0; index < 10; index++) say(channels.taken);
    await expect.poll(() => sent.length).toBe(held + 10);
    channel.close();
  });
});
