import { afterAll, beforeAll, expect, it } from 'vitest';
import { LibraryWindows } from '../../main/host/window/window-host.ts';
import { Host } from '../../main/host/host.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { ComputeLibrary } from './compute.ts';

let place: ComputeLibrary;
let windows: LibraryWindows;
/** The compute processes that were started. */
const processes: number[] = [];

beforeAll(async () => {
  place = await ComputeLibrary.make();
  const start: typeof startJob = (job, onEvent, options) => {
    const started = startJob(job, onEvent, options);
    if (started.pid !== undefined && job.kind === 'train') processes.push(started.pid);
    return started;
  };
  const host = await Host.open(place.library, start);
  windows = await LibraryWindows.open({
    ...{ host, startJob: start, version: '0.0.0', shell: 'server', resources: 'resources' },
    report: (error) => {
      throw error;
    },
  });
}, 120_000);
afterAll(async () => {
  await windows.close();
  await place.remove();
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const eventually = <T>(check: () => T | Promise<T>) => expect.poll(check, { timeout: 30_000 });

it('a process that hangs is ended when that is asked for, and its run resumes from its last checkpoint', async () => {
  const { requests } = windows;
  const shown = async () => (await requests['runs.list']({})).find(({ name }) => name === 'hangs')!;
  await place.create('hangs', { training: { max_steps: 1_000_000, checkpoint_interval: 5 } });
  await requests['runs.start']({ run: 'hangs' });
  await eventually(async () => (await shown()).checkpoints.length).toBeGreaterThan(0);
  const [pid] = processes;
  // It reads no message any more, as if it were stuck in a driver.
  process.kill(pid, 'SIGSTOP');
  await requests['runs.stop']({ run: 'hangs', when: 'now' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await shown()).phase).toBe('stopping');
  expect(isAlive(pid)).toBe(true);
  const asked = performance.now();
  await requests['runs.stop']({ run: 'hangs', when: 'end-now' });
  await eventually(() => isAlive(pid)).toBe(false);
  await eventually(async () => (await shown()).phase).not.toBe('stopping');
  expect(performance.now() - asked).toBeLessThan(8000);
  const ended = await shown();
  expect(ended.checkpoints.length).toBeGreaterThan(0);
  await requests['runs.start']({ run: 'hangs' });
  await eventually(async () => (await shown()).step).toBeGreaterThan(ended.step);
  await requests['runs.stop']({ run: 'hangs', when: 'now' });
  await eventually(async () => (await shown()).phase).toBe('stopped');
}, 120_000);
