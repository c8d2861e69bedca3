import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import { LockedFile } from '../../../../../main/host/window/locked-file.ts';
import { readOwner } from '../../../../../main/library/files/lock.ts';
import { lockRun } from '../../../../../main/library/runs/run-lock.ts';
import { temporaryFolder } from '../../../temporary.ts';

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

  it('the lock of a run of a process that died is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), lock({ pid: await deadProcess() }));
    expect(await readOwner(folder)).toBeNull();
    await (await lockRun(folder)).release();
  });

  it('the lock of a run of a process whose number another one has now is recovered', async () => {
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

  it('the lock of a run from before the machine was started is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), lock({ time: '2001-01-01T00:00:00.000Z' }));
    await (await lockRun(folder)).release();
  });

  it('the lock of a run of which only a part was written is recovered', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), '{"pid": 12');
    await (await lockRun(folder)).release();
  });

  it('the lock of a run of another machine is respected', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock'), lock({ host: 'elsewhere', pid: 1 }));
    await expect(lockRun(folder)).rejects.toMatchObject({
      code: 'locked',
      hint: expect.stringContaining('delete') as string,
    });
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain('elsewhere');
  });

  it('the lock of a run of a living process is respected, whatever its clock said', async () => {
    const folder = await temporaryFolder();
    await lockRun(folder);
    const mine = JSON.parse(await readFile(join(folder, 'lock'), 'utf8')) as object;
    for (const time of ['2001-01-01T00:00:00.000Z', '2101-01-01T00:00:00.000Z']) {
      await writeFile(join(folder, 'lock'), JSON.stringify({ ...mine, time }));
      expect(await readOwner(folder)).toMatchObject({ pid: process.pid, time });
      await expect(lockRun(folder)).rejects.toMatchObject({ code: 'locked' });
    }
  });

  it.skipIf(process.platform === 'win32')(
    'the lock of a run of a process with the same number before the machine was started is recovered',
    async () => {
      const folder = await temporaryFolder();
      const held = await lockRun(folder);
      const mine = JSON.parse(await readFile(join(folder, 'lock'), 'utf8')) as { boot: string | null };
      expect(mine.boot).not.toBeNull();
      await writeFile(join(folder, 'lock'), JSON.stringify({ ...mine, boot: 'another' }));
      expect(await readOwner(folder)).toBeNull();
      const next = await lockRun(folder);
      // What its former holder gives back is not the lock of the next one.
      await held.release();
      await expect(lockRun(folder)).rejects.toMatchObject({ code: 'locked' });
      await next.release();
    },
  );

  it('the lock of a run of a process whose host was killed is waited for until it has ended', async () => {
    const folder = await temporaryFolder();
    // It ends by itself a moment later, as a compute process does that keeps a checkpoint first.
    const orphan = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 1500)']);
    await lockRun(folder);
    const mine = JSON.parse(await readFile(join(folder, 'lock'), 'utf8')) as object;
    const parent = { pid: await deadProcess(), host: hostname(), time: new Date().toISOString(), processStart: null };
    await writeFile(join(folder, 'lock'), JSON.stringify({ ...mine, pid: orphan.pid, processStart: null, parent }));
    const held = await lockRun(folder);
    expect(orphan.exitCode ?? orphan.signalCode).not.toBeNull();
    expect(held.owner.pid).toBe(process.pid);
  });
});

describe('a record that several programs change', () => {
  it('is not taken from a living one that is slow, however old its lock looks', async () => {
    const path = join(await temporaryFolder(), 'window.json');
    let second = false;
    let other: Promise<unknown> = Promise.resolve();
    await new LockedFile(path).run(async () => {
      await utimes(`${path}.lock`, new Date('2001-01-01'), new Date('2001-01-01'));
      other = new LockedFile(path).run(() => Promise.resolve((second = true)));
      await sleep(500);
      expect(second).toBe(false);
    });
    await other;
    expect(second).toBe(true);
  });

  it('is taken at once from one that has died', async () => {
    const path = join(await temporaryFolder(), 'window.json');
    await writeFile(`${path}.lock`, lock({ pid: await deadProcess() }));
    const began = performance.now();
    await new LockedFile(path).run(() => Promise.resolve());
    expect(performance.now() - began).toBeLessThan(4000);
  });
});

describe('a library that cannot be written to', () => {
  it.each([
    ['EROFS', 'open', '/library/runs/one/.lock.0123456789ab.tmp'],
    ['EACCES', 'open', '/library/runs/one/.lock.0123456789ab.tmp'],
    ['EPERM', 'mkdir', '/library/runs/one/checkpoints'],
  ])('is called so (%s)', (code, syscall, path) => {
    const error = HyenaError.from(Object.assign(new Error(`${code}: refused, ${syscall}`), { code, syscall, path }));
    expect(error).toMatchObject({
      code: 'read-only',
      message: 'No permission to write to /library/runs/one.',
    });
  });

  it('is not meant where a file of a person cannot be read', () => {
    const details = { code: 'EACCES', syscall: 'open', path: '/home/me/book.txt' };
    expect(HyenaError.from(Object.assign(new Error('EACCES'), details)).code).toBe('internal');
  });
});
