import { mkdir, readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TaskView } from '../../../../../main/contract/views.ts';
import { Host } from '../../../../../main/host/host.ts';
import { LibraryWindows } from '../../../../../main/host/window/window-host.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { fakeJobs } from '../fake-jobs.ts';

let library: string;
let windows: LibraryWindows;
beforeEach(async () => {
  library = path.join(await temporaryFolder(), 'library');
  const { startJob } = fakeJobs({});
  const host = await Host.open(library, startJob);
  windows = await LibraryWindows.open({
    ...{ host, startJob, version: '1', shell: 'server', resources: '.' },
    report: (error) => expect(error).toBeUndefined(),
  });
  await mkdir(path.join(library, 'chats/0123456789abcdef'));
  await writeFile(path.join(library, 'chats/0123456789abcdef/chat.jsonl'), '{}\n');
});
afterEach(() => windows.close());

async function ended(task: string): Promise<TaskView> {
  const leaving = new AbortController();
  try {
    for await (const { tasks } of windows.streams.activity({}, leaving.signal)) {
      const view = tasks.find(({ id }) => id === task);
      if (view && view.status !== 'running' && (view.status !== 'done' || view.outcome !== null)) return view;
    }
  } finally {
    leaving.abort();
  }
  throw new Error('The stream has ended.');
}

it('writes one backup a day after another, and restores one that was sent from a browser', async () => {
  const day = new Date().toISOString().slice(0, 10);
  const first = await ended((await windows.requests['library.backup']({ folder: null, place: null })).task);
  expect(first).toMatchObject({ status: 'done', unit: 'bytes' });
  expect(first.outcome).toBe(path.join(library, 'backups', `hyena-library-${day}.zip`));
  const second = await ended((await windows.requests['library.backup']({ folder: null, place: null })).task);
  expect(second.outcome).toMatch(/-2\.zip$/);
  const elsewhere = path.join(path.dirname(library), 'other disk');
  const third = await ended((await windows.requests['library.backup']({ folder: null, place: elsewhere })).task);
  expect(path.dirname(third.outcome!)).toBe(elsewhere);
  await expect(windows.requests['library.backup']({ folder: null, place: 'x' })).rejects.toMatchObject({
    code: 'usage',
  });

  const drop = path.join(library, '.uploads/one');
  await mkdir(drop, { recursive: true });
  await writeFile(path.join(drop, 'mine.zip'), await readFile(first.outcome!));
  const { grant } = await windows.grants.add(path.join(drop, 'mine.zip'));
  expect(await windows.requests['library.describe']({ grant })).toMatchObject({ present: { chats: 1 } });
  const target = path.join(path.dirname(library), 'fresh');
  const restored = await ended((await windows.requests['library.restore']({ grant, folder: target })).task);
  expect(restored).toMatchObject({ status: 'done', outcome: target, subject: 'mine.zip' });
  expect(await readdir(path.join(target, 'chats'))).toEqual(['0123456789abcdef']);
  expect(await readdir(path.join(library, '.uploads'))).toEqual([]);
});

it('says why a damaged one is not restored, and forgets what was sent', async () => {
  const { outcome } = await ended((await windows.requests['library.backup']({ folder: null, place: null })).task);
  await truncate(outcome!, 100);
  const { grant } = await windows.grants.add(outcome!);
  await expect(windows.requests['library.describe']({ grant })).rejects.toMatchObject({ code: 'damaged' });
  const failed = await ended((await windows.requests['library.restore']({ grant, folder: null })).task);
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'damaged' } });
  expect(() => windows.requests['library.restore']({ grant, folder: 'relative' })).toThrow('is not an absolute path');
});

it('tells the use of the computer about once per second, until the window leaves', async () => {
  const leaving = new AbortController();
  const shares: (number | null)[] = [];
  for await (const use of windows.streams['devices.use']({}, leaving.signal)) {
    shares.push(use.cpu.share);
    expect(use.cpu.cores.length).toBeGreaterThan(0);
    expect(use.memory.usedMiB).toBeLessThan(use.memory.totalMiB);
    expect(use.disk!.available).toBeLessThanOrEqual(use.disk!.total);
    if (shares.length === 3) leaving.abort();
  }
  expect(shares).toEqual([null, expect.any(Number), expect.any(Number)]);
});
