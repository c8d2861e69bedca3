import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requests } from '../../main/contract/requests.ts';
import { streams } from '../../main/contract/streams.ts';
import { toHostSchema, type FromHost } from '../../main/contract/wire.ts';
import { toEnglish } from '../../main/contract/message.ts';
import { Host } from '../../main/host/host.ts';
import { openChannel } from '../../main/host/window/dispatcher.ts';
import { LibraryWindows } from '../../main/host/window/window-host.ts';
import type { RunningJob, StartJob } from '../../main/workers/start-job.ts';
import { hostileValue, mutateValue, Random, rounds } from './mutate.ts';

/**
 * Mutated messages against the real host of a library: whatever a page sends, every request is answered exactly once, no
 * defect shows, and the host goes on answering. Jobs end at once, so that only the host's own side is measured.
 */
const startJob: StartJob = () =>
  ({
    pid: undefined,
    result: Promise.reject(new Error('no compute here')),
    stop: () => undefined,
  }) satisfies RunningJob;
const quietly: StartJob = (job, onEvent) => {
  const running = startJob(job, onEvent);
  running.result.catch(() => undefined);
  return running;
};

let library: string;
let windows: LibraryWindows;
const defects: string[] = [];
beforeAll(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-fuzz-'));
  // What a page may choose about the system itself stays within the test.
  process.env.HYENA_HOME = library;
  process.env.XDG_CONFIG_HOME = path.join(library, 'config');
  windows = await LibraryWindows.open({
    ...{ host: await Host.open(library, quietly), startJob: quietly, version: '0.0.0', shell: 'server' },
    resources: path.resolve(import.meta.dirname, '..', '..', 'resources'),
    report: (error) => {
      if (error.code === 'internal' && error.message !== 'no compute here') defects.push(error.stack ?? error.message);
    },
  });
});
afterAll(async () => {
  await windows.close();
  await rm(library, { recursive: true, force: true });
});

/** Parameters that some request takes, as seeds of mutations. */
const id = '0123456789abcdef';
const seeds: unknown[] = [
  ...[{}, { run: 'whale' }, { name: 'book' }, { chat: id }, { document: id }, { runs: ['whale'] }, { task: id }],
  {
    name: 'whale',
    configuration: { dataset: 'book', model: { d_model: 32 }, training: { max_steps: 1 } },
    start: false,
  },
  { name: 'book', grants: [id], tokenizer: 'bytes', validation: 0.05, field: null },
  { chat: id, parent: null, text: 'hello', sampling: { temperature: 1, max_tokens: 5 } },
  { run: 'whale', annotations: { tags: ['a'], notes: 'b' } },
  { document: id, start: 0, end: 100 },
  { run: 'whale', query: 'x', limit: 5, offset: 0 },
];
const names = [...Object.keys(requests), ...Object.keys(streams)];

function message(random: Random, id: number): unknown {
  const params = random.int(3) === 0 ? random.pick(seeds) : mutateValue(random.pick(seeds), random);
  const valid =
    random.int(8) === 0
      ? { type: 'join', id, stream: random.pick(Object.keys(streams)), params }
      : { type: 'request', id, name: random.pick(names), params };
  if (random.int(10) === 0) return mutateValue(valid, random);
  return random.int(50) === 0 ? hostileValue(random) : valid;
}

describe('the host of a window', () => {
  it('answers every mutated message once, without a defect', async () => {
    const count = rounds(2000);
    const answers = new Map<number, number>();
    const counts: Record<string, number> = {};
    const random = new Random(1);
    const receive = (sent: FromHost): void => {
      counts[sent.type] = (counts[sent.type] ?? 0) + 1;
      if (sent.type !== 'reply' && sent.type !== 'failure') return;
      answers.set(sent.id, (answers.get(sent.id) ?? 0) + 1);
      if (sent.type !== 'failure' || sent.error.code !== 'internal') return;
      const text = toEnglish(sent.error.message);
      if (text !== 'no compute here') defects.push(text);
    };
    // A mutated id may be that of an earlier message: what counts is how often each was sent, as a request or a join.
    const requested = new Map<number, number>();
    const joined = new Map<number, number>();
    const unanswered = () => [...requested].filter(([id, times]) => (answers.get(id) ?? 0) < times);
    let channel = openChannel(windows, receive, () => undefined);
    for (let id = 1; id <= count; id++) {
      const sent = message(random, id);
      channel.receive(sent);
      const understood = toHostSchema.safeParse(sent);
      if (understood.success) {
        const sentAs = { request: requested, join: joined, leave: null }[understood.data.type];
        sentAs?.set(understood.data.id, (sentAs.get(understood.data.id) ?? 0) + 1);
      }
      // A new window now and then, as streams are limited; and time for the work to be done.
      if (id % 200 === 0) {
        await expect.poll(unanswered, { timeout: 60_000 }).toEqual([]);
        channel.close();
        channel = openChannel(windows, receive, () => undefined);
      }
    }
    console.log(`${count} messages: ${JSON.stringify(counts)}`);
    expect(defects).toEqual([]);
    // A join is answered by a failure alone.
    const most = (id: number) => (requested.get(id) ?? 0) + (joined.get(id) ?? 0);
    expect([...answers].filter(([id, times]) => times > most(id))).toEqual([]);
    expect(await windows.requests['runs.list']({})).toEqual(expect.any(Array));
  }, 3_600_000);
});
