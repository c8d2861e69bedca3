import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { HyenaError } from '../../main/contract/errors.ts';
import { ownerSchema, type Owner } from '../../main/contract/runs.ts';
import { told, type Told } from '../../main/contract/told.ts';
import { temporaryName } from './atomic.ts';

/**
 * One process works in a folder: it holds the file `lock` in it, which is made exclusively and names the process. The lock of a process that has died is recovered: the number is free, or belongs to a process that started
 * at another moment, or the machine has been started since.
 */
const lockSchema = z.strictObject({
  ...ownerSchema.shape,
  processStart: z.string().nullable().describe("The system's own mark of when the process started, where it has one."),
});
type Lock = z.infer<typeof lockSchema>;

const lockPath = (folder: string): string => join(folder, 'lock');
/** Held for moments, while a stale lock is exchanged; older than this its holder has died. */
const takeoverMilliseconds = 5000;

/** When a process started, in clock ticks since the machine did: Linux alone tells. */
async function processStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold blanks and brackets; the start time is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

async function isAlive(lock: Lock): Promise<boolean> {
  if (lock.host !== hostname()) return true; // Another machine on a shared drive: nobody here can tell.
  const machineStarted = Date.now() - uptime() * 1000;
  if (Date.parse(lock.time) < machineStarted - 60_000) return false;
  try {
    process.kill(lock.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const start = await processStart(lock.pid);
  return start === null || lock.processStart === null || start === lock.processStart;
}

async function readLock(folder: string): Promise<Lock | 'none' | 'unreadable'> {
  try {
    const parsed = lockSchema.safeParse(JSON.parse(await readFile(lockPath(folder), 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
}

/** The living process that holds a folder, or null. */
export async function readOwner(folder: string): Promise<Owner | null> {
  const lock = await readLock(folder);
  if (lock === 'none' || lock === 'unreadable' || !(await isAlive(lock))) return null;
  return { pid: lock.pid, host: lock.host, time: lock.time };
}

/** Makes a file with its content at once, so that nobody reads half of it. @returns false where there is one */
async function createExclusively(path: string, content: string): Promise<boolean> {
  const draft = temporaryName(path);
  await writeFile(draft, content, { flag: 'wx' });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  // A file system without links: who reads it in this moment finds it empty, and looks again.
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

export interface FolderLock {
  readonly owner: Owner;
  release(): Promise<void>;
}

/**
 * Takes a folder for this process.
 *
 * @param busy what to tell of the process that has it, in a sentence
 * @throws HyenaError `locked` where a living process has it
 */
export async function lockFolder(folder: string, busy: (owner: Owner) => Told): Promise<FolderLock> {
  const owner: Owner = { pid: process.pid, host: hostname(), time: new Date().toISOString() };
  const mine: Lock = { ...owner, processStart: await processStart(process.pid) };
  const content = `${JSON.stringify(mine)}\n`;
  const path = lockPath(folder);
  const takeover = `${path}.takeover`;
  const held: FolderLock = {
    owner,
    async release() {
      const now = await readLock(folder);
      if (now !== 'none' && now !== 'unreadable' && now.pid === mine.pid && now.time === mine.time)
        await rm(path, { force: true });
    },
  };
  const deadline = Date.now() + 2 * takeoverMilliseconds;
  while (Date.now() < deadline) {
    if (await createExclusively(path, content)) return held;
    await refuseIfAlive(folder, busy);
    // Stale. Whoever makes the takeover file exchanges the lock; the others look again.
    if (await createExclusively(takeover, content)) {
      try {
        await refuseIfAlive(folder, busy);
        await rm(path, { force: true });
        if (await createExclusively(path, content)) return held;
      } finally {
        await rm(takeover, { force: true });
      }
    } else if (await isOlderThan(takeover, takeoverMilliseconds)) await rm(takeover, { force: true });
    await sleep(20);
  }
  throw new HyenaError('locked', 'The lock could not be taken over.', { hint: told`Delete ${path}.` });
}

/** A lock that was read while it was being written has no content yet: it is looked at again before it counts as stale. */
async function refuseIfAlive(folder: string, busy: (owner: Owner) => Told): Promise<void> {
  let lock = await readLock(folder);
  for (let look = 0; look < 10 && lock === 'unreadable'; look++) {
    await sleep(20);
    lock = await readLock(folder);
  }
  if (lock === 'none' || lock === 'unreadable' || !(await isAlive(lock))) return;
  throw new HyenaError('locked', busy(lock), {
    hint: told`Stop it there first. If no such process exists, delete ${lockPath(folder)}.`,
  });
}

async function isOlderThan(path: string, milliseconds: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > milliseconds;
  } catch {
    return false; // Gone by now.
  }
}
