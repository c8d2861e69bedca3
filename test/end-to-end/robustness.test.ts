import { spawnSync } from 'node:child_process';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, type ExpectStatic } from 'vitest';
import type { HyenaError } from '../../main/contract/errors.ts';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import type { RunView } from '../../main/contract/views.ts';
import { Host } from '../../main/host/host.ts';
import { LibraryWindows } from '../../main/host/window/window-host.ts';
import { startJob as startWith, type ComputeProcessOptions, type StartJob } from '../../main/workers/start-job.ts';
import { findToolchain } from '../../worker/native/toolchain.mjs';
import { ComputeLibrary } from './compute.ts';

/** What can happen to a compute process, seen from the app that started it. */
let place: ComputeLibrary;
let faultAddon: string | null = null;
beforeAll(async () => {
  place = await ComputeLibrary.make();
  const toolchain = findToolchain();
  if (!toolchain || process.platform === 'win32') return;
  const addon = path.join(place.library, 'fault.node');
  const source = path.join(import.meta.dirname, 'programs', 'fault.cc');
  const shared = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  const flags = ['-std=c++20', '-fPIC', '-pthread', ...shared, '-o', addon, source];
  const { status, stderr } = spawnSync(toolchain.command, flags, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The addon that faults does not compile: ${stderr}`);
  faultAddon = addon;
}, 60_000);
afterAll(() => place.remove());

const misfortunes = pathToFileURL(path.join(import.meta.dirname, 'programs', 'fault-injection.mjs')).href;

interface Ended {
  run: RunView;
  error: HyenaError | null;
  time: number;
}

let apps = 0;
/** The app's host over the library; the misfortune of its compute processes happens when the test says `strike`. */
async function openApp(misfortune: string | null, more: ComputeProcessOptions = {}) {
  const ends: Ended[] = [];
  const trigger = path.join(place.library, `trigger-${++apps}`);
  const options = {
    nodeArguments: ['--max-old-space-size=200', ...(misfortune === null ? [] : ['--import', misfortunes])],
    environment: { ...process.env, HYENA_TEST_MISFORTUNE: misfortune ?? '', HYENA_TEST_TRIGGER: trigger },
    ...more,
  };
  const startJob: StartJob = (job, onEvent) => startWith(job, onEvent, options);
  const windows = await LibraryWindows.open({
    ...{ host: await Host.open(place.library, startJob), startJob, version: '0', shell: 'server', resources: '' },
    ended: (run, error) => void ends.push({ run, error, time: Date.now() }),
    report: () => undefined,
  });
  const strike = async () => {
    await writeFile(trigger, '');
    return Date.now();
  };
  return { windows, ends, strike };
}

/** A run that would go on for long, with a checkpoint every few steps. */
const endless = runConfigurationSchema.parse({
  ...{ dataset: 'pages', device: 'portable' },
  model: { d_model: 8, n_layer: 1, d_inner: 16, l_max: 16, filter_order: 8, emb_dim: 5 },
  training: { batch_size: 2, max_steps: 1_000_000, checkpoint_interval: 5, eval_interval: 100_000 },
});

async function create(windows: LibraryWindows, name: string, own: ExpectStatic = expect): Promise<void> {
  const annotations = { tags: [], notes: '' };
  await windows.requests['runs.create']({ configuration: endless, name, annotations, start: true });
  await own
    .poll(async () => (await windows.requests['runs.checkpoints']({ run: name })).length, { timeout: 30_000 })
    .toBeGreaterThan(0);
}

const pidOf = async (run: string): Promise<number> =>
  (JSON.parse(await readFile(path.join(place.folder(run), 'lock'), 'utf8')) as { pid: number }).pid;

/** The run is interrupted, the checkpoint is named, and the app goes on: it resumes the run. */
async function expectGoesOn(windows: LibraryWindows, { run, error }: Ended, own: ExpectStatic = expect): Promise<void> {
  own(run.phase).toBe('interrupted');
  own(error?.kept).toMatch(/The checkpoint of step \d+/);
  own(error?.command).toBe(`hyena resume ${run.name}`);
  const [shown] = (await windows.requests['runs.list']({})).filter(({ name }) => name === run.name);
  own(shown.error?.message).toEqual(error?.messages.message);
  own(windows.training.active).toBeNull();
  await windows.close();
  const { windows: next } = await openApp(null);
  const before = (await next.requests['runs.show']({ run: run.name })).step;
  await next.requests['runs.start']({ run: run.name });
  await own.poll(() => next.training.active?.step ?? 0, { timeout: 30_000 }).toBeGreaterThan(before + 3);
  await next.close();
}

describe('a compute process', () => {
  it('a compute process that is killed (kill -9) is noticed at once', async () => {
    const { windows, ends } = await openApp(null);
    await create(windows, 'killed');
    const killed = Date.now();
    process.kill(await pidOf('killed'), 'SIGKILL');
    await expect.poll(() => ends.length, { timeout: 5000 }).toBe(1);
    expect(ends[0].time - killed).toBeLessThan(3000);
    expect(ends[0].error).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('killed') as string,
    });
    await expectGoesOn(windows, ends[0]);
  });

  it('a compute process that crashes by a fault in an addon is noticed at once', async ({ skip }) => {
    if (faultAddon === null) return skip('there is no C++ compiler for the addon that faults');
    const { windows, ends, strike } = await openApp(`fault=${faultAddon}`);
    await create(windows, 'faulty');
    await strike();
    await expect.poll(() => ends.length, { timeout: 10_000 }).toBe(1);
    expect(ends[0].error).toMatchObject({ code: 'device', message: expect.stringContaining('crashed') as string });
    await expectGoesOn(windows, ends[0]);
  });

  it('a compute process that runs out of memory says so', async () => {
    const { windows, ends, strike } = await openApp('memory');
    await create(windows, 'hungry');
    await strike();
    await expect.poll(() => ends.length, { timeout: 30_000 }).toBe(1);
    expect(ends[0].error).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('memory') as string,
    });
    await expectGoesOn(windows, ends[0]);
  });

  it.concurrent.for(['stall', 'wait'])(
    'a compute process whose event loop stands still (%s) is noticed within seconds',
    // Of tests beside each other each needs its own `expect`: the shared one polls for whichever began last.
    async (kind, { expect }) => {
      const { windows, ends, strike } = await openApp(kind);
      await create(windows, `still-${kind}`, expect);
      const struck = await strike();
      await expect.poll(() => ends.length, { timeout: 40_000 }).toBe(1);
      // The usual patience is ten seconds.
      expect(ends[0].time - struck).toBeLessThan(21_000);
      expect(ends[0].error).toMatchObject({
        code: 'device',
        message: expect.stringContaining('stopped responding') as string,
      });
      await expectGoesOn(windows, ends[0], expect);
    },
  );
});

/** The patience with a single kernel is minutes: a large one takes that long on a slow machine. */
describe.concurrent('a compute process that waits for its device', () => {
  const entry = path.join(import.meta.dirname, 'programs', 'waiting-device.mjs');
  const wait = (run: string) =>
    startWith({ kind: 'train', library: place.library, run, resume: false }, () => undefined, {
      ...{ entry, patienceSeconds: 4, longStepSeconds: 4 },
    });

  it('is ended where the device does nothing any more, though its event loop turns', async () => {
    await expect(wait('hangs').result).rejects.toMatchObject({
      code: 'device',
      message: expect.stringContaining('stopped responding') as string,
    });
  });

  it('is waited for while the device works', async () => {
    expect(await wait('works').result).toBe('at last');
  });
});

describe('two on one library', () => {
  it('do not train one run twice, nor rename or delete it under the other', async () => {
    const first = (await openApp(null)).windows;
    const second = (await openApp(null)).windows;
    await create(first, 'shared');
    const shown = await second.requests['runs.show']({ run: 'shared' });
    expect(shown.phase).toBe('elsewhere');
    expect(shown.owner).toMatchObject({ pid: await pidOf('shared') });
    const locked = { code: 'locked' };
    await expect(second.requests['runs.start']({ run: 'shared' })).rejects.toMatchObject(locked);
    await expect(second.requests['runs.remove']({ run: 'shared' })).rejects.toMatchObject(locked);
    await expect(second.requests['runs.rename']({ run: 'shared', to: 'mine' })).rejects.toMatchObject(locked);
    await expect(second.requests['datasets.remove']({ name: 'pages' })).rejects.toMatchObject(locked);
    await first.requests['runs.stop']({ run: 'shared', when: 'now' });
    await expect.poll(() => first.training.active, { timeout: 20_000 }).toBeNull();
    expect((await second.requests['runs.rename']({ run: 'shared', to: 'mine' })).name).toBe('mine');
    await second.requests['runs.start']({ run: 'mine' });
    await expect.poll(() => second.training.active?.phase, { timeout: 20_000 }).toBe('training');
    await first.close();
    await second.close();
  });

  it('keep what each of them sets and queues, and take over a lock that was left', async () => {
    const left = path.join(place.library, 'preferences.json.lock');
    await writeFile(left, '{}');
    await utimes(left, new Date(0), new Date(0));
    const first = (await openApp(null)).windows;
    const second = (await openApp(null)).windows;
    await Promise.all([
      first.requests['preferences.set']({ threads: 1 }),
      second.requests['preferences.set']({ theme: 'dark' }),
    ]);
    const expected = { threads: 1, theme: 'dark' };
    for (const name of ['a', 'b', 'c', 'd'])
      await (await Host.open(place.library, startWith)).runs.create(endless, name);
    await first.requests['runs.start']({ run: 'a' });
    await first.requests['runs.start']({ run: 'b' });
    await second.requests['runs.start']({ run: 'c' });
    await second.requests['runs.start']({ run: 'd' });
    const state = JSON.parse(await readFile(path.join(place.library, 'window.json'), 'utf8')) as { queue: string[] };
    expect(state.queue.sort()).toEqual(['b', 'd']);
    expect(await first.requests['preferences.get']({})).toMatchObject(expected);
    expect(await second.requests['preferences.get']({})).toMatchObject(expected);
    await first.close();
    await second.close();
    await rm(path.join(place.library, 'window.json'));
  });

  it('recover the lock of a process that has died', async () => {
    const { windows } = await openApp(null);
    await create(windows, 'orphan');
    const lock = await readFile(path.join(place.folder('orphan'), 'lock'), 'utf8');
    await windows.requests['runs.stop']({ run: 'orphan', when: 'now' });
    await expect.poll(() => windows.training.active, { timeout: 20_000 }).toBeNull();
    await writeFile(path.join(place.folder('orphan'), 'lock'), lock);
    await windows.requests['runs.start']({ run: 'orphan' });
    await expect.poll(() => windows.training.active?.phase, { timeout: 20_000 }).toBe('training');
    await windows.close();
    await rm(place.folder('orphan'), { recursive: true });
  });
});
