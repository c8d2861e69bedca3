import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOwner } from '../../../worker/files/lock.ts';
import { lockRun } from '../../../worker/training/run-lock.ts';
import { temporaryFolder } from './temporary.ts';

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

const lock = (changes: object) =>
  JSON.stringify({
    pid: process.pid,
    host: hostname(),
    time: new Date().toISOString(),
    processStart: null,
    ...changes,
  });

describe('the lock of a run', () => {
  it('is held by one process at a time', async () => {
    const folder = await temporaryFolder();
    const held = await lockRun(folder);
    expect(await readOwner(folder)).toEqual(held.owner);
    await expect(lockRun(folder)).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(String(process.pid)) as string,
    });
    await held.release();
    expect(await readOwner(folder)).toBeNull();
    await (await lockRun(folder)).release();
  });

  it('goes to one of many that want it at once, stale or free', async () => {
    for (const stale of [false, true]) {
      const folder = await temporaryFolder();
      if (stale) await writeFile(join(folder, 'lock'), lock({ pid: await deadProcess() }));
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockRun(folder)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('of a process that died is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), lock({ pid: await deadProcess() }));
    expect(await readOwner(folder)).toBeNull();
    await (await lockRun(folder)).release();
  });

  it('of a process whose number another one has now is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'lock'),
      lock({
        processStart: process.platform === 'linux' ? '1' : null,
        time: process.platform === 'linux' ? undefined : '2001-01-01T00:00:00.000Z',
      }),
    );
    expect(await readOwner(folder)).toBeNull();
  });

  it('from before the machine was started is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), lock({ time: '2001-01-01T00:00:00.000Z' }));
    await (await lockRun(folder)).release();
  });

  it('of which only a part was written is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), '{"pid": 12');
    await (await lockRun(folder)).release();
  });

  it('of another machine is respected', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), lock({ host: 'elsewhere', pid: 1 }));
    await expect(lockRun(folder)).rejects.toMatchObject({
      code: 'locked',
      hint: expect.stringContaining('delete') as string,
    });
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain('elsewhere');
  });
});
